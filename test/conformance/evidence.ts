import type { Capabilities, ExchangeInput, Observation } from '../../conformance/adapter.js'
import type { ActCase, ActEvidence, ExchangeEvidence } from '../../conformance/case.js'
import { decodeForm, encodeForm, type FormFields } from '../../conformance/form.js'
import type { WireRequest } from '../../conformance/wire.js'

export const TOKENS: Observation = { outcome: 'tokens', tokens: { access_token: 'canary-issued' } }
export const REFUSED: Observation = { outcome: 'rejected', error: { class: 'SdkError', message: 'no' } }
export const TYPED: Capabilities = {
  exchange: 'typed',
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

/** What was seen of an exchange, made by hand. */
export function exchangeEvidence(
  input: Partial<ExchangeInput>,
  sent: readonly FormFields[],
  {
    observation = sent.length > 0 ? TOKENS : REFUSED,
    capabilities = TYPED,
    headers = [],
  }: { observation?: Observation; capabilities?: Capabilities; headers?: WireRequest['headers'] } = {},
): ExchangeEvidence {
  return {
    capabilities,
    client: { id: 'web-app', secret: 'web-app-secret', authentication: 'client_secret_post' },
    input: { ...BASE, ...input },
    wire: { exchanges: sent.map((fields) => requestOf(fields, headers)), metadata: [], others: [] },
    observation,
  }
}

function requestOf(fields: FormFields, headers: WireRequest['headers']): WireRequest {
  const body = new TextEncoder().encode(encodeForm(fields))
  return { method: 'POST', url: 'https://tenant.example.com/oauth/token', headers, body, form: decodeForm(body) }
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
