import { ACCESS_TOKEN_TYPE } from '../../generated/constants.js'
import type { Capabilities, ExchangeClient, ExchangeInput, Observation, PerformRequest } from '../adapter.js'
import { claimsText } from '../arbitraries/act-node.js'
import type { CallCase, Case, ClaimsSource, WireSettings } from '../case.js'
import { DEFAULT_PROGRAMS } from '../replies.js'
import { defaultMethodOf, methodsOf, supports } from '../requirements.js'
import type { WireProgram } from '../wire-program.js'

/** What an adapter said to one request. */
export interface Answer {
  readonly op: PerformRequest['op']
  readonly observation: Observation
}

/** Who asks, and how an adapter is asked. */
export interface Performer {
  readonly issuer: string
  readonly capabilities: Capabilities
  readonly clientOf: (settings: WireSettings) => ExchangeClient
  readonly perform: (request: PerformRequest) => Promise<Answer>
}

/** Puts every question of a case to an adapter. */
export async function performCase(given: Case, performer: Performer): Promise<Answer[]> {
  switch (given.kind) {
    case 'act':
      return readAct(given.claims, performer)
    case 're_exchange':
      return [await readChain(given.claims, performer), await readChain(given.next, performer)]
    case 'redirect':
      return [await performer.perform({ op: 'session_transfer_redirect', input: given.input })]
    case 'session':
      return [
        await performer.perform({
          op: 'session',
          target: { issuer: performer.issuer },
          client: performer.clientOf(given),
          input: given.input,
        }),
      ]
    case 'sequence': {
      const settings = { ...(given.client && { client: given.client }) }
      const requests = given.steps.map((step) => requestOf({ ...settings, ...step }, performer))
      if (given.concurrent) return Promise.all(requests.map((request) => performer.perform(request)))
      const answers: Answer[] = []
      for (const request of requests) answers.push(await performer.perform(request))
      return answers
    }
    default:
      return [await performer.perform(requestOf(given, performer))]
  }
}

/** What the server answers during a case. */
export function programOf(given: Case): WireProgram {
  switch (given.kind) {
    case 'act':
    case 're_exchange':
    case 'redirect':
      return DEFAULT_PROGRAMS.exchange
    case 'session':
      return given.program ?? DEFAULT_PROGRAMS.exchange
    case 'sequence':
      return given.program ?? DEFAULT_PROGRAMS[given.steps[0]?.kind ?? 'exchange']
    default:
      return given.program ?? DEFAULT_PROGRAMS[given.kind]
  }
}

/** The exchange that a call must be (Auth0 on-behalf-of, Auth0 session delegation). */
export function exchangeInputOf({ kind, input }: CallCase, issuer: string): ExchangeInput {
  switch (kind) {
    case 'exchange':
      return input
    case 'on_behalf_of': {
      const { access_token: token, ...rest } = input
      return {
        subject_token: token,
        subject_token_type: ACCESS_TOKEN_TYPE,
        requested_token_type: ACCESS_TOKEN_TYPE,
        ...rest,
      }
    }
    case 'session_transfer':
      return { ...input, audience: `urn:${new URL(issuer).hostname}:session_transfer` }
  }
}

function requestOf(step: CallCase, { issuer, clientOf }: Performer): PerformRequest {
  return { op: step.kind, target: { issuer }, client: clientOf(step), input: step.input } as PerformRequest
}

async function readAct(claims: ClaimsSource, { capabilities, perform }: Performer): Promise<Answer[]> {
  const text = claimsText(claims)
  const answers: Answer[] = []
  if (supports(capabilities.current_actor)) answers.push(await perform({ op: 'current_actor', claims: text }))
  if (supports(capabilities.delegation_chain)) answers.push(await perform({ op: 'delegation_chain', claims: text }))
  return answers
}

async function readChain(claims: ClaimsSource, { perform }: Performer): Promise<Answer> {
  return perform({ op: 'delegation_chain', claims: claimsText(claims) })
}

/** Whether an SDK can be asked what a case asks at all. */
export function isPossible(given: Case, capabilities: Capabilities): boolean {
  const { current_actor: current, delegation_chain: chain } = capabilities
  switch (given.kind) {
    case 'act':
      return supports(current) || supports(chain)
    case 're_exchange':
      return supports(chain)
    case 'redirect':
      return supports(capabilities.session_transfer_redirect)
    case 'session':
      return supports(capabilities.session) && hasSettings(given, capabilities)
    case 'sequence':
      return hasSettings(given, capabilities) && given.steps.every((step) => isPossible(step, capabilities))
    case 'on_behalf_of':
    case 'session_transfer':
      return supports(capabilities[given.kind]) && hasSettings(given, capabilities)
    case 'exchange':
      return (
        hasSettings(given, capabilities) &&
        (given.input.organization === undefined ||
          capabilities.exchange === 'generic' ||
          supports(capabilities.organization))
      )
  }
}

function hasSettings({ client = {} }: WireSettings, capabilities: Capabilities): boolean {
  const { authentication = defaultMethodOf(capabilities), timeout_ms: timeout } = client
  return methodsOf(capabilities).includes(authentication) && (timeout === undefined || supports(capabilities.timeout))
}
