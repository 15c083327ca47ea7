import { PROFILES, REQUIREMENTS, type Area, type Requirement, type RequirementId } from '../generated/requirements.js'
import type { Capabilities, Claim, ExchangeClient } from './adapter.js'

export type { Area, Requirement, RequirementId }

const BY_ID: ReadonlyMap<string, Requirement> = new Map(REQUIREMENTS.map((row) => [row.id, row]))

/** The areas of the suite, in the order of its reports. */
export const AREAS: readonly Area[] = [
  'protected-parameters',
  'actor-pairing',
  'act-parsing',
  'token-hygiene',
  'responses',
  'errors',
  'client-authentication',
  'on-behalf-of',
  'session-transfer',
  'redirect-builder',
  'organization',
  'network',
  'leaks',
  'sessions',
  'lifecycle',
]

/**
 * The rules of the suite, area by area.
 *
 * @example
 * ```ts
 * for (const { id, level, title } of listRequirements()) console.log(id, level, title)
 * ```
 */
export function listRequirements(): readonly Requirement[] {
  return AREAS.flatMap((area) => REQUIREMENTS.filter((row) => row.area === area))
}

/**
 * The row of an id.
 *
 * @throws {RangeError} When there is none.
 */
export function requirementOf(id: string): Requirement {
  const row = BY_ID.get(id)
  if (!row) throw new RangeError(`no requirement ${id}`)
  return row
}

/** Whether a rule is on how an adapter's process behaves: every case checks it. */
export function isLifecycle(id: RequirementId): boolean {
  return requirementOf(id).area === 'lifecycle'
}

/** The profile that runs are held against: the newest. */
export const PROFILE: string = PROFILES.at(-1)?.profile ?? ''
const REQUIRED: ReadonlySet<string> = new Set(PROFILES.at(-1)?.required)

/** What a hello says, and whether the SDK makes TLS connections, which the suite knows by itself. */
export type KnownCapabilities = Capabilities & { readonly tls?: boolean }

/** Why a rule does not apply to an SDK, or undefined when it does. */
export function notApplicable(row: Requirement, capabilities: KnownCapabilities): string | undefined {
  if (!REQUIRED.has(row.id)) return row.excluded ?? `not in the profile ${PROFILE}`
  const { actor, current_actor: current, delegation_chain: chain } = capabilities
  switch (row.capability) {
    case 'exchange':
      return undefined
    case 'typed-exchange':
      return capabilities.exchange === 'typed' ? undefined : 'no typed exchange'
    case 'extra':
      return missing(capabilities.extra, 'no way to give further parameters')
    case 'typed-extra':
      if (capabilities.exchange !== 'typed') return 'a generic function sends what it is given'
      return missing(capabilities.extra, 'no way to give further parameters')
    case 'actor':
      if (actor === 'typed') return undefined
      return actor === 'untyped' ? 'no typed actor options' : 'no actor token'
    case 'organization':
      return missing(capabilities.organization, 'no option for an organization')
    case 'result-act':
      return missing(capabilities.result_act, 'no actor on the result')
    case 'oauth-error':
      return missing(capabilities.oauth_error, "no error code of the server on the SDK's error")
    case 'timeout':
      return missing(capabilities.timeout, 'no option for a timeout')
    case 'secret-post':
      return missingMethod(capabilities, 'client_secret_post')
    case 'secret-basic':
      return missingMethod(capabilities, 'client_secret_basic')
    case 'private-key-jwt':
      return missingMethod(capabilities, 'private_key_jwt')
    case 'public-client':
      return missingMethod(capabilities, 'none')
    case 'on-behalf-of':
      return missing(capabilities.on_behalf_of, 'no on-behalf-of call')
    case 'session-transfer':
      return missing(capabilities.session_transfer, 'no session transfer call')
    case 'session-transfer-redirect':
      return missing(capabilities.session_transfer_redirect, 'no session transfer redirect')
    case 'current-actor':
      return missing(current, 'no helper for the current actor')
    case 'delegation-chain':
      return missing(chain, 'no helper for the delegation chain')
    case 'any-act-helper':
      return supports(current) || supports(chain) ? undefined : 'no helper for the act claim'
    case 'both-act-helpers':
      return supports(current) && supports(chain) ? undefined : 'not both helpers for the act claim'
    case 'session':
      return missing(capabilities.session, 'no login and session')
    case 'tls':
      return capabilities.tls ? undefined : 'the suite sees no TLS connection of it'
    case 'process':
      // What a process does is judged where it runs.
      return 'it runs in the process of the suite'
  }
}

/** Whether a capability is claimed. */
export function supports(claim: Claim | undefined): boolean {
  return claim === true
}

/** The methods of client authentication that an SDK offers. */
export function methodsOf({ client_authentication: methods }: Capabilities): readonly AuthenticationMethod[] {
  return methods ?? ['client_secret_post']
}

/** The method of a case that names none: client_secret_post, or the first that the SDK offers in its place. */
export function defaultMethodOf(capabilities: Capabilities): AuthenticationMethod {
  const [first = 'client_secret_post', ...others] = methodsOf(capabilities)
  return others.includes('client_secret_post') ? 'client_secret_post' : first
}

type AuthenticationMethod = ExchangeClient['authentication']

function missing(claim: Claim | undefined, otherwise: string): string | undefined {
  if (supports(claim)) return undefined
  return typeof claim === 'object' ? claim.not_applicable : otherwise
}

function missingMethod(capabilities: Capabilities, method: AuthenticationMethod): string | undefined {
  return methodsOf(capabilities).includes(method) ? undefined : `no ${method}`
}
