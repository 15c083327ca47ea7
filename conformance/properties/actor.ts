import fc from 'fast-check'
import type { ExchangeInput } from '../adapter.js'
import { actorTokens, actorTokenTypes, exchanges } from '../arbitraries/exchange.js'
import { BLANKS } from '../arbitraries/pools.js'
import type { ExchangeCase } from '../case.js'
import type { Property } from './property.js'

type Actor = Pick<ExchangeInput, 'actor_token' | 'actor_token_type' | 'extra'>

function withActor(actor: fc.Arbitrary<Actor>): fc.Arbitrary<ExchangeCase> {
  return fc.tuple(exchanges(), actor).map(([input, given]) => ({ kind: 'exchange', input: { ...input, ...given } }))
}

function blanks(): fc.Arbitrary<string> {
  return fc.constantFrom(...BLANKS)
}

/** The properties on actor pairing. */
export const ACTOR_PROPERTIES: readonly Property[] = [
  {
    id: 'no-actor',
    area: 'actor-pairing',
    title: 'An exchange without an actor carries no half of one.',
    requirements: ['actor-token-has-type', 'actor-type-has-token'],
    cases: exchanges().map((input) => ({ kind: 'exchange', input })),
  },
  {
    id: 'actor-pairs',
    area: 'actor-pairing',
    title: 'A pair arrives as it was given.',
    requirements: ['actor-pair-arrives', 'actor-token-has-type', 'actor-type-has-token'],
    cases: withActor(fc.record({ actor_token: actorTokens(), actor_token_type: actorTokenTypes() })),
  },
  {
    id: 'actor-token-alone',
    area: 'actor-pairing',
    title: 'An actor token without a type is an error before any request.',
    requirements: ['actor-token-has-type', 'unpaired-actor-refused'],
    cases: withActor(fc.record({ actor_token: actorTokens() })),
  },
  {
    id: 'actor-type-alone',
    area: 'actor-pairing',
    title: 'An actor token type without a token is an error before any request.',
    requirements: ['actor-type-has-token', 'unpaired-actor-refused'],
    cases: withActor(fc.record({ actor_token_type: actorTokenTypes() })),
  },
  {
    id: 'blank-actors',
    area: 'actor-pairing',
    title: 'A pair with a blank half is an error before any request.',
    requirements: ['blank-actor-refused', 'actor-token-has-type', 'actor-type-has-token'],
    cases: withActor(
      fc.oneof(
        fc.record({ actor_token: blanks(), actor_token_type: actorTokenTypes() }),
        fc.record({ actor_token: actorTokens(), actor_token_type: blanks() }),
        fc.record({ actor_token: blanks(), actor_token_type: blanks() }),
      ),
    ),
  },
  {
    id: 'half-from-extra',
    area: 'actor-pairing',
    title: 'The other half of a pair cannot come from an extra parameter.',
    requirements: ['protected-extra-never-sent', 'protected-extra-not-dropped-silently'],
    cases: withActor(
      fc.oneof(
        fc.tuple(actorTokens(), actorTokenTypes()).map<Actor>(([token, type]) => ({
          actor_token: token,
          extra: [['actor_token_type', type]],
        })),
        fc.tuple(actorTokens(), actorTokenTypes()).map<Actor>(([token, type]) => ({
          actor_token_type: type,
          extra: [['actor_token', token]],
        })),
      ),
    ),
  },
]
