import { expect, test } from 'vitest'
import { decodeForm, encodeForm } from '../../conformance/form.js'

const BAD = new Uint8Array([0x61, 0x3d, 0xff])

test.each<[string, string, [string, string][] | undefined]>([
  [
    'plus and %20 are both a space',
    'a=1+2&b=1%202',
    [
      ['a', '1 2'],
      ['b', '1 2'],
    ],
  ],
  [
    'repeats keep their order',
    'a=2&b=0&a=1',
    [
      ['a', '2'],
      ['b', '0'],
      ['a', '1'],
    ],
  ],
  [
    'a name without an equals sign has an empty value',
    'a&b=',
    [
      ['a', ''],
      ['b', ''],
    ],
  ],
  ['only the first equals sign divides', 'a=b=c', [['a', 'b=c']]],
  ['an encoded divider is part of the name', 'a%26b%3Dc=1', [['a&b=c', '1']]],
  ['hexadecimal digits may be small', 'a=%c3%a9', [['a', 'é']]],
  ['nothing is decoded twice', 'a=%2520', [['a', '%20']]],
  ['an empty body has no fields', '', []],
  ['a broken escape is not repaired', 'a=%zz', undefined],
  ['a cut escape is not repaired', 'a=%4', undefined],
  ['an escape that is not UTF-8 is not repaired', 'a=%ff', undefined],
])('%s', (_rule, body, fields) => {
  expect(decodeForm(new TextEncoder().encode(body))).toEqual(fields)
})

test('bytes that are not UTF-8 are not repaired', () => {
  expect(decodeForm(BAD)).toBeUndefined()
})

test('what was encoded is decoded to the same fields', () => {
  const fields = [
    ['__proto__', 'é +&=%'],
    ['a', ''],
    ['a', '\u0000'],
  ] as const
  expect(decodeForm(new TextEncoder().encode(encodeForm(fields)))).toEqual(fields)
})
