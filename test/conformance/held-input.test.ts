import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heldInput } from '../../conformance/report/held-input.js'

test.each<[rule: string, input: unknown, held: unknown]>([
  ['a short text is itself', { a: 'x'.repeat(1000) }, { a: 'x'.repeat(1000) }],
  ['a long text of one unit is how to make it', { a: ['ab'.repeat(600)] }, { a: [{ repeat: 'ab', times: 600 }] }],
  [
    'another long text is its start and its length',
    Array.from({ length: 400 }, (_, index) => String(index)).join(),
    { start: expect.stringMatching(/^0,1,2/) as string, length: 1489 },
  ],
  [
    'a long list is its start and its length',
    Array.from({ length: 2000 }, () => 1),
    { start: Array.from({ length: 1000 }, () => 1), length: 2000 },
  ],
  ['claims that are made stay so', { actors: 100_000 }, { actors: 100_000 }],
  [
    'a secret stands in brackets',
    { a: ' canary-subject-1', b: 'web-app-secret' },
    { a: ' [subject-1]', b: '[client secret]' },
  ],
  [
    'a member with the name of a prototype stays',
    JSON.parse('{"__proto__":"canary-x"}') as unknown,
    JSON.parse('{"__proto__":"[x]"}') as unknown,
  ],
])('%s', (_rule, input, held) => {
  expect(heldInput(input)).toEqual(held)
})

test('no input takes more than its shape', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 80 }), fc.integer({ min: 1, max: 5000 }), (unit, times) => {
      expect(JSON.stringify(heldInput(unit.repeat(times))).length).toBeLessThan(6100)
    }),
  )
})
