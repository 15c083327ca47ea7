import fc from 'fast-check'
import { signedReply } from '../arbitraries/replies.js'
import type { SessionInput } from '../adapter.js'
import type { Case } from '../case.js'
import { answering } from '../replies.js'
import { UNTRUSTED_ID_TOKENS } from '../signed-tokens.js'
import type { Property } from './property.js'

type Step = SessionInput['steps'][number]

/** A step, and the ID token that a login gets. */
interface PlannedStep {
  readonly step: Step
  readonly idToken?: string
}

const BROWSERS = ['a', 'b', 'c'] as const
const SUBJECT = { subject_token_type: 'urn:acme:legacy-session', scope: 'openid' } as const
const USERS = {
  'id-token': { subject_token: 'canary-subject-1', ...SUBJECT },
  'id-token-of-another-user': { subject_token: 'canary-subject-2', ...SUBJECT },
  'id-token-with-act': {
    subject_token: 'canary-subject-1',
    ...SUBJECT,
    actor_token: 'canary-actor-1',
    actor_token_type: 'urn:acme:agent',
  },
} as const

function logins(): fc.Arbitrary<PlannedStep> {
  return fc
    .tuple(fc.constantFrom(...BROWSERS), fc.constantFrom(...(Object.keys(USERS) as (keyof typeof USERS)[])))
    .map(([browser, idToken]) => ({ step: { do: 'login', browser, exchange: USERS[idToken] }, idToken }))
}

function otherSteps(): fc.Arbitrary<PlannedStep> {
  return fc
    .tuple(fc.constantFrom('user' as const, 'user' as const, 'logout' as const), fc.constantFrom(...BROWSERS))
    .map(([what, browser]) => ({ step: { do: what, browser } }))
}

function caseOf(steps: readonly PlannedStep[]): Case {
  const replies = steps.flatMap(({ idToken }) => (idToken === undefined ? [] : [signedReply('access-token', idToken)]))
  return {
    kind: 'session',
    input: { steps: steps.map(({ step }) => step) },
    ...(replies.length > 0 && { program: answering(...replies) }),
  }
}

function oneLogin(idTokens: readonly string[], organization?: string): fc.Arbitrary<Case> {
  const exchange = { ...USERS['id-token'], ...(organization === undefined ? {} : { organization }) }
  return fc
    .constantFrom(...idTokens)
    .map((idToken) => caseOf([{ step: { do: 'login', browser: 'a', exchange }, idToken }]))
}

/** The properties on who is signed in in which browser. */
export const SESSION_PROPERTIES: readonly Property[] = [
  {
    id: 'sessions',
    area: 'sessions',
    title: 'Whoever signs in and out in which order, each browser has its own user.',
    requirements: [
      'login-signs-user-in',
      'login-act-persists',
      'session-of-its-browser',
      'login-changes-session-id',
      'logout-ends-session',
    ],
    cases: fc
      .array(fc.oneof({ weight: 2, arbitrary: logins() }, { weight: 3, arbitrary: otherSteps() }), {
        minLength: 2,
        maxLength: 8,
      })
      .map(caseOf),
  },
  {
    id: 'untrusted-logins',
    area: 'sessions',
    title: 'An ID token that must not be trusted signs nobody in.',
    requirements: ['login-id-token-checked'],
    cases: oneLogin(UNTRUSTED_ID_TOKENS),
  },
  {
    id: 'logins-of-organizations',
    area: 'sessions',
    title: 'An ID token of another organization signs nobody in.',
    requirements: ['login-organization-checked'],
    cases: oneLogin(['id-token', 'id-token-of-organization', 'id-token-of-other-organization'], 'org_abc1234'),
  },
]
