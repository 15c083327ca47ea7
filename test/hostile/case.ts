import type { Reply } from './server.js'

/** `global`: the global `fetch`. `node`: that of `onbehalf/node`. */
export type Transport = 'global' | 'node'

/** Members of a call's result, or of its error. */
export type Expected = Readonly<Record<string, unknown>>

/** One outcome, or several where parsers of HTTP are free to differ. */
export type Expectation = Expected | readonly Expected[]

/** What the server answers, and what the call gives for it; apart for the two transports where they differ. */
export type Case = readonly [
  name: string,
  reply: Reply,
  expected: Expectation | { readonly global: Expectation; readonly node: Expectation },
]

export const NETWORK: Expected = { code: 'network_error', kind: 'network' }
export const TIMEOUT: Expected = { code: 'timeout', kind: 'timeout' }

export function invalid(reason: string, more: Expected = {}): Expected {
  return { code: 'invalid_response', kind: 'response', reason, ...more }
}

export const REDIRECT = invalid('redirect')
export const TOO_LARGE = invalid('too_large')
