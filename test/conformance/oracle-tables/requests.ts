import type { Observation } from '../../../conformance/adapter.js'
import { exchangeEvidence, sentWith, TOKENS } from '../evidence.js'
import { row, type OracleRow } from './row.js'

const OPTIONS = { audience: 'https://api.example.com', scope: 'read:data write:data' }
const CRASH: Observation = {
  outcome: 'rejected',
  error: { class: 'TypeError', message: "Cannot read properties of undefined (reading 'trim')" },
}
const AUDIENCE = ['audience', OPTIONS.audience] as const
const SCOPE = ['scope', OPTIONS.scope] as const

function subject(subject_token: string, sent?: string, observation?: Observation) {
  return exchangeEvidence(
    { subject_token },
    sent === undefined ? [] : [sentWith([['subject_token', sent]], ['subject_token'])],
    observation ? { observation } : {},
  )
}

export const REQUEST_ROWS: readonly OracleRow[] = [
  row('request-is-a-post', 'ok', 'a POST passes', exchangeEvidence({}, [sentWith([])])),
  row(
    'request-is-a-post',
    'not-a-post',
    'a GET to the endpoint fails',
    exchangeEvidence({}, [], { others: [{ method: 'GET', url: 'https://tenant.example.com/oauth/token?a=1' }] }),
  ),
  row('request-is-a-form', 'ok', 'a form passes', exchangeEvidence({}, [sentWith([])])),
  row('request-is-a-form', 'not-a-form', 'another body fails', {
    ...exchangeEvidence({}, [sentWith([])]),
    wire: {
      exchanges: exchangeEvidence({}, [sentWith([])]).wire.exchanges.map((request) => ({
        ...request,
        form: undefined,
      })),
      metadata: [],
      others: [],
    },
  }),
  row('grant-type-is-token-exchange', 'ok', 'the grant type passes', exchangeEvidence({}, [sentWith([])])),
  row(
    'grant-type-is-token-exchange',
    'other-grant-type',
    'another fails',
    exchangeEvidence({}, [sentWith([['grant_type', 'refresh_token']], ['grant_type'])]),
  ),
  row(
    'grant-type-is-token-exchange',
    'other-grant-type',
    'none fails',
    exchangeEvidence({}, [sentWith([], ['grant_type'])]),
  ),
  row(
    'typed-options-arrive',
    'ok',
    'options that arrive pass',
    exchangeEvidence(OPTIONS, [sentWith([AUDIENCE, SCOPE])]),
  ),
  row(
    'typed-options-arrive',
    'ok',
    'scopes beside those of the call pass',
    exchangeEvidence({ scope: 'read:data' }, [sentWith([['scope', 'openid read:data']])]),
  ),
  row(
    'typed-options-arrive',
    'option-lost',
    'options that do not arrive fail',
    exchangeEvidence(OPTIONS, [sentWith([])]),
  ),
  row(
    'typed-options-arrive',
    'option-changed',
    'another value fails',
    exchangeEvidence({ scope: OPTIONS.scope }, [sentWith([['scope', 'read:data,write:data']])]),
  ),
  row('subject-arrives', 'ok', 'a token that arrives passes', subject('a b', 'a b')),
  row('subject-arrives', 'subject-changed', 'another token fails', subject('a b', 'ab')),
  row(
    'subject-arrives',
    'subject-lost',
    'a type that is not sent fails',
    exchangeEvidence({}, [sentWith([], ['subject_token_type'])]),
  ),
  row('subject-arrives', 'subject-refused', 'a refused token fails', subject('canary')),
  row('subject-arrives', 'silent', 'a refused token beyond ASCII is not judged', subject('sitzung-ü')),
  row('subject-arrives', 'silent', 'a token with a control character is not judged', subject('a\u0000b')),
  row('blank-subject-refused', 'ok', 'a refusal passes', subject(' \t')),
  row('blank-subject-refused', 'blank-token-sent', 'a request fails', subject('', '')),
  row('blank-subject-refused', 'accepted-without-request', 'tokens fail', subject('', undefined, TOKENS)),
  row('blank-subject-refused', 'crashed', 'an accident fails', subject('', undefined, CRASH)),
  row('blank-subject-refused', 'silent', 'blank beyond ASCII is not judged', subject('\u00a0', '\u00a0')),
  row('padded-subject-refused', 'ok', 'a refusal passes', subject(' a')),
  row('padded-subject-refused', 'padded-token-sent', 'the padding on the wire fails', subject('a\n', 'a\n')),
  row('padded-subject-refused', 'token-repaired', 'trimming is not scored', subject(' a', 'a')),
  row('prefixed-subject-refused', 'ok', 'a refusal passes', subject('Bearer a')),
  row(
    'prefixed-subject-refused',
    'prefixed-token-sent',
    'the scheme on the wire fails',
    subject('Bearer a', 'Bearer a'),
  ),
  row('prefixed-subject-refused', 'token-repaired', 'taking it off is not scored', subject('Bearer a', 'a')),
  row(
    'organization-arrives',
    'ok',
    'an organization that arrives passes',
    exchangeEvidence({ organization: 'org_1' }, [sentWith([['organization', 'org_1']])]),
  ),
  row(
    'organization-arrives',
    'organization-lost',
    'one that does not fails',
    exchangeEvidence({ organization: 'org_1' }, [sentWith([])]),
  ),
  row(
    'organization-arrives',
    'organization-changed',
    'another fails',
    exchangeEvidence({ organization: 'org_1' }, [sentWith([['organization', '1']])]),
  ),
  row('blank-organization-refused', 'ok', 'a refusal passes', exchangeEvidence({ organization: ' ' }, [])),
  row(
    'blank-organization-refused',
    'blank-organization-sent',
    'a request fails',
    exchangeEvidence({ organization: '' }, [sentWith([])]),
  ),
]
