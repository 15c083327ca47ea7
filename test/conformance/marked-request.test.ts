import { describe, expect, test } from 'vitest'
import { decodeForm, type FormFields } from '../../conformance/form.js'
import { expectedFields } from '../../conformance/report/expected-fields.js'
import { markedRequest } from '../../conformance/report/marked-request.js'

const CLIENT = { id: 'web-app', secret: 'web-app-secret', authentication: 'client_secret_post' } as const

/** The body with its marks in angle brackets, and what is missing. */
function marked(body: string, expected: FormFields, headers: readonly [string, string][] = []): string {
  const bytes = Buffer.from(body, 'latin1')
  const request = {
    method: 'POST',
    url: 'https://tenant.example.com/oauth/token',
    headers,
    body: bytes,
    form: decodeForm(bytes),
  }
  const { body: pieces, missing } = markedRequest(request, expected, CLIENT.secret)
  return [
    pieces.map(({ text, differs }) => (differs ? `<${text}>` : text)).join(''),
    ...missing.map((field) => `-${field}`),
  ].join(' ')
}

describe('the bytes of a request that differ are marked', () => {
  test.each<[rule: string, body: string, expected: FormFields, shown: string]>([
    [
      'none when all is as expected',
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
      'a=1&b=2',
    ],
    [
      'the order counts for nothing',
      'b=2&a=1',
      [
        ['a', '1'],
        ['b', '2'],
      ],
      'b=2&a=1',
    ],
    ['how a byte is written counts for nothing', 'a=x%20y%2A', [['a', 'x y*']], 'a=x%20y%2A'],
    ['a field too many', 'a=1&x=9', [['a', '1']], 'a=1&<x=9>'],
    [
      'the differing bytes of a value alone',
      'a=https%3A%2F%2Fevil.example',
      [['a', 'https://api.example']],
      'a=https%3A%2F%2F<evil>.example',
    ],
    ['bytes that are lacking', 'a=ac', [['a', 'abc']], 'a=a<∅>c'],
    ['a byte that was encoded twice', 'a=%252A', [['a', '*']], 'a=<%252A>'],
    ['a value beside the right one', 'a=evil&a=1', [['a', '1']], '<a=evil>&a=1'],
    [
      'values in another order',
      'r=y&r=x',
      [
        ['r', 'x'],
        ['r', 'y'],
      ],
      'r=<y>&r=<x>',
    ],
    [
      'a field that is missing',
      'a=1',
      [
        ['a', '1'],
        ['b', '2'],
      ],
      'a=1 -b=2',
    ],
    ['a body that is not a form, all of it', '{"a":"%"}', [['a', '1']], '<{"a":"%"}>'],
    ['raw bytes beyond ASCII', 'a=\u00e9', [['a', 'e']], '<a=\\xe9>'],
  ])('%s', (_rule, body, expected, shown) => {
    expect(marked(body, expected)).toBe(shown)
  })

  test('a client that shows itself in the header lacks no field', () => {
    expect(
      marked(
        'a=1',
        [
          ['a', '1'],
          ['client_id', 'web-app'],
        ],
        [['authorization', 'Basic x']],
      ),
    ).toBe('a=1')
  })

  test('secrets and tokens stand in brackets, and do not split into marks', () => {
    const body = 'client_secret=web-app-secret&subject_token=canary-other-1'
    expect(
      marked(body, [
        ['client_secret', 'web-app-secret'],
        ['subject_token', 'canary-subject-1'],
      ]),
    ).toBe('client_secret=[client secret]&subject_token=[<other>-1]')
  })

  test('a body of many fields is cut', () => {
    const body = Array.from({ length: 1000 }, () => 'role=x').join('&')
    expect(marked(body, [])).toMatch(/ and 940 more fields>$/)
  })
})

describe('the fields that an input calls for', () => {
  const input = { subject_token: 's', subject_token_type: 'urn:x' }
  const names = (more: object): string[] =>
    expectedFields({ ...input, ...more }, CLIENT)
      .slice(5)
      .map(([name]) => name)

  test.each<[rule: string, more: object, names: string[]]>([
    ['a pair', { actor_token: 'a', actor_token_type: 't' }, ['actor_token', 'actor_token_type']],
    ['no half of a pair', { actor_token: 'a', actor_token_type: ' ' }, []],
    ['an empty option is absent', { audience: '' }, []],
    ['a plain extra, as often as it has values', { extra: [['role', ['a', 'b']]] }, ['role', 'role']],
    ['no protected extra', { extra: [['Client_ID', 'x']] }, []],
    ['no malformed name', { extra: [['a b', 'x']] }, []],
    ['no extra with too many values', { extra: [['role', Array.from({ length: 21 }, String)]] }, []],
  ])('%s', (_rule, more, expected) => {
    expect(names(more)).toEqual(expected)
  })
})
