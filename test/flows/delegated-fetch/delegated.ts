import { createExchangeCache } from '../../../src/cache.js'
import type { DelegatedFetch, DelegatedFetchOptions, TokenExchangeClientConfig } from '../../../src/index.js'
import { METADATA, TOKEN_RESPONSE, clientOf } from '../../support/scripted-server.js'

export const ACCESS_TOKEN = { token: 'canary-subject-token', verifiedBy: 'caller' } as const
export const CALENDAR = 'https://calendar.example.com'
export const OPTIONS = { accessToken: ACCESS_TOKEN, audience: CALENDAR, origins: [CALENDAR] } as const

/** What the API was sent. */
export interface Seen {
  readonly url: string
  readonly init: RequestInit
  readonly headers: Headers
}

/** The API's answers in order; the last one stays. */
export type Answers = readonly (() => Response)[]

/** A delegated fetch over an injected `fetch`: the server issues `token-1`, `token-2` and so on. */
export function delegated(
  answers: Answers = [() => new Response('events')],
  options: Partial<DelegatedFetchOptions> = {},
  config: Partial<TokenExchangeClientConfig> = {},
  issue: (count: number) => Response = (count) => Response.json({ ...TOKEN_RESPONSE, access_token: `token-${count}` }),
): { calendar: DelegatedFetch; seen: Seen[]; exchanges: () => number } {
  const seen: Seen[] = []
  let count = 0
  const client = clientOf(
    {
      fetch: (url, init) => {
        if (url.endsWith('/.well-known/openid-configuration')) return Promise.resolve(Response.json(METADATA))
        if (url === METADATA.token_endpoint) return Promise.resolve(issue(++count))
        seen.push({ url, init, headers: new Headers(init.headers) })
        const answer = answers[Math.min(seen.length, answers.length) - 1]
        return Promise.resolve(answer?.() ?? Response.error())
      },
    },
    { cache: createExchangeCache(), ...config },
  )
  return { calendar: client.delegatedFetch({ ...OPTIONS, ...options }), seen, exchanges: () => count }
}

export const ok = () => new Response('events')
export const unauthorized = () => new Response('no', { status: 401 })

export function tokens(seen: readonly Seen[]): (string | null)[] {
  return seen.map(({ headers }) => headers.get('authorization'))
}

export function stream(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('hello'))
      controller.close()
    },
  })
}

/** A configuration without the cache that the others have. */
export const NO_CACHE = { cache: undefined } as unknown as Partial<TokenExchangeClientConfig>
