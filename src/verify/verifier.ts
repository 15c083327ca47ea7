import { markVerified, type VerifiedAccessToken } from '../tokens/verified-token.js'
import { currentActor, requireActor, type ActorPolicy, type CurrentActor } from '../act/policy.js'
import { isTokenExchangeError } from '../errors.js'
import { checkRequiredClaims } from '../tokens/jwt-claims.js'
import { verificationFailed } from '../tokens/key-source.js'
import { checkOptionNames } from '../input/options-object.js'
import { checkTexts } from '../input/parameters.js'
import { createAuthenticator } from './authenticate.js'
import { answered, type Attempt } from './challenge.js'
import { checkVerifierConfig, type AccessTokenVerifierConfig } from './config.js'
import { readCredentials, refuseTokenInBody, schemeOf, type Scheme } from './credentials.js'

/** The options of `verify`. */
export interface VerifyOptions {
  /** Names of claims that must be there, beside the verifier's own. */
  readonly requiredClaims?: readonly string[] | undefined
  /** For a token that came with the scheme `DPoP`: the value of the header `DPoP`, and the request that it is for. */
  readonly dpop?: { readonly proof: string; readonly method: string; readonly url: string } | undefined
  /** For the domain resolver: the request's URL. */
  readonly url?: string | undefined
  /** For the domain resolver. */
  readonly headers?: Headers | undefined
}

/** The options of `verifyRequest`. */
export interface VerifyRequestOptions {
  /** Names of claims that must be there, beside the verifier's own. */
  readonly requiredClaims?: readonly string[] | undefined
  /** Scopes that the token must have, all of them. */
  readonly scope?: string | readonly string[] | undefined
  /** Who may act for the user. Without it, anybody or nobody. */
  readonly actor?: ActorPolicy | undefined
}

/** Who sent a request: the user is `claims.sub`. */
export interface VerifiedRequest extends VerifiedAccessToken {
  /** How the token was sent; with `DPoP`, by the party that it was issued to. */
  readonly scheme: Scheme
  /** Who acts for the user, when somebody does. */
  readonly actor: CurrentActor | undefined
}

/** Verifies the access tokens of one API. */
export interface AccessTokenVerifier {
  /**
   * Verifies a token alone.
   *
   * @param token Without its scheme.
   * @throws {TokenExchangeError} The codes of `verifyRequest`, but for those of a policy.
   * @example
   * ```ts
   * const verifier = createAccessTokenVerifier({ domain: 'tenant.example.com', audience: 'https://api.example.com' })
   * const { claims, act } = await verifier.verify(incomingToken)
   * console.log(claims.sub, act?.sub)
   * ```
   */
  verify(token: string, options?: VerifyOptions): Promise<VerifiedAccessToken>
  /**
   * Verifies the token of a request, its proof when it is bound to a key, and that it is enough (RFC 6750, RFC 9449).
   *
   * The token is taken from `Authorization` alone. The result is what `getTokenOnBehalfOf` takes.
   *
   * @throws {TokenExchangeError} `verification_failed` with a `reason`, `invalid_act_claim`, `actor_not_allowed`,
   *   `invalid_metadata` and the codes of the network. Each has the `status` to answer with, but for 500, and the
   *   headers in `toChallenge`.
   * @throws {TypeError} For what the types forbid, such as the request of a framework.
   * @example
   * ```ts
   * const verifier = createAccessTokenVerifier({ domain: 'tenant.example.com', audience: 'https://api.example.com' })
   * const { claims, actor } = await verifier.verifyRequest(request, {
   *   scope: ['calendar:read'],
   *   actor: { allow: ['mcp-server'] },
   * })
   * console.log(`${actor.sub} reads the calendar of ${claims.sub}`)
   * ```
   */
  verifyRequest(
    request: Request,
    options: VerifyRequestOptions & { readonly actor: { readonly actor?: 'required' | undefined } },
  ): Promise<VerifiedRequest & { readonly actor: CurrentActor }>
  verifyRequest(request: Request, options?: VerifyRequestOptions): Promise<VerifiedRequest>
}

const VERIFY_NAMES: ReadonlySet<string> = new Set<keyof VerifyOptions>(['requiredClaims', 'dpop', 'url', 'headers'])
const PROOF_NAMES: ReadonlySet<string> = new Set<keyof NonNullable<VerifyOptions['dpop']>>(['proof', 'method', 'url'])
const REQUEST_NAMES: ReadonlySet<string> = new Set<keyof VerifyRequestOptions>(['requiredClaims', 'scope', 'actor'])

/**
 * Makes a verifier of access tokens for one API (RFC 6750, RFC 9068, RFC 9449).
 *
 * One serves all requests: it keeps each issuer's metadata and keys for ten minutes, an hour longer while the issuer
 * cannot be reached, and asks for an unknown key at most every 30 seconds.
 *
 * @throws {TokenExchangeError} `invalid_configuration` or `invalid_parameter` when the configuration cannot work.
 * @throws {TypeError} For what the types forbid.
 * @example
 * ```ts
 * const verifier = createAccessTokenVerifier({
 *   domain: ['tenant.example.com', 'login.brand.example.com'],
 *   audience: 'https://api.example.com',
 *   dpop: { publicUrl: 'https://api.example.com' },
 * })
 * ```
 */
export function createAccessTokenVerifier(config: AccessTokenVerifierConfig): AccessTokenVerifier {
  checkVerifierConfig(config)
  const { accepted, proofAlgorithms, authenticate } = createAuthenticator(config)

  function asAnswer(error: unknown, attempt: Pick<Attempt, 'scheme' | 'scope'>): unknown {
    return isTokenExchangeError(error) ? answered(error, { ...attempt, accepted, proofAlgorithms }) : error
  }

  async function verify(token: string, options: VerifyOptions = {}): Promise<VerifiedAccessToken> {
    checkOptionNames('verify', options, VERIFY_NAMES)
    checkRequiredClaims(options.requiredClaims)
    if (options.dpop !== undefined) checkShownProof(options.dpop)
    const { dpop, url = dpop?.url, headers } = options
    const scheme = dpop ? 'DPoP' : 'Bearer'
    const { proof = null, method = '' } = dpop ?? {}
    try {
      return await authenticate({ scheme, token, proof, method, url, headers }, options.requiredClaims)
    } catch (error) {
      throw asAnswer(error, { scheme })
    }
  }

  async function verifyRequest(request: Request, options: VerifyRequestOptions = {}): Promise<VerifiedRequest> {
    checkOptionNames('verifyRequest', options, REQUEST_NAMES)
    checkRequiredClaims(options.requiredClaims)
    const { scope: scopes = [] } = options
    // A blank scope would be one that every token has.
    if (!Array.isArray(scopes) || scopes.length > 0) checkTexts('scope', scopes)
    checkRequest(request)
    const { method, url, headers } = request
    const authorization = headers.get('authorization') ?? ''
    try {
      const { scheme, token } = readCredentials(authorization, url)
      const proof = scheme === 'DPoP' ? headers.get('dpop') : null
      const verified = await authenticate({ scheme, token, proof, method, url, headers }, options.requiredClaims)
      await refuseTokenInBody(request)
      const { claims } = verified
      const actor = options.actor === undefined ? currentActor(claims) : requireActor(claims, options.actor)
      requireScopes(verified, [scopes].flat())
      return markVerified({ ...verified, scheme, actor }, token)
    } catch (error) {
      throw asAnswer(error, { scheme: schemeOf(authorization), scope: [scopes].flat().join(' ') || undefined })
    }
  }

  return { verify, verifyRequest: verifyRequest as AccessTokenVerifier['verifyRequest'] }
}

function checkShownProof(dpop: unknown): void {
  checkOptionNames('dpop', dpop, PROOF_NAMES)
  for (const name of PROOF_NAMES) {
    if (typeof (dpop as Record<string, unknown>)[name] !== 'string')
      throw new TypeError(`dpop.${name} must be a string`)
  }
}

/** What frameworks have in place of a standard request is easily passed by mistake. */
function checkRequest(request: unknown): void {
  const { headers, url } = (request ?? {}) as Partial<Request>
  if (typeof headers?.get === 'function' && typeof url === 'string') return
  throw new TypeError('verifyRequest takes a standard Request; make one of what the framework has')
}

function requireScopes({ scopes }: VerifiedAccessToken, required: readonly string[]): void {
  const missing = required.flatMap((names) => names.split(' ')).filter((name) => name !== '' && !scopes.includes(name))
  if (missing.length === 0) return
  throw verificationFailed('insufficient_scope', `The token lacks ${missing.join(' ')}.`, 'scope')
}
