import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose'
import { createHash } from 'node:crypto'
import { TOKEN_URL } from '../support.js'

export interface ProofOptions {
  readonly claims?: JWTPayload
  readonly header?: Readonly<Record<string, unknown>>
  readonly now?: number
}

export interface Prover {
  readonly jkt: string
  readonly jwk: JWK
  /** A header with a proof for the token endpoint, with a new `jti`, unless the options say otherwise. */
  readonly prove: (options?: ProofOptions) => Promise<{ readonly DPoP: string }>
}

let proofs = 0

export async function createProver(alg = 'ES256'): Promise<Prover> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(publicKey)
  return {
    jkt: await calculateJwkThumbprint(publicKey),
    jwk,
    prove: async ({ claims = {}, header = {}, now = Date.now() } = {}) => {
      const payload = { htm: 'POST', htu: TOKEN_URL, iat: Math.floor(now / 1000), jti: `proof-${proofs++}`, ...claims }
      const DPoP = await new SignJWT(payload)
        .setProtectedHeader({ alg, typ: 'dpop+jwt', jwk, ...header })
        .sign(privateKey)
      return { DPoP }
    },
  }
}

export function ath(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest('base64url')
}
