import type { Capabilities, ExchangeClient, ExchangeInput, Observation } from '../../conformance/adapter.js'
import type {
  ActCase,
  ActEvidence,
  ExchangeEvidence,
  RedirectEvidence,
  SequenceCase,
  SequenceEvidence,
} from '../../conformance/case.js'
import { decodeForm, encodeForm, type FormFields } from '../../conformance/form.js'
import { jsonReply, TOKEN_MEMBERS } from '../../conformance/replies.js'
import type { WireReply } from '../../conformance/wire-program.js'
import type { WireRequest } from '../../conformance/wire.js'

export const ISSUER = 'https://tenant.example.com/'
const TOKEN_ENDPOINT = `${ISSUER}oauth/token`

export const TOKENS: Observation = { outcome: 'tokens', tokens: { access_token: 'canary-issued' } }
export const REFUSED: Observation = { outcome: 'rejected', error: { class: 'SdkError', message: 'no' } }
export const TYPED: Capabilities = {
  exchange: 'typed',
  organization: true,
  extra: true,
  actor: 'typed',
  current_actor: true,
  delegation_chain: true,
}
export const GENERIC: Capabilities = {
  ...TYPED,
  exchange: 'generic',
  owns: ['grant_type', 'client_id', 'client_secret'],
}

const BASE: ExchangeInput = { subject_token: 'canary-subject', subject_token_type: 'urn:acme:legacy-session' }
const SENT: FormFields = [
  ['grant_type', 'urn:ietf:params:oauth:grant-type:token-exchange'],
  ['client_id', 'web-app'],
  ['client_secret', 'web-app-secret'],
  ['subject_token', 'canary-subject'],
  ['subject_token_type', 'urn:acme:legacy-session'],
]

/** A request as an SDK would send it for the base input, with fields added and removed. */
export function sentWith(added: FormFields, removed: readonly string[] = []): FormFields {
  return [...SENT.filter(([name]) => !removed.includes(name)), ...added]
}

/** What can be said of an exchange beside its input and its requests. */
export type EvidenceDetails = Partial<
  Pick<ExchangeEvidence, 'op' | 'observation' | 'capabilities' | 'signed' | 'printed'> & {
    readonly headers: WireRequest['headers']
    readonly client: Partial<ExchangeClient>
    readonly replies: readonly WireReply[]
    readonly others: readonly Partial<WireRequest>[]
    readonly url: string
  }
>

/** What was seen of an exchange, made by hand. */
export function exchangeEvidence(
  input: Partial<ExchangeInput>,
  sent: readonly FormFields[],
  {
    op = 'exchange',
    observation = sent.length > 0 ? TOKENS : REFUSED,
    capabilities = TYPED,
    headers = [],
    client = {},
    replies = [jsonReply(200, TOKEN_MEMBERS)],
    signed = new Map(),
    others = [],
    url = TOKEN_ENDPOINT,
    printed,
  }: EvidenceDetails = {},
): ExchangeEvidence {
  return {
    op,
    capabilities,
    issuer: ISSUER,
    client: { id: 'web-app', secret: 'web-app-secret', authentication: 'client_secret_post', ...client },
    input: { ...BASE, ...input },
    program: { token: replies },
    signed,
    wire: {
      exchanges: sent.map((fields) => ({ ...requestOf(fields, headers), url })),
      metadata: [],
      others: others.map((request) => ({ ...requestOf([], []), ...request })),
    },
    observation,
    time: { from: 1_000, to: 1_001 },
    ...(printed === undefined ? {} : { printed }),
  }
}

function requestOf(fields: FormFields, headers: WireRequest['headers']): WireRequest {
  const body = new TextEncoder().encode(encodeForm(fields))
  return { method: 'POST', url: TOKEN_ENDPOINT, headers, body, form: decodeForm(body) }
}

/** Several calls of one sequence, each with the requests of all. */
export function sequenceEvidence(
  relation: SequenceCase['relation'],
  steps: readonly ExchangeEvidence[],
): SequenceEvidence {
  const exchanges = steps.flatMap(({ wire }) => wire.exchanges)
  return {
    case: { kind: 'sequence', relation, steps: [] },
    steps: steps.map((step) => ({ ...step, wire: { ...step.wire, exchanges } })),
  }
}

/** What was seen of a redirect, made by hand. */
export function redirectEvidence(target: string, observation: Observation, organization?: string): RedirectEvidence {
  return {
    input: {
      target_login_url: target,
      session_transfer_token: 'canary-stt+1',
      ...(organization === undefined ? {} : { organization }),
    },
    observation,
  }
}

/** What was seen of the act helpers, made by hand. `undefined` stands for a helper that is not there. */
export function actEvidence(
  given: Partial<Pick<ActCase, 'chain' | 'end' | 'decoys'>>,
  currentActor: Observation | undefined,
  delegationChain: Observation | undefined,
): ActEvidence {
  const { chain = [], end = 'absent', decoys = [] } = given
  return { case: { kind: 'act', claims: { json: '{}' }, chain, end, decoys }, currentActor, delegationChain }
}

export function valued(value: string | readonly string[] | null): Observation {
  return { outcome: 'value', value }
}
