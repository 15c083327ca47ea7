import { createHash, randomUUID } from 'node:crypto'
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import type { Fetch } from '../../src/index.js'
import {
  createAccessTokenVerifier,
  type AccessTokenVerifier,
  type AccessTokenVerifierConfig,
} from '../../src/verify.js'

export const NOW = 1_800_000_000
export const DOMAIN = 'tenant.example.com'
export const ISSUER = `https://${DOMAIN}/`
export const API = 'https://api.example.com'
export const RESOURCE = `${API}/events`
export const CLAIMS = { iss: ISSUER, aud: API, sub: 'auth0|alice', azp: 'spa', iat: NOW - 10, exp: NOW + 3600 }

/** A key of an issuer or a sender. */
export interface Key {
  readonly alg: string
  readonly publicJwk: JWK
  readonly privateJwk: JWK
}

export const RSA_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const
export const OTHER_ALGORITHMS = ['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const

export async function createKey(alg: string): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, publicJwk: await exportJWK(publicKey), privateJwk: await exportJWK(privateKey) }
}

/** One of a kind is enough where it is not about the key; keys of RSA take long to make. */
const made = new Map<string, Promise<Key>>()
export async function keyOf(alg: string): Promise<Key> {
  const family = (RSA_ALGORITHMS as readonly string[]).includes(alg) ? 'RS256' : alg
  const key = made.get(family) ?? createKey(family)
  made.set(family, key)
  return { ...(await key), alg }
}

/** A compact JWS; a text as payload stands for itself. */
export async function sign(payload: object | string, key: Key, header: object = {}): Promise<string> {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  return new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: key.alg, ...header })
    .sign(await importJWK(key.privateJwk, key.alg))
}

export const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export const thumbprint = (key: Key): Promise<string> => calculateJwkThumbprint(key.publicJwk)

/** What a proof is about, and what is wrong with it. */
export interface ProofParts {
  readonly token: string
  readonly claims?: object
  readonly header?: object
}

export function proof(key: Key, { token, claims = {}, header = {} }: ProofParts): Promise<string> {
  const ath = createHash('sha256').update(token).digest('base64url')
  const payload = { htm: 'GET', htu: RESOURCE, iat: NOW, jti: randomUUID(), ath, ...claims }
  return sign(payload, key, { typ: 'dpop+jwt', jwk: key.publicJwk, ...header })
}

/** An issuer that publishes `keys` under the names of their algorithms, and a verifier that trusts it. */
export interface Setting {
  readonly verifier: AccessTokenVerifier
  readonly fetch: Fetch
  /** Every URL that was asked for. */
  readonly urls: string[]
  /** How often the keys were asked for. */
  readonly keyRequests: () => number
  /** What the issuer publishes. */
  published: readonly object[]
  /** Instead of that, when it is there. */
  answer: ((url: string) => Response | Promise<Response>) | undefined
  /** In seconds since the epoch. */
  time: number
}

export const publishedKey = (key: Key, kid = key.alg): object => ({
  ...key.publicJwk,
  kid,
  alg: key.alg,
  use: 'sig',
})

export function setting(keys: readonly Key[], config: Partial<AccessTokenVerifierConfig> = {}): Setting {
  const urls: string[] = []
  const jwks = `${ISSUER}.well-known/jwks.json`
  const fetch: Fetch = async (url) => {
    urls.push(url)
    if (parts.answer) return parts.answer(url)
    if (url === jwks) return Response.json({ keys: parts.published })
    return Response.json({ issuer: ISSUER, token_endpoint: `${ISSUER}oauth/token`, jwks_uri: jwks })
  }
  const parts: Setting = {
    verifier: createAccessTokenVerifier({
      domain: DOMAIN,
      audience: API,
      fetch,
      now: () => parts.time * 1000,
      ...config,
    }),
    fetch,
    urls,
    keyRequests: () => urls.filter((url) => url === jwks).length,
    published: keys.map((key) => publishedKey(key)),
    answer: undefined,
    time: NOW,
  }
  return parts
}

/** A request with a token, and a proof when there is one. */
export function requestWith(token: string, proofJwt?: string, init: RequestInit = {}, url = RESOURCE): Request {
  const headers = new Headers({ authorization: `${proofJwt === undefined ? 'Bearer' : 'DPoP'} ${token}` })
  if (proofJwt !== undefined) headers.set('dpop', proofJwt)
  return new Request(url, { headers, ...init })
}
