import type { SeenSession, SessionInput } from '../adapter.js'
import type { Mutant, MutantHooks } from './mutant.js'

type Step = SessionInput['steps'][number]
type User = NonNullable<SeenSession['user']>

/** Changes what is seen after each step, knowing the steps and what was seen before. */
function mapSeen(
  map: (
    seen: SeenSession,
    step: Step,
    before: readonly { readonly step: Step; readonly seen: SeenSession }[],
  ) => SeenSession,
): MutantHooks {
  return {
    session: async ({ steps }, proceed) => {
      const answer = await proceed()
      if (answer.outcome !== 'session') return answer
      const before: { readonly step: Step; readonly seen: SeenSession }[] = []
      const seen = answer.steps.map((one, index) => {
        const step = steps[index]
        if (!step) return one
        const after = map(one, step, before)
        before.push({ step, seen: after })
        return after
      })
      return { outcome: 'session', steps: seen }
    },
  }
}

function mapUser(map: (user: User, step: Step) => User): MutantHooks {
  return mapSeen((seen, step) => (seen.user === null ? seen : { ...seen, user: map(seen.user, step) }))
}

/** Signs somebody in whom the SDK refused. */
function acceptWhen(when: (step: Step, why: string) => boolean): MutantHooks {
  return mapSeen((seen, step) =>
    seen.error !== undefined && step.do === 'login' && when(step, seen.error.message)
      ? { user: { sub: 'auth0|alice' }, held: '' }
      : seen,
  )
}

/** Mutants of logins and their sessions. */
export const SESSION_MUTANTS: readonly Mutant[] = [
  {
    id: 'session-user-is-subject-token',
    title: 'The user of a session is what the subject token says.',
    kills: { requirement: 'login-signs-user-in', reason: 'session-user-wrong' },
    hooks: mapUser((user, { exchange }) => (exchange ? { ...user, sub: exchange.subject_token } : user)),
  },
  {
    id: 'session-of-first-login',
    title: 'A further login in a browser leaves the first user signed in.',
    kills: { requirement: 'login-signs-user-in', reason: 'session-user-wrong' },
    hooks: mapSeen((seen, step, before) => {
      const last = before.findLast((one) => one.step.browser === step.browser)
      return last && last.seen.user !== null && step.do === 'login' ? { ...seen, user: last.seen.user } : seen
    }),
  },
  {
    id: 'login-refused',
    title: 'A login without an actor is refused.',
    kills: { requirement: 'login-signs-user-in', reason: 'login-refused' },
    hooks: mapSeen((seen, step) =>
      step.do === 'login' && step.exchange?.actor_token === undefined
        ? { user: null, error: { class: 'MutantError', message: 'no' } }
        : seen,
    ),
  },
  {
    id: 'session-without-act',
    title: 'The actor is on the result of a login, and not kept in the session.',
    kills: { requirement: 'login-act-persists', reason: 'session-act-lost' },
    hooks: mapUser(({ sub, ...rest }, step) => (step.do === 'user' ? { sub } : { sub, ...rest })),
  },
  {
    id: 'session-act-is-prior-actor',
    title: 'The session names the innermost actor.',
    kills: { requirement: 'login-act-persists', reason: 'session-act-wrong' },
    hooks: mapUser(({ sub, act }) => ({ sub, ...(act && { act: (act['act'] ?? act) as Record<string, unknown> }) })),
  },
  {
    id: 'session-act-of-earlier-login',
    title: 'The actor of an earlier login in the browser stays.',
    kills: { requirement: 'login-act-persists', reason: 'session-act-wrong' },
    hooks: mapSeen((seen, step, before) => {
      const act = before.findLast((one) => one.step.browser === step.browser)?.seen.user?.act
      return seen.user !== null && act ? { ...seen, user: { act, ...seen.user } } : seen
    }),
  },
  {
    id: 'login-id-token-unchecked',
    title: 'An ID token that must not be trusted signs its user in.',
    kills: { requirement: 'login-id-token-checked', reason: 'invalid-id-token-accepted' },
    hooks: acceptWhen(({ exchange }) => exchange?.organization === undefined),
  },
  {
    id: 'login-without-end',
    title: 'An ID token without exp signs its user in.',
    kills: { requirement: 'login-id-token-checked', reason: 'invalid-id-token-accepted' },
    hooks: acceptWhen((_step, why) => why.includes('claim exp')),
  },
  {
    id: 'login-organization-unchecked',
    title: 'An ID token of another organization signs its user in.',
    kills: { requirement: 'login-organization-checked', reason: 'other-organization-accepted' },
    hooks: acceptWhen(({ exchange }) => exchange?.organization !== undefined),
  },
  {
    id: 'session-for-all-browsers',
    title: 'There is one session, whoever asks.',
    kills: { requirement: 'session-of-its-browser', reason: 'session-of-another-browser' },
    hooks: {
      session: async ({ steps }, proceed) => proceed({ steps: steps.map((step) => ({ ...step, browser: 'a' })) }),
    },
  },
  {
    id: 'logout-of-all-browsers',
    title: 'A logout ends the sessions of every browser.',
    kills: { requirement: 'session-of-its-browser', reason: 'session-lost' },
    hooks: mapSeen((seen, step, before) => {
      const last = before.findLast(
        (one) => one.step.do === 'logout' || (one.step.do === 'login' && one.step.browser === step.browser),
      )
      return last?.step.do === 'logout' && step.do === 'user' ? { ...seen, user: null } : seen
    }),
  },
  {
    id: 'session-id-kept',
    title: 'A login writes into the session that the browser has.',
    kills: { requirement: 'login-changes-session-id', reason: 'session-id-kept' },
    hooks: mapSeen((seen, step, before) => {
      const last = before.findLast((one) => one.step.browser === step.browser)
      return last?.seen.held === undefined || last.seen.held === '' ? seen : { ...seen, held: last.seen.held }
    }),
  },
  {
    id: 'logout-does-nothing',
    title: 'A logout leaves the session as it is.',
    kills: { requirement: 'logout-ends-session', reason: 'session-after-logout' },
    hooks: {
      session: async ({ steps }, proceed) =>
        proceed({ steps: steps.map((step) => (step.do === 'logout' ? { ...step, do: 'user' } : step)) }),
    },
  },
]
