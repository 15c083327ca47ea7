import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getCurrentActor, getDelegationChain } from '../../src/act.js'

const chainOf = (subs: readonly unknown[]): unknown =>
  subs.reduceRight((act, sub) => (act === undefined ? { sub } : { sub, act }), undefined)

describe('what both helpers answer', () => {
  it.each<[string, object, string | undefined, string[]]>([
    ['no act: nobody acts', { sub: 'u' }, undefined, []],
    ['act: null is the same as no act', { act: null }, undefined, []],
    ['one actor', { act: { sub: 'a' } }, 'a', ['a']],
    ['newest first', { act: { sub: 'a', act: { sub: 'b', act: { sub: 'c' } } } }, 'a', ['a', 'b', 'c']],
    ['an inner act: null ends the chain', { act: { sub: 'a', act: null } }, 'a', ['a']],
    ['the sub is given back as it is', { act: { sub: ' a ' } }, ' a ', [' a ']],
    ['other members do not matter', { act: { sub: 'a', role: 'x', sub_profile: 7 } }, 'a', ['a']],
    ['an inherited act is no act', Object.create({ act: { sub: 'a' } }) as object, undefined, []],
    ['claims without a prototype', Object.assign(Object.create(null) as object, { act: { sub: 'a' } }), 'a', ['a']],
  ])('%s', (_rule, claims, actor, chain) => {
    expect(getCurrentActor(claims)).toBe(actor)
    expect(getDelegationChain(claims)).toEqual(chain)
  })
})

const MALFORMED: [string, unknown, string][] = [
  ['a string', 'a', 'not_an_object'],
  ['an empty string', '', 'not_an_object'],
  ['zero', 0, 'not_an_object'],
  ['false', false, 'not_an_object'],
  ['a list', [{ sub: 'a' }], 'not_an_object'],
  ['no sub', {}, 'no_sub'],
  ['a number as sub', { sub: 1 }, 'no_sub'],
  ['null as sub', { sub: null }, 'no_sub'],
  ['a String object as sub', { sub: Object('a') as unknown }, 'no_sub'],
  ['an empty sub', { sub: '' }, 'blank_sub'],
  ['a sub of whitespace', { sub: ' \t\u00a0\ufeff\u001c\u0085' }, 'blank_sub'],
  ['an inherited sub', Object.create({ sub: 'a' }), 'no_sub'],
  ['an own __proto__ that has a sub', JSON.parse('{"__proto__":{"sub":"a"}}'), 'no_sub'],
]

describe('a malformed node', () => {
  it.each(MALFORMED)('outermost: %s is an error for both helpers', (_rule, act, reason) => {
    const error = expect.objectContaining({
      code: 'invalid_act_claim',
      kind: 'validation',
      field: 'act',
      reason,
    }) as Error
    expect(() => getCurrentActor({ act })).toThrow(error)
    expect(() => getDelegationChain({ act })).toThrow(error)
  })

  it.each(MALFORMED)('inner: %s is an error for the chain alone', (_rule, act, reason) => {
    expect(getCurrentActor({ act: { sub: 'a', act } })).toBe('a')
    expect(() => getDelegationChain({ act: { sub: 'a', act } })).toThrow(
      expect.objectContaining({ code: 'invalid_act_claim', reason }) as Error,
    )
  })

  it('the error names its depth and not its content', () => {
    expect(() => getDelegationChain({ act: { sub: 'a', act: { sub: 'b', act: 'canary' } } })).toThrow(
      /^The act claim is not an object at depth 3\.$/,
    )
  })
})

describe('depth', () => {
  const exactly = chainOf(['a', 'b', 'c'])

  it('a chain of maxDepth actors is read whole', () => {
    expect(getDelegationChain({ act: exactly }, { maxDepth: 3 })).toEqual(['a', 'b', 'c'])
  })

  it('a longer chain is an error, and nothing deeper is read', () => {
    const trap = {
      sub: 'c',
      get act(): unknown {
        return new Proxy({}, { get: () => expect.fail('read below maxDepth') })
      },
    }
    expect(() => getDelegationChain({ act: { sub: 'a', act: { sub: 'b', act: trap } } }, { maxDepth: 3 })).toThrow(
      expect.objectContaining({ code: 'invalid_act_claim', reason: 'too_deep' }) as Error,
    )
  })

  it('the default bound is 100', () => {
    const subs = Array.from({ length: 101 }, (_, index) => `actor-${index}`)
    expect(getDelegationChain({ act: chainOf(subs.slice(1)) })).toHaveLength(100)
    expect(() => getDelegationChain({ act: chainOf(subs) })).toThrow(/more than 100 actors/)
  })

  it('a chain that contains itself ends at the bound', () => {
    const act: Record<string, unknown> = { sub: 'a' }
    act['act'] = act
    expect(getCurrentActor({ act })).toBe('a')
    expect(() => getDelegationChain({ act })).toThrow(/more than 100/)
  })

  it('a million actors need no stack', () => {
    let act: unknown
    for (let index = 0; index < 1_000_000; index++) act = { sub: 'a', act }
    expect(getDelegationChain({ act }, { maxDepth: 1_000_000 })).toHaveLength(1_000_000)
  })
})

it.each([[undefined], [null], ['token'], [[]], [1]])('claims that are no object are a TypeError: %j', (claims) => {
  expect(() => getCurrentActor(claims as never)).toThrow(TypeError)
  expect(() => getDelegationChain(claims as never)).toThrow(TypeError)
})

it.each([[0], [-1], [1.5], [Number.NaN], ['3']])('a maxDepth of %j is a TypeError', (maxDepth) => {
  expect(() => getDelegationChain({}, { maxDepth: maxDepth as number })).toThrow(TypeError)
})

it.each([[{ maxdepth: 1 }], [5], [null]])('options of %j are a TypeError, since no bound would be kept', (options) => {
  expect(() => getDelegationChain({}, options as never)).toThrow(TypeError)
})

it('the chain is the list of subs, and its head the current actor', () => {
  const sub = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('__proto__', 'constructor', 'toString'))
  fc.assert(
    fc.property(
      fc.array(
        sub.filter((text) => /[^\s\u001c-\u001f\u0085]/u.test(text)),
        { maxLength: 60 },
      ),
      (subs) => {
        const claims = { sub: 'user', act: chainOf(subs) }
        expect(getDelegationChain(claims)).toEqual(subs)
        expect(getCurrentActor(claims)).toBe(subs[0])
      },
    ),
  )
})
