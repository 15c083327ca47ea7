import fc from 'fast-check'
import { actorTokens, actorTokenTypes } from '../arbitraries/exchange.js'
import { signedReply } from '../arbitraries/replies.js'
import { BLANKS } from '../arbitraries/pools.js'
import type { Case } from '../case.js'
import { answering } from '../replies.js'
import { UNTRUSTED_ID_TOKENS } from '../signed-tokens.js'
import type { Property } from './property.js'

/** An exchange with an actor that gets these signed tokens. */
function withTokens(
  accessTokens: fc.Arbitrary<string>,
  idTokens: fc.Arbitrary<string | undefined>,
): fc.Arbitrary<Case> {
  return fc
    .tuple(actorTokens(), actorTokenTypes(), accessTokens, idTokens)
    .map(([actor_token, actor_token_type, accessToken, idToken]): Case => ({
      kind: 'exchange',
      input: {
        subject_token: 'canary-subject-1',
        subject_token_type: 'urn:acme:legacy-session',
        actor_token,
        actor_token_type,
        scope: 'openid',
      },
      program: answering(signedReply(accessToken, idToken)),
    }))
}

function forOrganization(organizations: fc.Arbitrary<string>, idToken: string | undefined): fc.Arbitrary<Case> {
  return fc.tuple(organizations, fc.constantFrom('read:data', 'openid')).map(([organization, scope]): Case => ({
    kind: 'exchange',
    input: {
      subject_token: 'canary-subject-1',
      subject_token_type: 'urn:acme:legacy-session',
      organization,
      scope,
    },
    ...(idToken === undefined ? {} : { program: answering(signedReply('access-token', idToken)) }),
  }))
}

/** The properties on what the result of an exchange says by its ID token. */
export const ID_TOKEN_PROPERTIES: readonly Property[] = [
  {
    id: 'actors-of-results',
    area: 'act-parsing',
    title: 'The actor on a result is the one in an ID token that holds.',
    requirements: ['result-act-read'],
    cases: withTokens(
      fc.constantFrom('access-token', 'access-token-with-act', 'at-jwt-with-act'),
      fc.constant('id-token-with-act'),
    ),
  },
  {
    id: 'untrusted-id-tokens',
    area: 'act-parsing',
    title: 'An ID token that must not be trusted names nobody.',
    requirements: ['result-act-claims-checked'],
    cases: withTokens(fc.constantFrom('access-token', 'at-jwt-with-act'), fc.constantFrom(...UNTRUSTED_ID_TOKENS)),
  },
  {
    id: 'actors-in-access-tokens',
    area: 'act-parsing',
    title: 'An access token names nobody to a client.',
    requirements: ['at-jwt-not-read', 'access-token-not-read'],
    cases: withTokens(
      fc.constantFrom('access-token-with-act', 'at-jwt-with-act'),
      fc.constantFrom(undefined, 'id-token'),
    ),
  },
  {
    id: 'organizations',
    area: 'organization',
    title: 'An organization arrives, and a blank one is an error before any request.',
    requirements: ['organization-arrives', 'blank-organization-refused'],
    cases: forOrganization(fc.constantFrom('org_abc1234', 'org_other99', ...BLANKS), undefined),
  },
  {
    id: 'organizations-of-id-tokens',
    area: 'organization',
    title: 'An ID token of another organization is an error.',
    requirements: ['organization-claim-checked'],
    cases: fc.oneof(
      ...['id-token', 'id-token-of-organization', 'id-token-of-other-organization'].map((name) =>
        forOrganization(fc.constantFrom('org_abc1234', 'org_other99', 'org_third00'), name),
      ),
    ),
  },
]
