import type { Capabilities, Claim, Hello, PerformRequest } from '../adapter.js'
import { listRequirements, notApplicable, supports } from '../requirements.js'
import { CLIENT, ISSUER, type Session } from './session.js'
import type { Tally } from './tally.js'

const WIRE = { target: { issuer: ISSUER }, client: CLIENT } as const
const SUBJECT = { subject_token: 'canary-subject-1', subject_token_type: 'urn:acme:legacy-session' } as const

/** What an SDK without the capability cannot do. */
const PROBES: readonly {
  readonly claimOf: (capabilities: Capabilities) => Claim | undefined
  readonly request: PerformRequest
}[] = [
  {
    claimOf: ({ on_behalf_of: claim }) => claim,
    request: {
      op: 'on_behalf_of',
      ...WIRE,
      input: { access_token: 'canary-subject-1', audience: 'https://calendar.example.com' },
    },
  },
  {
    claimOf: ({ session_transfer: claim }) => claim,
    request: {
      op: 'session_transfer',
      ...WIRE,
      input: { ...SUBJECT, actor_token: 'canary-actor-1', actor_token_type: 'urn:acme:agent' },
    },
  },
  {
    claimOf: ({ session_transfer_redirect: claim }) => claim,
    request: {
      op: 'session_transfer_redirect',
      input: { target_login_url: 'https://app.example.com/login', session_transfer_token: 'canary-stt-1' },
    },
  },
  {
    claimOf: ({ session: claim }) => claim,
    request: { op: 'session', ...WIRE, input: { steps: [{ do: 'login', browser: 'a', exchange: SUBJECT }] } },
  },
  {
    claimOf: ({ current_actor: claim }) => claim,
    request: { op: 'current_actor', claims: '{"sub":"auth0|alice","act":{"sub":"spa"}}' },
  },
  {
    claimOf: ({ delegation_chain: claim }) => claim,
    request: { op: 'delegation_chain', claims: '{"sub":"auth0|alice","act":{"sub":"spa"}}' },
  },
]

/** Why what a hello denies is not so: it must be `unsupported` when it is asked for. */
export async function probeFault(session: Session): Promise<string | undefined> {
  for (const { claimOf, request } of PROBES) {
    if (supports(claimOf(session.hello.capabilities))) continue
    const { outcome } = await session.ask(request)
    if (outcome !== 'unsupported')
      return `${request.op} is said to be unsupported, and was ${outcome} when it was asked`
  }
  return undefined
}

/** What a hello claims and no case has judged. A claim that nothing tests says nothing. */
export function unprovenClaims({ capabilities }: Hello, { counts }: Tally): string[] {
  const judged = new Map<string, number>()
  for (const row of listRequirements()) {
    if (row.excluded !== undefined || notApplicable(row, capabilities) !== undefined) continue
    const { passed = 0, failed = 0 } = counts.get(row.id) ?? {}
    judged.set(row.capability, (judged.get(row.capability) ?? 0) + passed + failed)
  }
  return [...judged].flatMap(([capability, cases]) =>
    cases === 0 ? [`${capability} is claimed, and no case of it was judged`] : [],
  )
}
