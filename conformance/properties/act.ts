import fc from 'fast-check'
import { brokenLeaves, brokenNodes, brokenObjects, validNodes } from '../arbitraries/act.js'
import { foldNodes, longChain, type ActNode, type Json } from '../arbitraries/act-node.js'
import { LONG_CHAINS, PROTOTYPE_NAMES } from '../arbitraries/pools.js'
import type { ActCase } from '../case.js'
import type { Property } from './property.js'

const DECOY = 'canary-decoy'

/** The members that could become a prototype, with an actor inside. */
function decoyMembers(): fc.Arbitrary<readonly (readonly [string, Json])[]> {
  const hidden: Json[] = [{ sub: DECOY }, { sub: DECOY, act: { sub: DECOY } }, { act: { sub: DECOY } }]
  return fc.uniqueArray(fc.tuple(fc.constantFrom(...PROTOTYPE_NAMES), fc.constantFrom(...hidden)), {
    minLength: 1,
    maxLength: 3,
    selector: ([name]) => name,
  })
}

function withDecoys(given: ActCase): ActCase {
  return { ...given, decoys: [DECOY] }
}

/** The properties on reading the act claim. */
export const ACT_PROPERTIES: readonly Property[] = [
  {
    id: 'valid-chains',
    area: 'act-parsing',
    title: 'A valid chain is read from the outermost actor inwards.',
    requirements: [
      'current-actor-is-outermost',
      'chain-newest-first',
      'chain-head-is-current-actor',
      'valid-act-is-read',
    ],
    cases: fc.array(validNodes(), { minLength: 1, maxLength: 12 }).map((nodes) => foldNodes(nodes)),
  },
  {
    id: 'malformed-outermost',
    area: 'act-parsing',
    title: 'A malformed outermost node is an error for both helpers.',
    requirements: ['malformed-outermost-refused', 'malformed-node-refused'],
    cases: fc.oneof(
      brokenLeaves().map((node) => foldNodes([node])),
      fc
        .tuple(brokenObjects(), fc.array(validNodes(), { maxLength: 4 }))
        .map(([node, rest]) => foldNodes([node, ...rest])),
    ),
  },
  {
    id: 'malformed-inner',
    area: 'act-parsing',
    title: 'A malformed inner node is an error for the chain, and nothing to the current actor.',
    requirements: ['malformed-node-refused', 'current-actor-is-outermost'],
    cases: fc
      .tuple(
        fc.array(validNodes(), { minLength: 1, maxLength: 8 }),
        brokenNodes(),
        fc.array(validNodes(), { maxLength: 3 }),
      )
      .map(([before, broken, after]) => foldNodes([...before, broken, ...('leaf' in broken.members ? [] : after)])),
  },
  {
    id: 'null-ends',
    area: 'act-parsing',
    title: 'A null act, at any depth, is the end or an error.',
    requirements: ['no-act-no-actor', 'no-act-empty-chain', 'null-act-helpers-agree', 'current-actor-is-outermost'],
    cases: fc.array(validNodes(), { maxLength: 5 }).map((nodes) => foldNodes(nodes, 'null')),
  },
  {
    id: 'no-act',
    area: 'act-parsing',
    title: 'Without an act claim nobody acts, whatever else the claims hold.',
    requirements: ['no-act-no-actor', 'no-act-empty-chain', 'chain-head-is-current-actor'],
    cases: fc
      .uniqueArray(
        fc.tuple(
          fc.constantFrom('Act', 'ACT', 'act ', 'actor', 'may_act', 'client_id', 'azp', 'scope'),
          fc.constantFrom<Json[]>('spa', { sub: 'mallory' }, null, 1),
        ),
        { maxLength: 4, selector: ([name]) => name },
      )
      .map((top) => foldNodes([], 'absent', top)),
  },
  {
    id: 'prototype-members',
    area: 'act-parsing',
    title: 'Members with the names of prototype properties name nobody.',
    requirements: ['prototype-is-not-an-actor'],
    cases: fc.oneof(
      decoyMembers().map((members) => withDecoys(foldNodes([], 'absent', members))),
      fc
        .tuple(fc.array(validNodes(), { maxLength: 3 }), decoyMembers(), fc.boolean())
        .map(([before, members, hasSub]) => {
          const node: ActNode = hasSub
            ? { members: [['sub', 'spa'], ...members], actFirst: false, fact: { sub: 'spa' } }
            : { members, actFirst: false, fact: { malformed: 'no sub' } }
          return withDecoys(foldNodes([...before, node]))
        }),
    ),
  },
  {
    id: 'long-chains',
    area: 'act-parsing',
    title: 'A long chain gives an answer or an error of the SDK.',
    requirements: ['long-chain-does-not-crash', 'current-actor-is-outermost'],
    cases: fc.constantFrom(...LONG_CHAINS).map((actors) => longChain(actors)),
  },
]
