import fc from 'fast-check'
import { blankTokens, opaqueTokens, paddedTokens, prefixedTokens } from '../arbitraries/tokens.js'
import type { Case } from '../case.js'
import type { Property } from './property.js'

/** The same token as the subject of an exchange, and now and then of an on-behalf-of call. */
function withSubject(tokens: fc.Arbitrary<string>): fc.Arbitrary<Case> {
  return fc
    .tuple(tokens, fc.nat({ max: 3 }))
    .map(([token, kind]): Case =>
      kind === 3
        ? { kind: 'on_behalf_of', input: { access_token: token, audience: 'https://calendar.example.com' } }
        : { kind: 'exchange', input: { subject_token: token, subject_token_type: 'urn:acme:legacy-session' } },
    )
}

/** The properties on subject tokens. */
export const TOKEN_PROPERTIES: readonly Property[] = [
  {
    id: 'opaque-subjects',
    area: 'token-hygiene',
    title: 'A subject token of any form arrives unchanged.',
    requirements: ['subject-arrives'],
    cases: fc
      .tuple(opaqueTokens(), fc.constantFrom('urn:acme:legacy-session', 'https://acme.example/legacy?a=b'))
      .map(([token, type]): Case => ({ kind: 'exchange', input: { subject_token: token, subject_token_type: type } })),
  },
  {
    id: 'blank-subjects',
    area: 'token-hygiene',
    title: 'A blank subject token is an error before any request.',
    requirements: ['blank-subject-refused'],
    cases: withSubject(blankTokens()),
  },
  {
    id: 'padded-subjects',
    area: 'token-hygiene',
    title: 'A subject token with whitespace around it is not sent as it is.',
    requirements: ['padded-subject-refused'],
    cases: withSubject(paddedTokens()),
  },
  {
    id: 'prefixed-subjects',
    area: 'token-hygiene',
    title: 'A subject token with an authorization scheme is not sent as it is.',
    requirements: ['prefixed-subject-refused'],
    cases: withSubject(prefixedTokens()),
  },
]
