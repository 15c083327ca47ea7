import fc from 'fast-check'
import { BLANKS } from './pools.js'

const OPAQUE = [
  'canary-subject-1',
  'legacy-session:alice',
  'a+b/c==&d=e%20f#g;h',
  'legacy session 17',
  'sitzung-ü-日本-👤',
  'canary-Bearer-x',
  'bearertoken',
  'null',
  'undefined',
  '0',
  '{"token":"canary-subject-1"}',
  "<saml:Assertion ID='canary-subject-1'/>",
] as const

/** A token that nothing speaks against, whatever its type. */
export function opaqueTokens(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...OPAQUE) },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 40 }).map((text) => `x${text}x`) },
  )
}

/** A token with ASCII whitespace around it. */
export function paddedTokens(): fc.Arbitrary<string> {
  const padding = fc.constantFrom(...BLANKS.filter((blank) => blank !== ''))
  return fc
    .tuple(padding, fc.constantFrom('canary-subject-1', 'a.b.c', 'Bearer'), fc.constantFrom('left', 'right', 'both'))
    .map(([pad, token, side]) => `${side === 'right' ? '' : pad}${token}${side === 'left' ? '' : pad}`)
}

/** A token with an authorization scheme before it. */
export function prefixedTokens(): fc.Arbitrary<string> {
  return fc.constantFrom('canary-subject-1', 'a.b.c', 'x').map((token) => `Bearer ${token}`)
}

export function blankTokens(): fc.Arbitrary<string> {
  return fc.constantFrom(...BLANKS)
}

/** An access token as it comes with a request. */
export function accessTokens(): fc.Arbitrary<string> {
  return fc.constantFrom('canary-subject-1', 'canary-subject-2', 'a+b/c==', 'a.b.c')
}
