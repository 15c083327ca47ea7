import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formBody } from '../../src/request/form.js'

const TEXT = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'binary-ascii' }),
)

it('a form is what URLSearchParams makes of the same fields, in their order', () => {
  fc.assert(
    fc.property(fc.dictionary(TEXT, fc.oneof(TEXT, fc.array(TEXT))), (fields) => {
      const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((item) => [name, item]))
      expect(formBody(fields)).toBe(new URLSearchParams(pairs).toString())
    }),
    { numRuns: 1000 },
  )
})

it('what is absent is left out, and parts follow each other', () => {
  expect(formBody({ a: 'x y', b: undefined, c: null }, undefined, { d: ['1', '2'], e: [] })).toBe('a=x+y&d=1&d=2')
})
