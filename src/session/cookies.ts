import { parseCookie, stringifySetCookie } from 'cookie'
import { TokenExchangeError } from '../errors.js'
import { forbidCaching, headerOf, type SessionRequest, type StoreOptions } from './request.js'

/** A browser takes 4,096 bytes for a cookie: a name and attributes of ours have room beside this. */
const CHUNK_LENGTH = 3800
/** Node refuses requests with more than 16 KiB of headers: there must be room for a login and the browser's own. */
const MAX_CHUNKS = 3

/** The cookies of one application. */
export interface CookieJar {
  /** How all names begin. */
  readonly prefix: string
  /** The value of a cookie, put together from its chunks. */
  read(request: SessionRequest, name: string): string | undefined
  /** @throws {TokenExchangeError} `session_too_large` */
  write(store: StoreOptions, name: string, value: string, maxAgeSeconds: number | undefined): void
  clear(store: StoreOptions, name: string): void
}

/**
 * Cookies that no script and no other site sees (RFC 6265bis, sections 4.1.2 and 4.1.3).
 *
 * A value is cut into chunks that are numbered from 0, and the first begins with how many there are, so that a chunk
 * that was left behind is none of the value.
 */
export function createCookieJar(applicationName: string, isSecure: boolean): CookieJar {
  const prefix = `${isSecure ? '__Host-' : ''}${applicationName}`
  const fullName = (name: string, index: number): string => `${prefix}.${name}.${index}`

  function set({ headers }: StoreOptions, name: string, value: string, maxAge: number | undefined): void {
    const attributes = { path: '/', httpOnly: true, secure: isSecure, sameSite: 'lax' } as const
    const cookie = { name, value, ...attributes, ...(maxAge === undefined ? {} : { maxAge }) }
    headers.append('Set-Cookie', stringifySetCookie(cookie, { encode: (text) => text }))
  }

  /** Clears the chunks from `first` on that the browser has. */
  function clearFrom(store: StoreOptions, name: string, first: number): void {
    const known = cookiesOf(store.request)
    for (let index = first; index < MAX_CHUNKS; index++) {
      if (known[fullName(name, index)] !== undefined) set(store, fullName(name, index), '', 0)
    }
  }

  return {
    prefix,

    read(request, name) {
      const cookies = cookiesOf(request)
      const [, digits, start] = /^([1-9])~(.*)$/.exec(cookies[fullName(name, 0)] ?? '') ?? []
      const count = Number(digits)
      if (start === undefined || count > MAX_CHUNKS) return undefined
      const others = Array.from({ length: count - 1 }, (_, index) => cookies[fullName(name, index + 1)])
      return others.includes(undefined) ? undefined : start + others.join('')
    },

    write(store, name, value, maxAgeSeconds) {
      const count = Math.ceil((value.length + '1~'.length) / CHUNK_LENGTH)
      if (count > MAX_CHUNKS) {
        throw new TokenExchangeError(
          'session_too_large',
          'The session does not fit into cookies; give the SessionClient a store.',
          { field: 'store', reason: 'too_large' },
        )
      }
      const text = `${count}~${value}`
      for (let index = 0; index < count; index++) {
        const chunk = text.slice(index * CHUNK_LENGTH, (index + 1) * CHUNK_LENGTH)
        set(store, fullName(name, index), chunk, maxAgeSeconds)
      }
      clearFrom(store, name, count)
      forbidCaching(store)
    },

    clear(store, name) {
      clearFrom(store, name, 0)
      forbidCaching(store)
    },
  }
}

function cookiesOf(request: SessionRequest): Readonly<Record<string, string | undefined>> {
  // The values are ours, and have nothing to decode.
  return parseCookie(headerOf(request, 'cookie') ?? '', { decode: (text) => text })
}
