import fc from 'fast-check'
import { actorTokens, actorTokenTypes, exchanges } from '../arbitraries/exchange.js'
import {
  brokenReplies,
  errorsInSuccesses,
  foreignReplies,
  malformedReplies,
  redirectReplies,
  refusals,
  repliesWithoutLifetime,
  tokensInFailures,
  validReplies,
} from '../arbitraries/replies.js'
import type { Case } from '../case.js'
import { answering } from '../replies.js'
import type { WireReply } from '../wire-program.js'
import type { Property } from './property.js'

/** Exchanges without an organization, whose ID token would have to name it. */
function answered(replies: fc.Arbitrary<WireReply>): fc.Arbitrary<Case> {
  return fc.tuple(exchanges(), replies).map(([{ organization: _organization, ...input }, reply]): Case => ({
    kind: 'exchange',
    input,
    program: answering(reply),
  }))
}

/** The same with an actor, so that there is more to lose. */
function answeredToActor(replies: fc.Arbitrary<WireReply>): fc.Arbitrary<Case> {
  return fc.tuple(actorTokens(), actorTokenTypes(), replies).map(([actor_token, actor_token_type, reply]): Case => ({
    kind: 'exchange',
    input: {
      subject_token: 'canary-subject-1',
      subject_token_type: 'urn:acme:legacy-session',
      actor_token,
      actor_token_type,
    },
    program: answering(reply),
  }))
}

/** The properties on what an SDK makes of an answer. */
export const ANSWER_PROPERTIES: readonly Property[] = [
  {
    id: 'valid-answers',
    area: 'responses',
    title: 'A valid answer gives its token, its lifetime and its scope, whatever else it has.',
    requirements: [
      'issued-token-given',
      'unknown-members-ignored',
      'media-type-in-any-spelling',
      'lifetime-kept',
      'granted-scope-kept',
    ],
    cases: answered(validReplies()),
  },
  {
    id: 'answers-without-lifetime',
    area: 'responses',
    title: 'Without expires_in there is no lifetime.',
    requirements: ['lifetime-not-invented'],
    cases: answered(repliesWithoutLifetime()),
  },
  {
    id: 'malformed-answers',
    area: 'responses',
    title: 'A success without a usable access token is an error.',
    requirements: ['malformed-success-refused'],
    cases: answered(malformedReplies()),
  },
  {
    id: 'errors-in-successes',
    area: 'responses',
    title: 'A success with an error in it is an error.',
    requirements: ['error-member-refused'],
    cases: answered(errorsInSuccesses()),
  },
  {
    id: 'tokens-in-failures',
    area: 'responses',
    title: 'Tokens in an answer that is no success are not given.',
    requirements: ['only-success-gives-tokens'],
    cases: answered(tokensInFailures()),
  },
  {
    id: 'refusals',
    area: 'errors',
    title: 'A refusal is an error with the code of the server, and is not sent again.',
    requirements: ['oauth-error-is-an-error', 'oauth-error-code-kept', 'too-many-attempts-not-repeated'],
    cases: answered(refusals()),
  },
  {
    id: 'foreign-answers',
    area: 'errors',
    title: 'An answer that is not JSON is an error of the SDK.',
    requirements: ['foreign-answer-is-an-error'],
    cases: answered(foreignReplies(200, 400, 404, 500, 502, 503)),
  },
  {
    id: 'redirects-elsewhere',
    area: 'network',
    title: 'A redirect to another origin gets nothing.',
    requirements: ['credentials-stay-at-origin'],
    cases: answeredToActor(redirectReplies()),
  },
  {
    id: 'broken-answers',
    area: 'network',
    title: 'An answer that breaks off is an error.',
    requirements: ['broken-answer-is-an-error'],
    cases: answered(brokenReplies()),
  },
  {
    id: 'failures-keep-secrets',
    area: 'leaks',
    title: 'However a call fails, its error has no token and no secret.',
    requirements: ['no-secret-in-message', 'no-secret-in-stack', 'no-secret-in-url', 'no-secret-printed'],
    cases: answeredToActor(fc.oneof(refusals(), foreignReplies(200, 500), malformedReplies(), brokenReplies())),
  },
]
