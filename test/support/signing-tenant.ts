import { SignJWT, exportJWK, generateKeyPair, type JWTPayload } from 'jose'
import type { Fetch } from '../../src/index.js'
import { ISSUER, METADATA, TOKEN_RESPONSE, type SentRequest } from './scripted-server.js'

/** A tenant whose keys sign what a test wants, answering without a socket. */
export interface SigningTenant {
  readonly fetch: Fetch
  readonly tokenRequests: SentRequest[]
  readonly urls: string[]
  /** Signs claims with the published key. */
  sign(claims: JWTPayload, header?: object): Promise<string>
  /** What the token endpoint answers next, and from then on. */
  answer: (request: SentRequest) => Response | Promise<Response>
  /** What the key set endpoint answers. */
  keys: () => Response
  /** What any other URL answers. */
  other: (url: string, init: RequestInit) => Response | Promise<Response>
}

const keyPair = generateKeyPair('ES256')

export async function signingTenant(metadata: object = METADATA): Promise<SigningTenant> {
  const { publicKey, privateKey } = await keyPair
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] }
  const tenant: SigningTenant = {
    tokenRequests: [],
    urls: [],
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header }).sign(privateKey),
    answer: () => Response.json(TOKEN_RESPONSE),
    keys: () => Response.json(jwks),
    other: () => new Response('not found', { status: 404 }),
    async fetch(url, init) {
      tenant.urls.push(url)
      if (url === `${ISSUER}.well-known/openid-configuration`) return Response.json(metadata)
      if (url === METADATA.jwks_uri) return tenant.keys()
      if (init.method !== 'POST') return tenant.other(url, init)
      const body = init.body as string
      const request = { url, headers: new Headers(init.headers), body, form: [...new URLSearchParams(body)] }
      tenant.tokenRequests.push(request)
      return tenant.answer(request)
    },
  }
  return tenant
}
