import fc from 'fast-check'
import { ACCESS_TOKEN_TYPE, JWT_TOKEN_TYPE } from '../../generated/constants.js'
import type { ExchangeInput } from '../adapter.js'

const SUBJECT_TOKENS = ['canary-subject-1', 'canary-subject-2', 'legacy-session:alice'] as const
const SUBJECT_TOKEN_TYPES = ['urn:acme:legacy-session', 'urn:acme:mcp-token'] as const
const ACTOR_TOKENS = ['canary-actor-1', 'agent:support', 'actor.with-dots_and~tilde', 'actor+slash/equals=='] as const
const ACTOR_TOKEN_TYPES = ['urn:acme:legacy-session', 'urn:acme:agent', ACCESS_TOKEN_TYPE, JWT_TOKEN_TYPE] as const

const TYPED_OPTIONS = {
  audience: fc.constant('https://api.example.com'),
  scope: fc.constantFrom('read:data', 'read:data write:data'),
  requested_token_type: fc.constant(ACCESS_TOKEN_TYPE),
  organization: fc.constant('org_abc1234'),
} as const

/** An exchange without an actor and without extra parameters; some typed options are set. */
export function exchanges(): fc.Arbitrary<ExchangeInput> {
  return fc.record(
    {
      subject_token: fc.constantFrom(...SUBJECT_TOKENS),
      subject_token_type: fc.constantFrom(...SUBJECT_TOKEN_TYPES),
      ...TYPED_OPTIONS,
    },
    { requiredKeys: ['subject_token', 'subject_token_type'], noNullPrototype: true },
  )
}

/** The same with every typed option that a case can set, the actor included. */
export function fullExchanges(): fc.Arbitrary<ExchangeInput> {
  return fc.record(
    {
      subject_token: fc.constantFrom(...SUBJECT_TOKENS),
      subject_token_type: fc.constantFrom(...SUBJECT_TOKEN_TYPES),
      ...TYPED_OPTIONS,
      actor_token: actorTokens(),
      actor_token_type: actorTokenTypes(),
    },
    { noNullPrototype: true },
  )
}

export function actorTokens(): fc.Arbitrary<string> {
  return fc.constantFrom(...ACTOR_TOKENS)
}

export function actorTokenTypes(): fc.Arbitrary<string> {
  return fc.constantFrom(...ACTOR_TOKEN_TYPES)
}
