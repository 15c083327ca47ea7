import {
  actOf,
  assigned,
  chainByRecursion,
  insteadOfRefusal,
  isNode,
  nodesOf,
  onChain,
  subOf,
  subsOf,
} from './act-claims.js'
import { answered, refusal, type Mutant } from './mutant.js'

/** Mutants of the helper that gives the delegation chain. */
export const CHAIN_MUTANTS: readonly Mutant[] = [
  {
    id: 'every-act-refused',
    title: 'Every act claim with a prior actor is refused.',
    kills: { requirement: 'valid-act-is-read', reason: 'valid-act-refused' },
    hooks: { delegationChain: (claims, answer) => (nodesOf(claims).length > 1 ? refusal('no chains') : answer) },
  },
  {
    id: 'subject-ends-chain',
    title: 'The subject is the last entry of every chain.',
    kills: { requirement: 'no-act-empty-chain', reason: 'actor-from-nowhere' },
    hooks: { delegationChain: onChain((chain, claims) => [...chain, subOf(claims) ?? 'nobody']) },
  },
  {
    id: 'chain-of-no-act-refused',
    title: 'The chain of claims without an act claim is refused.',
    kills: { requirement: 'no-act-empty-chain', reason: 'absent-act-refused' },
    hooks: {
      delegationChain: (claims, answer) => (isNode(claims) && !('act' in claims) ? refusal('no act') : answer),
    },
  },
  {
    id: 'null-act-refused-by-chain',
    title: 'One helper takes a null act for an error, and the other for no act.',
    kills: { requirement: 'null-act-helpers-agree', reason: 'null-disagreement' },
    hooks: { delegationChain: (claims, answer) => (actOf(claims) === null ? refusal('act is null') : answer) },
  },
  {
    id: 'chain-ends-at-malformed-node',
    title: 'The chain is cut at the first malformed node.',
    kills: { requirement: 'malformed-node-refused', reason: 'malformed-node-ends-chain' },
    hooks: {
      delegationChain: insteadOfRefusal((claims) => {
        const subs = nodesOf(claims).map(subOf)
        const end = subs.indexOf(undefined)
        return answered(subsOf(claims).slice(0, end < 0 ? undefined : end))
      }),
    },
  },
  {
    id: 'chain-skips-malformed-nodes',
    title: 'Malformed nodes are left out of the chain.',
    kills: { requirement: 'malformed-node-refused', reason: 'malformed-node-skipped' },
    hooks: { delegationChain: insteadOfRefusal((claims) => answered(subsOf(claims))) },
  },
  {
    id: 'malformed-nodes-are-unknown',
    title: 'A malformed node is named "unknown" in the chain.',
    kills: { requirement: 'malformed-node-refused', reason: 'malformed-node-accepted' },
    hooks: {
      delegationChain: insteadOfRefusal((claims) =>
        answered([...nodesOf(claims).map((node) => subOf(node) ?? 'unknown'), 'unknown']),
      ),
    },
  },
  {
    id: 'oldest-first',
    title: 'The chain is given from the oldest actor to the newest.',
    kills: { requirement: 'chain-newest-first', reason: 'oldest-first' },
    hooks: { delegationChain: onChain((chain) => [...chain].reverse()) },
  },
  {
    id: 'distinct-actors-only',
    title: 'An actor comes once in a chain.',
    kills: { requirement: 'chain-newest-first', reason: 'actors-missing' },
    hooks: { delegationChain: onChain((chain) => [...new Set(chain)]) },
  },
  {
    id: 'first-two-actors-only',
    title: 'A chain has two entries at most.',
    kills: { requirement: 'chain-newest-first', reason: 'actors-missing' },
    hooks: { delegationChain: onChain((chain) => chain.slice(0, 2)) },
  },
  {
    id: 'client-ids-in-chain',
    title: 'The chain has a client_id where a node has one.',
    kills: { requirement: 'chain-newest-first', reason: 'actors-wrong' },
    hooks: {
      delegationChain: onChain((chain, claims) =>
        nodesOf(claims).map(({ client_id: client }, index) =>
          typeof client === 'string' ? client : (chain[index] ?? ''),
        ),
      ),
    },
  },
  {
    id: 'chain-starts-with-subject',
    title: 'The subject is the first entry of every chain.',
    kills: { requirement: 'chain-head-is-current-actor', reason: 'head-differs' },
    hooks: { delegationChain: onChain((chain, claims) => [subOf(claims) ?? 'nobody', ...chain]) },
  },
  {
    id: 'recursive-chain',
    title: 'The chain is read by recursion.',
    kills: { requirement: 'long-chain-does-not-crash', reason: 'stack-overflow' },
    hooks: {
      delegationChain: (claims, answer) => {
        try {
          chainByRecursion(actOf(claims))
          return answer
        } catch (error) {
          return { outcome: 'rejected', error: { class: (error as Error).constructor.name, message: '' } }
        }
      },
    },
  },
  {
    id: 'claims-copied-by-assignment',
    title: 'The claims are copied by assignment before they are read.',
    kills: { requirement: 'prototype-is-not-an-actor', reason: 'prototype-read' },
    hooks: {
      delegationChain: (claims, answer) =>
        isNode(claims) && !Object.hasOwn(claims, 'act') ? answered(subsOf(assigned(claims))) : answer,
    },
  },
]
