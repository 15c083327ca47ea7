import type { SeenSession } from '../adapter.js'
import type { SessionEvidence, SignedTokenFact } from '../case.js'
import { replyAt } from '../wire-program.js'
import { factOf } from './reply-facts.js'
import { fail, pass, unscored, type Verdict } from './verdict.js'

/** What is known of one browser. */
interface Browser {
  /** The claims of the user who is signed in. */
  readonly claims?: SignedTokenFact['claims']
  /** What it held after its last login. */
  readonly held?: string
  readonly loggedOut?: true
}

/** The rules on who is signed in, step by step. */
export function judgeSession(evidence: SessionEvidence): Verdict[] {
  const { input, program, wire, observation } = evidence
  if (observation.outcome !== 'session' || observation.steps.length !== input.steps.length) return []
  const logins = input.steps.filter(({ do: what }) => what === 'login')
  // Without one request for each login nothing says which answer was whose.
  if (wire.exchanges.length !== logins.length) return []
  const browsers = new Map<string, Browser>()
  const verdicts: Verdict[] = []
  let login = 0
  for (const [index, step] of input.steps.entries()) {
    const seen = observation.steps[index]
    if (!seen) return verdicts
    const before = browsers.get(step.browser) ?? {}
    if (step.do === 'login') {
      const fact = factOf(replyAt(program.token, login++))
      const idToken = fact.kind === 'tokens' ? fact.members['id_token'] : undefined
      const token = typeof idToken === 'string' ? evidence.signed.get(idToken) : undefined
      if (!token) return verdicts
      const { organization } = step.exchange ?? {}
      const refusal = refusalOf(token, organization)
      if (refusal) {
        // What is left of an earlier session after a login that failed is the SDK's to decide.
        verdicts.push(before.claims || seen.user === null ? pass(refusal[0]) : fail(...refusal))
        return verdicts
      }
      const signedIn = judgeLogin(token, seen, organization)
      verdicts.push(...signedIn, ...judgeHeld(before, seen))
      if (signedIn.some(({ status }) => status === 'fail')) return verdicts
      browsers.set(step.browser, { claims: token.claims, ...(seen.held !== undefined && { held: seen.held }) })
    } else if (step.do === 'logout') {
      if (seen.user !== null) verdicts.push(fail('logout-ends-session', 'session-after-logout'))
      browsers.set(step.browser, { loggedOut: true })
    } else verdicts.push(...judgeLook(before, seen))
  }
  return verdicts
}

/** The rule that an ID token breaks, and the reason when it is accepted. */
function refusalOf(
  { claims, problem }: SignedTokenFact,
  organization: string | undefined,
): Parameters<typeof fail> | undefined {
  if (problem !== undefined) return ['login-id-token-checked', 'invalid-id-token-accepted', problem]
  return organization === undefined || claims['org_id'] === organization
    ? undefined
    : ['login-organization-checked', 'other-organization-accepted']
}

function judgeLogin(
  { claims }: SignedTokenFact,
  { user, error }: SeenSession,
  organization: string | undefined,
): Verdict[] {
  if (error) return [fail('login-signs-user-in', 'login-refused')]
  if (user === null || user.sub !== claims['sub']) return [fail('login-signs-user-in', 'session-user-wrong')]
  return [
    pass('login-signs-user-in'),
    ...(organization === undefined ? [] : [pass('login-organization-checked')]),
    ...judgeAct(claims, user),
  ]
}

function judgeAct(claims: SignedTokenFact['claims'], user: NonNullable<SeenSession['user']>): Verdict[] {
  const { act } = claims as { readonly act?: { readonly sub: string } }
  // One of an earlier login would name somebody who does not act.
  if (act === undefined) return user.act === undefined ? [] : [fail('login-act-persists', 'session-act-wrong')]
  if (user.act === undefined) return [fail('login-act-persists', 'session-act-lost')]
  return [user.act['sub'] === act.sub ? pass('login-act-persists') : fail('login-act-persists', 'session-act-wrong')]
}

function judgeHeld({ claims, held: before }: Browser, { held }: SeenSession): Verdict[] {
  if (claims === undefined) return []
  if (held === undefined) return [unscored('login-changes-session-id', 'left-to-application')]
  return [held === before ? fail('login-changes-session-id', 'session-id-kept') : pass('login-changes-session-id')]
}

/** A look at who is signed in, with nothing done. */
function judgeLook({ claims, loggedOut }: Browser, { user }: SeenSession): Verdict[] {
  if (claims === undefined) {
    if (loggedOut) {
      return [user === null ? pass('logout-ends-session') : fail('logout-ends-session', 'session-after-logout')]
    }
    return [
      user === null ? pass('session-of-its-browser') : fail('session-of-its-browser', 'session-of-another-browser'),
    ]
  }
  if (user === null) return [fail('session-of-its-browser', 'session-lost')]
  if (user.sub !== claims['sub']) return [fail('session-of-its-browser', 'session-of-another-browser')]
  return [pass('session-of-its-browser'), ...judgeAct(claims, user)]
}
