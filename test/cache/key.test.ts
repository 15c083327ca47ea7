import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cacheKey, type CacheKeyContext } from '../../src/flows/cache-key.js'
import type { ExchangeTokenOptions } from '../../src/index.js'

const CONTEXT: CacheKeyContext = {
  issuer: 'https://tenant.example.com/',
  clientId: 'mcp-server',
  flow: 'on_behalf_of',
  binding: undefined,
}
const OPTIONS: ExchangeTokenOptions = {
  subjectToken: 'subject',
  subjectTokenType: 'urn:acme:session',
  actorToken: 'actor',
  actorTokenType: 'urn:acme:agent',
  audience: 'https://a.example.com',
  resource: 'https://r.example.com',
  scope: 'read write',
  organization: 'org_1',
  requestedTokenType: 'urn:acme:token',
  forwardedFor: '203.0.113.7',
  extra: { region: 'eu', tag: ['x', 'y'] },
}

function keyOf(options: object = {}, context: object = {}): string {
  return cacheKey({ ...CONTEXT, ...context }, { ...OPTIONS, ...options })
}

/** Each leads to another token, or may. */
const CHANGES: readonly (readonly [string, options: object, context?: object])[] = [
  ['another issuer', {}, { issuer: 'https://other.example.com/' }],
  ['another client', {}, { clientId: 'other' }],
  ['another flow', {}, { flow: 'exchange' }],
  ['a DPoP key', {}, { binding: { thumbprint: 'a', allowBearer: false } }],
  ['another DPoP key', {}, { binding: { thumbprint: 'b', allowBearer: false } }],
  ['a DPoP key that need not be used', {}, { binding: { thumbprint: 'a', allowBearer: true } }],
  ['another subject', { subjectToken: 'subject2' }],
  ['another subject type', { subjectTokenType: 'urn:acme:other' }],
  ['another actor', { actorToken: 'actor2' }],
  ['another actor type', { actorTokenType: 'urn:acme:other' }],
  ['no actor', { actorToken: undefined, actorTokenType: undefined }],
  ['subject and actor exchanged', { subjectToken: 'actor', actorToken: 'subject' }],
  ['another audience', { audience: 'https://b.example.com' }],
  ['a second audience', { audience: ['https://a.example.com', 'https://b.example.com'] }],
  ['no audience', { audience: undefined }],
  ['another resource', { resource: 'https://s.example.com' }],
  ['no resource', { resource: undefined }],
  ['audience and resource exchanged', { audience: OPTIONS.resource, resource: OPTIONS.audience }],
  ['another scope', { scope: 'read' }],
  ['a scope more', { scope: 'read write admin' }],
  ['a scope that is the two joined', { scope: 'readwrite' }],
  ['a scope with another case', { scope: 'Read write' }],
  ['no scope', { scope: undefined }],
  ['another organization', { organization: 'org_2' }],
  ['no organization', { organization: undefined }],
  ['another requested type', { requestedTokenType: 'urn:acme:other' }],
  ['no requested type', { requestedTokenType: undefined }],
  ['another address', { forwardedFor: '203.0.113.8' }],
  ['no address', { forwardedFor: undefined }],
  ['another extra value', { extra: { region: 'us', tag: ['x', 'y'] } }],
  ['another extra name', { extra: { Region: 'eu', tag: ['x', 'y'] } }],
  ['extra values in another order', { extra: { region: 'eu', tag: ['y', 'x'] } }],
  ['extra values that are joined', { extra: { region: 'eu', tag: 'x,y' } }],
  ['no extra', { extra: undefined }],
  ['a check of the actor', { expectActor: true }],
]

const SAME: readonly (readonly [string, options: object])[] = [
  ['scopes in another order', { scope: 'write read' }],
  ['a scope twice', { scope: 'read write read' }],
  ['more spaces between scopes', { scope: 'read   write' }],
  ['an audience as a list', { audience: ['https://a.example.com'] }],
  ['an audience twice', { audience: ['https://a.example.com', 'https://a.example.com'] }],
  ['extra names in another order', { extra: { tag: ['x', 'y'], region: 'eu' } }],
  ['a timeout', { timeoutMs: 5 }],
  ['a signal', { signal: new AbortController().signal }],
  ['a retry policy', { retry: { attempts: 2 } }],
  ['a forced refresh', { forceRefresh: true }],
  ['the context of the domain resolver, which is in the issuer', { domainContext: { host: 'a' } }],
]

describe('a cache key', () => {
  it.each(CHANGES.map(([name, options, context]) => ({ name, options, context })))('changes with $name', (change) => {
    const { options, context } = change
    expect(keyOf(options, context)).not.toBe(keyOf())
  })

  it('is another one for each of these changes', () => {
    const keys = CHANGES.map(([, options, context]) => keyOf(options, context))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it.each(SAME)('does not change with %s', (_name, options) => {
    expect(keyOf(options)).toBe(keyOf())
  })

  it('does not change with the order of audiences', () => {
    expect(keyOf({ audience: ['a', 'b'] })).toBe(keyOf({ audience: ['b', 'a', 'b'] }))
  })

  const incomplete: readonly (readonly [string, object, object])[] = [
    ['issuer', {}, { issuer: '' }],
    ['issuer', {}, { issuer: undefined }],
    ['clientId', {}, { clientId: '' }],
    ['flow', {}, { flow: undefined }],
    ['subjectToken', { subjectToken: '' }, {}],
    ['subjectToken', { subjectToken: undefined }, {}],
    ['subjectTokenType', { subjectTokenType: undefined }, {}],
    ['thumbprint', {}, { binding: { thumbprint: '', allowBearer: false } }],
  ]
  it.each(incomplete)('is not made without %s', (name, options, context) => {
    expect(() => keyOf(options, context)).toThrow(new TypeError(`cache key without ${name}`))
  })

  it('is JSON, with null for what is absent', () => {
    const { subjectToken, subjectTokenType } = OPTIONS
    const parts = JSON.parse(cacheKey(CONTEXT, { subjectToken, subjectTokenType })) as unknown[]
    expect(parts.slice(0, 6)).toEqual([
      'v1',
      CONTEXT.issuer,
      CONTEXT.clientId,
      CONTEXT.flow,
      subjectTokenType,
      subjectToken,
    ])
    expect(parts.slice(6).every((part) => part === null)).toBe(true)
  })

  it('is shared by two option sets only when they ask for the same', () => {
    let equal = 0
    fc.assert(
      fc.property(asked, asked, fc.uniqueArray(fc.constantFrom(...PARTS), { maxLength: 3 }), (a, other, parts) => {
        const b = withParts(a, other, parts)
        const isSame = sameMeaning(a, b)
        if (isSame) equal++
        expect(cacheKey(a.context, a.options) === cacheKey(b.context, b.options)).toBe(isSame)
      }),
      { numRuns: 5000 },
    )
    expect(equal).toBeGreaterThan(100)
  })

  it('is the same for two ways to write one option set', () => {
    fc.assert(
      fc.property(asked, fc.infiniteStream(fc.nat()), (a, numbers) => {
        expect(cacheKey(a.context, shuffled(a.options, numbers))).toBe(cacheKey(a.context, a.options))
      }),
    )
  })
})

/** Few letters, and those that have a meaning in JSON, in lists of scopes and in forms. */
const text = fc.string({
  unit: fc.constantFrom('a', 'b', '"', '\\', ',', '[', ']', '\u2028', '\ud800', '&', '='),
  minLength: 1,
  maxLength: 3,
})
const texts = fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 }))
const scope = fc.array(text, { minLength: 1, maxLength: 3 }).map((scopes) => scopes.join(' '))
const actor = fc.oneof(fc.constant({}), fc.record({ actorToken: text, actorTokenType: text }))
const others = fc.record(
  {
    audience: texts,
    resource: texts,
    scope,
    organization: text,
    requestedTokenType: text,
    forwardedFor: text,
    extra: fc.dictionary(text, texts, { maxKeys: 2, noNullPrototype: true }),
    expectActor: fc.boolean(),
  },
  { requiredKeys: [] },
)
const asked = fc.record({
  context: fc.record({
    issuer: text,
    clientId: text,
    flow: text,
    binding: fc.option(fc.record({ thumbprint: text, allowBearer: fc.boolean() }, { noNullPrototype: true }), {
      nil: undefined,
    }),
  }),
  options: fc
    .tuple(fc.record({ subjectToken: text, subjectTokenType: text }), actor, others)
    .map((parts) => Object.assign({}, ...parts) as ExchangeTokenOptions),
})

const PARTS = [
  ...(['issuer', 'clientId', 'flow', 'binding'] as const),
  ...(Object.keys(OPTIONS) as (keyof ExchangeTokenOptions)[]),
] as const

/** `a` with some parts of `other`: two option sets that are alike but for a little. */
function withParts(a: Asked, other: Asked, parts: readonly string[]): Asked {
  const [context, options] = [other.context, other.options].map((object) =>
    Object.fromEntries(Object.entries(object).filter(([name]) => parts.includes(name))),
  )
  return { context: { ...a.context, ...context }, options: { ...a.options, ...options } }
}

/** Whether two option sets mean the same, compared member by member. */
function sameMeaning(a: Asked, b: Asked): boolean {
  const [one, two] = [a, b].map(({ context, options }) => ({
    ...context,
    ...options,
    audience: options.audience === undefined ? undefined : new Set([options.audience].flat()),
    resource: options.resource === undefined ? undefined : new Set([options.resource].flat()),
    scope: options.scope === undefined ? undefined : new Set(options.scope.split(' ')),
  }))
  return isDeepStrictEqual(one, two)
}

type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never

function shuffled(options: ExchangeTokenOptions, numbers: fc.Stream<number>): ExchangeTokenOptions {
  function shuffle<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, rank: numbers.next().value as number }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item)
  }
  const { audience, scope: scopes, extra } = options
  return {
    ...options,
    ...(audience === undefined ? {} : { audience: shuffle([audience, audience].flat()) }),
    ...(scopes === undefined ? {} : { scope: shuffle([...scopes.split(' '), ...scopes.split(' ')]).join(' ') }),
    ...(extra === undefined ? {} : { extra: Object.fromEntries(shuffle(Object.entries(extra))) }),
  }
}
