import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PROTECTED_PARAMETERS } from '../../src/index.js'
import { EXCHANGE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'

async function errorFor(options: object): Promise<unknown> {
  const server = scriptedServer()
  const error = await thrownBy(clientOf(server).exchangeToken({ ...EXCHANGE, ...options }))
  expect(server.urls, 'nothing is sent, discovery included').toEqual([])
  return error
}

async function wireForm(options: object): Promise<readonly (readonly [string, string])[]> {
  const server = scriptedServer()
  await clientOf(server).exchangeToken({ ...EXCHANGE, ...options })
  return server.tokenRequests[0]?.form ?? []
}

describe('extra parameters', () => {
  it('the description protects 21 names', () => {
    expect(PROTECTED_PARAMETERS).toHaveLength(21)
  })

  it.each(PROTECTED_PARAMETERS.map((name) => [name]))('%s is refused in every spelling', async (name) => {
    for (const spelling of [name, name.toUpperCase(), name.charAt(0).toUpperCase() + name.slice(1)]) {
      const error = await errorFor({ extra: { [spelling]: 'canary-value' } })
      expect(error).toMatchObject({ code: 'protected_parameter', field: spelling, reason: 'protected_name' })
      expect(String(error)).toContain(`"${spelling}"`)
      expect(String(error)).not.toContain('canary-value')
    }
  })

  it.each([
    ['an empty name', ''],
    ['a bracket suffix', 'audience[]'],
    ['a space', 'scope '],
    ['a byte order mark', '\ufeffscope'],
    ['a NUL', 'scope\0'],
    ['a letter that only looks like one', 'ѕcope'],
    ['an ampersand', 'a&scope'],
    ['an equals sign', 'a=b'],
    ['a plus sign', 'a+b'],
    ['a percent escape', 'sco%70e'],
  ])('%s is a malformed name', async (_rule, name) => {
    expect(await errorFor({ extra: { [name]: 'v' } })).toMatchObject({
      code: 'invalid_parameter',
      field: 'extra',
      reason: 'malformed_name',
    })
  })

  it('a long malformed name is not repeated, since it may be a pasted token', async () => {
    const error = await errorFor({ extra: { [`${'canary'.repeat(20)}=`]: 'v' } })
    expect(String(error)).toContain('(121 characters)')
    expect(String(error)).not.toContain('canary')
  })

  it('names are compared without case, in ASCII alone', async () => {
    // U+0130 lower-cases to two characters and U+212A to a plain k: neither is a protected name.
    expect(await errorFor({ extra: { 'act\u0130on': 'v' } })).toMatchObject({ reason: 'malformed_name' })
  })

  it('a name is of letters, digits, "-", "." and "_", and a text is one value, however long', async () => {
    const text = 'a long text, of many characters'
    expect(await wireForm({ extra: { 'x-1.B_c': text } })).toContainEqual(['x-1.B_c', text])
  })

  it('20 values pass, 21 do not', async () => {
    const values = Array.from({ length: 21 }, (_, index) => `v${index}`)
    expect(await errorFor({ extra: { tag: values } })).toMatchObject({ field: 'tag', reason: 'too_many_values' })
    const form = await wireForm({ extra: { tag: values.slice(1) } })
    expect(form.filter(([name]) => name === 'tag').map(([, value]) => value)).toEqual(values.slice(1))
  })

  it.each([
    ['a number', { a: 1 }],
    ['null', { a: null }],
    ['undefined', { a: undefined }],
    ['an object', { a: {} }],
    ['a number in a list', { a: ['x', 1] }],
    ['a nested list', { a: [['x']] }],
  ])('a value that is %s is a TypeError', async (_rule, extra) => {
    expect(await errorFor({ extra })).toBeInstanceOf(TypeError)
  })

  it.each([
    ['a Map', new Map([['a', 'b']])],
    ['URLSearchParams', new URLSearchParams('a=b')],
    ['a list', ['a']],
    ['a string', 'a=b'],
    ['null', null],
    ['what another object holds', Object.create(Object.assign(Object.create(null) as object, { a: 'b' })) as object],
  ])('%s is a TypeError, since its entries would be lost', async (_rule, extra) => {
    expect(await errorFor({ extra })).toEqual(new TypeError('extra must be a plain object'))
  })

  it.each([
    ['without a prototype', Object.assign(Object.create(null) as object, { a: 'b' })],
    ['of another realm', runInNewContext('({ a: "b" })') as object],
  ])('an object %s is a plain one', async (_rule, extra) => {
    expect(await wireForm({ extra })).toContainEqual(['a', 'b'])
  })

  it('a value that is not well-formed Unicode is refused', async () => {
    expect(await errorFor({ extra: { a: '\udc00' } })).toMatchObject({ field: 'a', reason: 'lone_surrogate' })
  })

  it('prototype names are ordinary names', async () => {
    const extra = JSON.parse('{"__proto__":"a","constructor":"b","hasOwnProperty":"c"}') as object
    const form = await wireForm({ extra })
    expect(form).toEqual(
      expect.arrayContaining([
        ['__proto__', 'a'],
        ['constructor', 'b'],
        ['hasOwnProperty', 'c'],
      ]),
    )
  })

  it('whatever extra holds, each protected parameter is on the wire once with its typed value', async () => {
    const name = fc.oneof(
      fc.constantFrom(...PROTECTED_PARAMETERS, 'Scope', 'audience[]', '__proto__', 'foo', 'foo.bar'),
      fc.string({ minLength: 1, maxLength: 8 }),
    )
    const value = fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 22 }))
    const typed = { audience: 'https://api.example.com', scope: 'a b', organization: 'org_1' }
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, value, { maxKeys: 4 }), async (extra) => {
        const server = scriptedServer()
        try {
          await clientOf(server).exchangeToken({ ...EXCHANGE, ...typed, extra })
        } catch {
          expect(server.urls).toEqual([])
          return
        }
        const form = server.tokenRequests[0]?.form ?? []
        const seen = form.filter(([field]) => (PROTECTED_PARAMETERS as readonly string[]).includes(field.toLowerCase()))
        expect(seen).toEqual([
          ['client_id', 'web-app'],
          ['client_secret', 'canary-client-secret'],
          ['grant_type', 'urn:ietf:params:oauth:grant-type:token-exchange'],
          ['subject_token', EXCHANGE.subjectToken],
          ['subject_token_type', EXCHANGE.subjectTokenType],
          ['audience', typed.audience],
          ['scope', typed.scope],
          ['organization', typed.organization],
        ])
        const rest = form.filter(
          ([field]) => !(PROTECTED_PARAMETERS as readonly string[]).includes(field.toLowerCase()),
        )
        expect(rest).toEqual(
          Object.entries(extra).flatMap(([field, given]) => [given].flat().map((one) => [field, one])),
        )
      }),
    )
  })
})

describe('typed parameters', () => {
  it.each([['audience'], ['resource'], ['scope'], ['organization'], ['requestedTokenType'], ['subjectTokenType']])(
    '%s must be a text that says something',
    async (field) => {
      const cases = [
        ['', 'blank'],
        [' ', 'blank'],
        [' x', 'padded'],
        ['a\nb', 'control_character'],
        ['\ud800', 'lone_surrogate'],
      ]
      for (const [value, reason] of cases) {
        expect(await errorFor({ [field]: value })).toMatchObject({ code: 'invalid_parameter', field, reason })
      }
      expect(await errorFor({ [field]: 7 })).toBeInstanceOf(TypeError)
    },
  )

  it.each([['audience'], ['resource']])('each element of %s becomes a field of its own', async (field) => {
    expect(await wireForm({ [field]: ['https://a.example', 'https://b.example,c'] })).toEqual(
      expect.arrayContaining([
        [field, 'https://a.example'],
        [field, 'https://b.example,c'],
      ]),
    )
    expect(await errorFor({ [field]: [] })).toMatchObject({ field, reason: 'blank' })
    expect(await errorFor({ [field]: ['x', ''] })).toMatchObject({ field, reason: 'blank' })
  })

  it('an option name that does not exist is a TypeError that names it', async () => {
    expect(await errorFor({ actor_token: 'x' })).toEqual(new TypeError('exchangeToken has no option "actor_token"'))
  })

  it('so is one that is undefined', async () => {
    const refusal = new TypeError('exchangeToken has no option "actor_token"')
    expect(await errorFor({ actor_token: undefined })).toEqual(refusal)
  })
})
