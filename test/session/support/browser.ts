import { parseSetCookie } from 'cookie'
import type { StoreOptions } from '../../../src/session/index.js'

/** A browser as far as cookies go, at one application. */
export interface Browser {
  readonly cookies: Map<string, string>
  /** What the last answer told the browser, as whole lines. */
  setCookies: readonly string[]
  /** Sends a request to `handler`, and takes the cookies of its answer, whether it succeeds or not. */
  visit<R>(path: string, handler: (store: Visit) => Promise<R>, init?: RequestInit): Promise<R>
}

/** With standard headers, which a test can read. */
export interface Visit extends StoreOptions {
  readonly request: Request
  readonly headers: Headers
}

export function createBrowser(origin = 'https://app.example.com'): Browser {
  const cookies = new Map<string, string>()
  const browser: Browser = {
    cookies,
    setCookies: [],
    async visit(path, handler, init = {}) {
      const headers = new Headers(init.headers)
      if (cookies.size > 0) headers.set('Cookie', cookieHeader(cookies))
      const answer = new Headers()
      try {
        return await handler({ request: new Request(new URL(path, origin), { ...init, headers }), headers: answer })
      } finally {
        browser.setCookies = answer.getSetCookie()
        for (const line of browser.setCookies) keep(cookies, line)
      }
    },
  }
  return browser
}

export function cookieHeader(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

export function keep(cookies: Map<string, string>, line: string): void {
  const { name, value, maxAge } = parseSetCookie(line, { decode: (text) => text })
  if (maxAge === 0) cookies.delete(name)
  else cookies.set(name, value ?? '')
}
