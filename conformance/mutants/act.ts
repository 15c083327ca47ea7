import { actOf, assigned, insteadOfRefusal, isNode, nodesOf, subOf, subsOf } from './act-claims.js'
import { answered, refusal, type Mutant } from './mutant.js'

/** Mutants of the helper that gives the current actor. */
export const CURRENT_ACTOR_MUTANTS: readonly Mutant[] = [
  {
    id: 'innermost-is-current',
    title: 'The innermost actor is taken for the current one.',
    kills: { requirement: 'current-actor-is-outermost', reason: 'inner-actor' },
    hooks: {
      currentActor: (claims, answer) => (answer.outcome === 'value' ? answered(subsOf(claims).at(-1) ?? null) : answer),
    },
  },
  {
    id: 'actor-only-without-chain',
    title: 'A current actor is given only when there is no prior one.',
    kills: { requirement: 'current-actor-is-outermost', reason: 'actor-missed' },
    hooks: { currentActor: (claims, answer) => (nodesOf(claims).length > 1 ? answered(null) : answer) },
  },
  {
    id: 'client-id-is-actor',
    title: 'The client_id of the outermost node is taken for the actor.',
    kills: { requirement: 'current-actor-is-outermost', reason: 'other-actor' },
    hooks: {
      currentActor: (claims, answer) => {
        const [outermost] = nodesOf(claims)
        const client = outermost?.['client_id']
        return typeof client === 'string' && answer.outcome === 'value' ? answered(client) : answer
      },
    },
  },
  {
    id: 'subject-is-actor',
    title: 'Without an act claim the subject is taken for the actor.',
    kills: { requirement: 'no-act-no-actor', reason: 'actor-from-nowhere' },
    hooks: {
      currentActor: (claims, answer) =>
        answer.outcome === 'value' && answer.value === null ? answered(subOf(claims) ?? 'nobody') : answer,
    },
  },
  {
    id: 'absent-act-refused',
    title: 'Claims without an act claim are refused.',
    kills: { requirement: 'no-act-no-actor', reason: 'absent-act-refused' },
    hooks: {
      currentActor: (_claims, answer) =>
        answer.outcome === 'value' && answer.value === null ? refusal('no act') : answer,
    },
  },
  {
    id: 'malformed-act-is-nobody',
    title: 'A malformed act claim is taken for no actor.',
    kills: { requirement: 'malformed-outermost-refused', reason: 'malformed-act-ignored' },
    hooks: { currentActor: insteadOfRefusal(() => answered(null)) },
  },
  {
    id: 'any-sub-is-a-name',
    title: 'A sub of any type is turned into a text.',
    kills: { requirement: 'malformed-outermost-refused', reason: 'malformed-act-accepted' },
    hooks: {
      currentActor: insteadOfRefusal((claims) => {
        const act = actOf(claims)
        return answered(isNode(act) && 'sub' in act ? JSON.stringify(act['sub']) : null)
      }),
    },
  },
  {
    id: 'falsy-act-is-absent',
    title: 'A falsy act claim is taken for no act.',
    kills: { requirement: 'malformed-outermost-refused', reason: 'malformed-act-ignored' },
    hooks: { currentActor: (claims, answer) => (actOf(claims) ? answer : answered(null)) },
  },
  {
    id: 'nodes-copied-by-assignment',
    title: 'Nodes are copied by assignment before they are read.',
    kills: { requirement: 'prototype-is-not-an-actor', reason: 'prototype-read' },
    hooks: {
      currentActor: insteadOfRefusal((claims) => {
        const act = actOf(claims)
        const sub = isNode(act) ? subOf(assigned(act)) : undefined
        return sub === undefined ? refusal('no actor') : answered(sub)
      }),
    },
  },
]
