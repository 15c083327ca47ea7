import type { RequirementId } from '../requirements.js'

/** Why a verdict is what it is, as a stable code with its text. */
export const REASONS = {
  ok: 'As the rule says.',
  'not-owned': 'The SDK sends this parameter as it is given, beside none of its own.',
  'judged-elsewhere': 'Another rule judges what was sent.',
  'accepted-without-request': 'The SDK answered and had sent no exchange request.',
  repeated: 'The parameter was sent more than once.',
  'typed-value-replaced': 'The value of the extra parameter was sent in place of the typed one.',
  'typed-value-added-to': 'The value of the extra parameter was sent beside the typed one.',
  'typed-value-lost': 'The value of the typed option was not sent.',
  'protected-extra-sent': 'The protected name was sent with the value of the extra parameter.',
  'dropped-silently': 'The extra parameter was left out, and the request was sent.',
  'case-variant-sent': 'The protected name was sent in another spelling.',
  'case-variant-normalised': 'The other spelling set the protected parameter.',
  'alias-sent': 'The alias was sent.',
  'alias-expanded': 'The alias set the protected parameter.',
  'malformed-name-sent': 'A name that no OAuth parameter can have was sent.',
  'malformed-name-normalised': 'The name was cleaned, and set the protected parameter.',
  'plain-extra-refused': 'An unprotected extra parameter was refused.',
  'extra-lost': 'The extra parameter was not sent.',
  'extra-changed': 'The extra parameter was sent with another value.',
  'extra-repeated': 'The extra parameter was sent more than once.',
  'array-lost': 'Not all of the values were sent.',
  'array-joined': 'The values were sent as one.',
  'array-reordered': 'The values were sent in another order.',
  'array-changed': 'Other values were sent.',
  'limit-ignored': 'More than 20 values of one extra parameter were sent.',
  'array-truncated': 'Some of the values were left out, and the request was sent.',
  'actor-token-without-type': 'actor_token was sent without actor_token_type.',
  'actor-type-without-token': 'actor_token_type was sent without actor_token.',
  'unpaired-actor-dropped': 'The half of the pair was left out, and the request was sent.',
  'unpaired-actor-completed': 'The SDK made up the other half of the pair.',
  'actor-pair-lost': 'The pair was not sent.',
  'actor-pair-swapped': 'The token and its type were swapped.',
  'actor-pair-changed': 'The pair was sent with other values.',
  'actor-pair-refused': 'A well-formed pair was refused.',
  'blank-actor-sent': 'A blank half of the pair was sent, or the other half alone.',
  'blank-actor-dropped': 'The pair with the blank half was left out, and the request was sent.',
  'inner-actor': 'A prior actor was given as the current one.',
  'actor-missed': 'No current actor was given.',
  'other-actor': 'Something else was given as the current actor.',
  'valid-act-refused': 'A valid act claim was refused.',
  'actor-from-nowhere': 'An actor was given, and the claims name none.',
  'absent-act-refused': 'Claims without an act claim were refused.',
  'null-disagreement': 'One helper refused what the other took for no actor.',
  'malformed-act-ignored': 'The malformed act claim was taken for no actor.',
  'malformed-act-accepted': 'The malformed act claim gave an actor.',
  'malformed-node-ends-chain': 'The chain was cut at the malformed node.',
  'malformed-node-skipped': 'The malformed node was left out of the chain.',
  'malformed-node-accepted': 'A chain with a malformed node was answered.',
  'oldest-first': 'The chain was given from the oldest actor to the newest.',
  'actors-missing': 'Actors are missing from the chain.',
  'actors-wrong': 'The chain is not the one in the claims.',
  'head-differs': 'The first entry of the chain is not the current actor.',
  'stack-overflow': 'The helper overflowed the stack.',
  'prototype-read': 'A value from a member with the name of a prototype property was given as an actor.',
} as const

/** The code of a reason. */
export type Reason = keyof typeof REASONS

/** What an oracle says of one rule for one case. */
export interface Verdict {
  readonly requirement: RequirementId
  readonly status: 'pass' | 'fail' | 'not_applicable'
  readonly reason: Reason
  /** Which parameter, or what was seen. */
  readonly detail?: string
}

export function pass(requirement: RequirementId): Verdict {
  return { requirement, status: 'pass', reason: 'ok' }
}

export function fail(requirement: RequirementId, reason: Reason, detail?: string): Verdict {
  return { requirement, status: 'fail', reason, ...(detail === undefined ? {} : { detail }) }
}

export function unscored(requirement: RequirementId, reason: Reason, detail?: string): Verdict {
  return { requirement, status: 'not_applicable', reason, ...(detail === undefined ? {} : { detail }) }
}
