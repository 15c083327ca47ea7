import type { SeenSession, SessionInput } from '../../../conformance/adapter.js'
import type { SessionEvidence } from '../../../conformance/case.js'
import { jsonReply, TOKEN_MEMBERS } from '../../../conformance/replies.js'
import { exchangeEvidence, REFUSED, sentWith } from '../evidence.js'
import { row, type OracleRow } from './row.js'

type Step = SessionInput['steps'][number]

const EXCHANGE = { subject_token: 'canary-subject', subject_token_type: 'urn:acme:legacy-session' }
const SIGNED = new Map([
  ['alice', { claims: { sub: 'alice' } }],
  ['bob', { claims: { sub: 'bob' } }],
  ['delegated', { claims: { sub: 'alice', act: { sub: 'agent', act: { sub: 'before' } } } }],
  ['expired', { claims: { sub: 'alice' }, problem: 'exp is past' }],
  ['member', { claims: { sub: 'alice', org_id: 'org_1' } }],
])
const NOBODY: SeenSession = { user: null }
const FAILED: SeenSession = { user: null, error: { class: 'SdkError', message: 'no' } }
const ALICE: SeenSession = { user: { sub: 'alice' } }
const BOB: SeenSession = { user: { sub: 'bob' } }
const DELEGATED: SeenSession = { user: { sub: 'alice', act: { sub: 'agent' } } }

/** Steps as `login a alice`, with what was seen after each; a login names its ID token. */
function seen(...steps: readonly (readonly [step: string, seen: SeenSession])[]): SessionEvidence {
  const planned = steps.map(([text]) => {
    const [what, browser = '', idToken, organization] = text.split(' ')
    const exchange = { ...EXCHANGE, ...(organization === undefined ? {} : { organization }) }
    const step: Step = { do: what as Step['do'], browser, ...(idToken === undefined ? {} : { exchange }) }
    return { step, idToken }
  })
  const tokens = planned.flatMap(({ idToken }) => (idToken === undefined ? [] : [idToken]))
  const { wire } = exchangeEvidence(
    {},
    tokens.map(() => sentWith([])),
  )
  return {
    input: { steps: planned.map(({ step }) => step) },
    program: { token: tokens.map((id_token) => jsonReply(200, { ...TOKEN_MEMBERS, id_token })) },
    signed: SIGNED,
    wire,
    observation: { outcome: 'session', steps: steps.map(([, session]) => session) },
  }
}

const LOGIN = seen(['login a alice', ALICE])

export const SESSION_ROWS: readonly OracleRow[] = [
  row('login-signs-user-in', 'ok', 'the user of the ID token passes', LOGIN),
  row('login-signs-user-in', 'login-refused', 'an error for tokens that hold', seen(['login a alice', FAILED])),
  row('login-signs-user-in', 'session-user-wrong', 'another user', seen(['login a alice', BOB])),
  row('login-signs-user-in', 'session-user-wrong', 'nobody', seen(['login a alice', NOBODY])),
  row('login-signs-user-in', 'silent', 'no request, so that nothing says whose answer came', {
    ...LOGIN,
    wire: { ...LOGIN.wire, exchanges: [] },
  }),
  row('login-signs-user-in', 'silent', 'an adapter that saw nothing', { ...LOGIN, observation: REFUSED }),
  row('login-act-persists', 'ok', 'the outermost actor', seen(['login a delegated', DELEGATED], ['user a', DELEGATED])),
  row('login-act-persists', 'silent', 'no actor in the ID token, and none on the user', LOGIN),
  row('login-act-persists', 'session-act-lost', 'no actor on the user', seen(['login a delegated', ALICE])),
  row(
    'login-act-persists',
    'session-act-wrong',
    'a prior actor',
    seen(['login a delegated', { user: { sub: 'alice', act: { sub: 'before' } } }]),
  ),
  row('login-act-persists', 'session-act-wrong', 'an actor that nobody named', seen(['login a alice', DELEGATED])),
  row('login-id-token-checked', 'ok', 'nobody is signed in', seen(['login a expired', FAILED])),
  row('login-id-token-checked', 'ok', 'no error, and nobody is signed in', seen(['login a expired', NOBODY])),
  row('login-id-token-checked', 'invalid-id-token-accepted', 'the user is signed in', seen(['login a expired', ALICE])),
  row(
    'login-id-token-checked',
    'ok',
    'what is left of an earlier session is not scored',
    seen(['login a bob', BOB], ['login a expired', { ...BOB, ...FAILED, user: { sub: 'bob' } }]),
  ),
  row('login-organization-checked', 'ok', 'the organization that was asked for', seen(['login a member org_1', ALICE])),
  row('login-organization-checked', 'ok', 'another one, refused', seen(['login a member org_2', FAILED])),
  row(
    'login-organization-checked',
    'other-organization-accepted',
    'another one',
    seen(['login a member org_2', ALICE]),
  ),
  row(
    'session-of-its-browser',
    'ok',
    'nobody in the other browser',
    seen(['login a alice', ALICE], ['user b', NOBODY]),
  ),
  row(
    'session-of-its-browser',
    'session-of-another-browser',
    'the user of the other browser',
    seen(['login a alice', ALICE], ['user b', ALICE]),
  ),
  row(
    'session-of-its-browser',
    'session-of-another-browser',
    'the user of the other browser in place of its own',
    seen(['login a alice', ALICE], ['login b bob', BOB], ['user a', BOB]),
  ),
  row('session-of-its-browser', 'session-lost', 'nobody any more', seen(['login a alice', ALICE], ['user a', NOBODY])),
  row(
    'login-changes-session-id',
    'ok',
    'something else after the second login',
    seen(['login a alice', { ...ALICE, held: 'x' }], ['login a bob', { ...BOB, held: 'y' }]),
  ),
  row(
    'login-changes-session-id',
    'session-id-kept',
    'the same after the second login',
    seen(['login a alice', { ...ALICE, held: 'x' }], ['login a bob', { ...BOB, held: 'x' }]),
  ),
  row(
    'login-changes-session-id',
    'left-to-application',
    'what it holds is not known',
    seen(['login a alice', ALICE], ['login a bob', BOB]),
  ),
  row(
    'logout-ends-session',
    'ok',
    'nobody after it',
    seen(['login a alice', ALICE], ['logout a', NOBODY], ['user a', NOBODY]),
  ),
  row(
    'logout-ends-session',
    'session-after-logout',
    'the user after it',
    seen(['login a alice', ALICE], ['logout a', ALICE]),
  ),
  row(
    'logout-ends-session',
    'session-after-logout',
    'the user at a later look',
    seen(['login a alice', ALICE], ['logout a', NOBODY], ['user a', ALICE]),
  ),
]
