import { verifyAccessToken } from '../tokens/access-token.js'
import type { VerifiedAccessToken } from '../tokens/verified-token.js'
import { DEFAULT_MAX_BYTES, DEFAULT_TIMEOUT_MS, globalFetch } from '../transport/bounded-fetch.js'
import { ALGORITHMS, verificationFailed, type SigningAlgorithm } from '../tokens/key-source.js'
import { sha256 } from '../request/sha256.js'
import { createTenants } from '../tenant/tenant.js'
import { createTransport } from '../transport/transport.js'
import * as signedTokens from '../tokens/signed-tokens.js'
import type { AccessTokenVerifierConfig, DPoPVerification } from './config.js'
import type { Credentials, Scheme } from './credentials.js'
import { checkProof, claimedThumbprint } from './dpop-proof.js'
import { publicUri } from './http-uri.js'
import { createTenantsSource, type IncomingToken } from './issuers.js'
import { createMemoryReplayStore, requireUnused } from './replay-store.js'

/** A token as it came, and the request around it. */
export interface Shown extends Credentials, Pick<IncomingToken, 'url' | 'headers'> {
  readonly proof: string | null
  /** What the proof must be about. */
  readonly method: string
}

/** The part of a verifier that knows whose tokens are taken, and how. */
export interface Authenticator {
  readonly accepted: readonly Scheme[]
  readonly proofAlgorithms: readonly SigningAlgorithm[]
  readonly authenticate: (shown: Shown, requiredClaims?: readonly string[]) => Promise<VerifiedAccessToken>
}

const ACCEPTED: Readonly<Record<NonNullable<DPoPVerification['mode']>, readonly Scheme[]>> = {
  allowed: ['Bearer', 'DPoP'],
  required: ['DPoP'],
  disabled: ['Bearer'],
}

export function createAuthenticator(config: AccessTokenVerifierConfig): Authenticator {
  const { now = Date.now, timeoutMs = DEFAULT_TIMEOUT_MS, fetch = globalFetch, dpop = {} } = config
  const { mode = 'allowed', publicUrl, algorithms = ALGORITHMS, maxAgeSeconds = 300, leewaySeconds = 30 } = dpop
  const { replayStore = createMemoryReplayStore({ now }) } = dpop
  const tenantOf = createTenants(
    createTransport(fetch),
    { timeoutMs, maxBytes: DEFAULT_MAX_BYTES },
    now,
    () => signedTokens,
  )
  const tenantsFor = createTenantsSource(config.domain, tenantOf)

  const accepted = ACCEPTED[mode]
  const { requiredClaims: ownClaims = [] } = config
  // As long as the proof holds, whenever in its time it comes; the second is for stores that round.
  const proofLifeMs = (leewaySeconds + maxAgeSeconds + 1) * 1000

  async function checkPossession({ token, proof, method, url = '' }: Shown, jkt: string): Promise<void> {
    const request = { method, uri: publicUri(url, publicUrl), accessToken: token, now: now() }
    const jti = await checkProof(proof ?? '', request, { algorithms, maxAgeSeconds, leewaySeconds })
    // Hashed, since a sender may choose an id of any length.
    await requireUnused(replayStore, `dpop-proof:${await sha256(JSON.stringify([jkt, jti]))}`, proofLifeMs)
  }

  return {
    accepted,
    proofAlgorithms: algorithms,
    async authenticate(shown, requiredClaims) {
      const { scheme, token, proof, url, headers } = shown
      if (!accepted.includes(scheme)) {
        throw verificationFailed('scheme', `The scheme ${scheme} is not taken here.`, 'Authorization')
      }
      const jkt = scheme === 'DPoP' ? await claimedThumbprint(proof) : undefined
      const found = tenantsFor(token, { url, headers })
      const tenants = found instanceof Promise ? await found : found
      const rules = requiredClaims ? { ...config, requiredClaims: [...ownClaims, ...requiredClaims] } : config
      const verified = await verifyAccessToken(token, rules, { tenants, now: now(), jkt })
      if (jkt !== undefined) await checkPossession(shown, jkt)
      return verified
    },
  }
}
