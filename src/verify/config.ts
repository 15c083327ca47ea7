import { checkTimeout } from '../input/call-options.js'
import { TokenExchangeError } from '../errors.js'
import { checkRequiredClaims, checkSeconds } from '../tokens/jwt-claims.js'
import { ALGORITHMS, type SigningAlgorithm } from '../tokens/key-source.js'
import { checkKind, checkOptionNames } from '../input/options-object.js'
import { checkTexts } from '../input/parameters.js'
import type { Fetch } from '../transport/bounded-fetch.js'
import { httpUri } from './http-uri.js'
import type { DomainsResolver } from './issuers.js'
import type { ReplayStore } from './replay-store.js'

/** How an API takes tokens that are bound to a key (RFC 9449). */
export interface DPoPVerification {
  /** Whether tokens may, must or cannot be bound. Default `allowed`. A bound token is never taken as a Bearer token. */
  readonly mode?: 'allowed' | 'required' | 'disabled' | undefined
  /**
   * Where senders see this API, when a proxy stands before it or `Host` is not to be trusted: the origin, with the path
   * that the proxy takes away. Default: the request's own URL.
   */
  readonly publicUrl?: string | undefined
  /** Of proofs. Default: every asymmetric one. */
  readonly algorithms?: readonly SigningAlgorithm[] | undefined
  /** How old a proof may be, in seconds. Default 300. */
  readonly maxAgeSeconds?: number | undefined
  /** How far in the future a proof may have been made, in seconds. Default 30. */
  readonly leewaySeconds?: number | undefined
  /** Remembers used proofs. Default: the memory of this process. */
  readonly replayStore?: ReplayStore | undefined
}

/** Whose access tokens an API takes, and which. */
export interface AccessTokenVerifierConfig {
  /**
   * The tenant's domain, several, or a function that gives those that are allowed for a request. As for a client: a domain
   * or an https URL; http for loopback alone.
   */
  readonly domain: string | readonly string[] | DomainsResolver
  /** This API's identifier; of several, a token must be for one. */
  readonly audience: string | readonly string[]
  /** Of access tokens. Default: every asymmetric one. */
  readonly algorithms?: readonly SigningAlgorithm[] | undefined
  /** `rfc9068` takes tokens of that profile alone. Default: those and Auth0's own. */
  readonly profile?: 'rfc9068' | undefined
  /** Names of claims that must be there. */
  readonly requiredClaims?: readonly string[] | undefined
  /** How far clocks may be apart, in seconds. Default 5. */
  readonly clockToleranceSeconds?: number | undefined
  readonly dpop?: DPoPVerification | undefined
  /** Used for discovery and keys. Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined
  /** For each request, body included, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined
  /** The clock, in milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined
}

const CONFIG_NAMES: ReadonlySet<string> = new Set<keyof AccessTokenVerifierConfig>([
  'domain',
  'audience',
  'algorithms',
  'profile',
  'requiredClaims',
  'clockToleranceSeconds',
  'dpop',
  'fetch',
  'timeoutMs',
  'now',
])
const DPOP_NAMES: ReadonlySet<string> = new Set<keyof DPoPVerification>([
  'mode',
  'publicUrl',
  'algorithms',
  'maxAgeSeconds',
  'leewaySeconds',
  'replayStore',
])
const MODES: readonly unknown[] = [undefined, 'allowed', 'required', 'disabled']

/**
 * Throws when a configuration cannot work.
 *
 * @throws {TokenExchangeError} `invalid_configuration`, `invalid_parameter`
 * @throws {TypeError} For what the types forbid.
 */
export function checkVerifierConfig(config: AccessTokenVerifierConfig): void {
  checkOptionNames('createAccessTokenVerifier', config, CONFIG_NAMES)
  const { audience, profile, requiredClaims, dpop, timeoutMs } = config
  checkTexts('audience', audience)
  checkRequiredClaims(requiredClaims)
  if ((profile as unknown) !== undefined && profile !== 'rfc9068') throw new TypeError(`profile must be 'rfc9068'`)
  checkAlgorithms('algorithms', config.algorithms)
  checkSeconds('clockToleranceSeconds', config.clockToleranceSeconds)
  if (timeoutMs !== undefined) checkTimeout(timeoutMs)
  checkKind('function', config, 'fetch', 'now')
  if (dpop !== undefined) checkDPoPVerification(dpop)
}

function checkDPoPVerification(dpop: DPoPVerification): void {
  checkOptionNames('dpop', dpop, DPOP_NAMES)
  const { mode, publicUrl, replayStore } = dpop
  if (!MODES.includes(mode)) throw new TypeError(`dpop.mode must be 'allowed', 'required' or 'disabled'`)
  if (publicUrl !== undefined && (httpUri(publicUrl) === undefined || /[?#]/.test(publicUrl))) {
    throw invalid('dpop.publicUrl', 'malformed', 'must be a URL of HTTP, without user information, query and fragment')
  }
  checkAlgorithms('dpop.algorithms', dpop.algorithms)
  checkSeconds('dpop.maxAgeSeconds', dpop.maxAgeSeconds)
  checkSeconds('dpop.leewaySeconds', dpop.leewaySeconds)
  if (replayStore !== undefined && typeof (replayStore as Partial<ReplayStore> | null)?.addIfAbsent !== 'function') {
    throw new TypeError('dpop.replayStore must have addIfAbsent(key, ttlMs)')
  }
}

function checkAlgorithms(field: string, algorithms: unknown): void {
  if (algorithms === undefined) return
  if (!Array.isArray(algorithms)) throw new TypeError(`${field} must be a list`)
  if (algorithms.length > 0 && algorithms.every((name) => ALGORITHMS.includes(name as SigningAlgorithm))) return
  throw invalid(field, 'algorithm', `must be some of ${ALGORITHMS.join(', ')}`)
}

function invalid(field: string, reason: string, what: string): TokenExchangeError {
  return new TokenExchangeError('invalid_configuration', `${field} ${what}.`, { field, reason })
}
