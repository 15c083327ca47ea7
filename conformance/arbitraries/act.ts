import fc from 'fast-check'
import { PROTOTYPE_NAMES, SUBS } from './pools.js'
import { brokenNode, type ActNode, type Json } from './act-node.js'

/** A non-blank `sub` without padding. */
export function subs(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...SUBS) },
    {
      weight: 1,
      arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }).map((text) => `x${text}x`),
    },
  )
}

const MEMBERS: fc.Arbitrary<[string, Json][]> = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom('iss', 'client_id', 'sub_profile', 'role', 'exp', 'Sub', 'ACT', ...PROTOTYPE_NAMES),
    fc.constantFrom<Json[]>('https://issuer.example.com', 'mcp-server', 1, true, null, [], {}),
  ),
  { maxLength: 3, selector: ([name]) => name },
)

/** A well-formed node of an act claim. */
export function validNodes(): fc.Arbitrary<ActNode & { readonly fact: { readonly sub: string } }> {
  return fc
    .record({ sub: subs(), members: MEMBERS, actFirst: fc.boolean() })
    .map(({ sub, members, actFirst }) => ({ members: [['sub', sub], ...members], actFirst, fact: { sub } }))
}

/** A node that is not an object, so that nothing can lie below it. */
export function brokenLeaves(): fc.Arbitrary<ActNode> {
  return fc.constantFrom<ActNode[]>(
    brokenNode('a string', 'alice'),
    brokenNode('an empty string', ''),
    brokenNode('zero', 0),
    brokenNode('a number', 1),
    brokenNode('false', false),
    brokenNode('true', true),
    brokenNode('an empty array', []),
    brokenNode('an array', [{ sub: 'alice' }]),
    brokenNode('an array of names', ['alice']),
  )
}

/** An object without a usable `sub`. */
export function brokenObjects(): fc.Arbitrary<ActNode> {
  const sub = fc.constantFrom<[string, Json | undefined][]>(
    ['no sub', undefined],
    ['sub is null', null],
    ['sub is empty', ''],
    ['sub is a space', ' '],
    ['sub is a tab and a line feed', '\t\n'],
    ['sub is a number', 1],
    ['sub is zero', 0],
    ['sub is true', true],
    ['sub is false', false],
    ['sub is an array', ['alice']],
    ['sub is an object', { sub: 'alice' }],
  )
  const members = fc.constantFrom<[string, Json][][]>(
    [],
    [['Sub', 'alice']],
    [['sub ', 'alice']],
    [['client_id', 'alice']],
  )
  return fc.record({ sub, members, actFirst: fc.boolean() }).map(({ sub: [malformed, value], members, actFirst }) => ({
    members: value === undefined ? members : [['sub', value], ...members],
    actFirst,
    fact: { malformed },
  }))
}

export function brokenNodes(): fc.Arbitrary<ActNode> {
  return fc.oneof(brokenObjects(), brokenLeaves())
}
