import { expect, test } from 'vitest'
import { formatReplayToken, parseReplayToken, propertySeed } from '../../conformance/seed.js'

test('a replay token says what it was made of', () => {
  const token = { sdk: 'auth0-auth-js', check: 'actor-type-alone', seed: -1516595555, path: '12:0:3' }
  expect(formatReplayToken(token)).toBe('auth0-auth-js/actor-type-alone:-1516595555:12:0:3')
  expect(parseReplayToken(formatReplayToken(token))).toEqual(token)
})

test.each(['', 'onbehalf', 'onbehalf/x', 'onbehalf/x:1', 'onbehalf/x:1:', '/x:1:0', 'onbehalf/x:1.5:0', 'a/b/c:1:0'])(
  '%j is not a replay token',
  (text) => {
    expect(() => parseReplayToken(text)).toThrow(RangeError)
  },
)

test('the seed of a property follows from the seed of the run and its id alone', () => {
  expect(propertySeed(1, 'a')).toBe(propertySeed(1, 'a'))
  expect(new Set([propertySeed(1, 'a'), propertySeed(1, 'b'), propertySeed(2, 'a')]).size).toBe(3)
})
