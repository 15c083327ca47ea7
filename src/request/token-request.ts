import type { TokenRequest } from '../../generated/openapi.js'
import type { ClientAuthentication } from './client-auth.js'
import type { DPoPOptions } from './dpop-key.js'
import type { ExtraParameters } from '../input/parameters.js'
import { parseObject, parseTokenResponse, unexpectedMember } from '../response/response.js'
import type { Issued } from '../response/result.js'
import { withRetries, type RetryPolicy } from '../transport/retry.js'
import type { Tenant } from '../tenant/tenant.js'
import type { SignedTokensLoader } from '../tokens/loader.js'
import { isPending } from '../pending.js'
import type { ReadResponse } from '../transport/bounded-fetch.js'
import type { Transport } from '../transport/transport.js'

/** Who sends, and over what. */
export interface Sender {
  readonly clientId: string
  readonly clientAuthentication: ClientAuthentication
  readonly transport: Transport
  readonly timeoutMs: number
  readonly maxBytes: number
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly loadSignedTokens: SignedTokensLoader
}

/** What goes along with a request's parameters. */
export interface RequestOptions {
  readonly extra?: ExtraParameters | undefined
  readonly forwardedFor?: string | undefined
  readonly dpop?: DPoPOptions | undefined
  readonly retry?: RetryPolicy | undefined
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number | undefined
}

/**
 * Sends a request to the token endpoint and reads what was issued.
 *
 * @throws {TokenExchangeError} With the codes of the transport, of the response and, for a proof, `invalid_response`
 *   when the token is not bound.
 */
export async function requestToken(
  sender: Sender,
  tenant: Tenant,
  body: TokenRequest,
  options: RequestOptions,
): Promise<Issued> {
  const sentAt = sender.now()
  const send = () => post(sender, tenant, body, options)
  const { dpop, retry, signal } = options
  const response = retry
    ? await withRetries(retry, signal, () => send().then(parseTokenResponse))
    : parseTokenResponse(await send())
  if (dpop && dpop.allowBearer !== true && response.token_type?.toLowerCase() !== 'dpop') {
    throw unexpectedMember('token_type', 'The server did not bind the token to the key of the proof.')
  }
  const { expires_in: expiresIn } = response
  return expiresIn === undefined ? { response } : { response, expiresAt: Math.floor(sentAt / 1000) + expiresIn }
}

/** One request, and a second one when the server wants its nonce in the proof (RFC 9449, section 8). */
async function post(
  sender: Sender,
  tenant: Tenant,
  body: TokenRequest,
  options: RequestOptions,
): Promise<ReadResponse> {
  const { clientId, clientAuthentication, transport, maxBytes, now, loadSignedTokens } = sender
  const { extra, forwardedFor, dpop, signal, timeoutMs = sender.timeoutMs } = options
  const metadata = tenant.metadata(signal)
  const { issuer, token_endpoint, mtls_endpoint_aliases } = isPending(metadata) ? await metadata : metadata
  // A client that authenticates with a certificate uses the alias that asks for one (RFC 8705, section 5).
  const alias = clientAuthentication.usesCertificate ? mtls_endpoint_aliases?.token_endpoint : undefined
  const endpoint = alias ?? token_endpoint
  const origin = dpop && new URL(endpoint).origin
  for (let isSecond = false; ; isSecond = true) {
    const shown = clientAuthentication.authenticate({ clientId, issuer })
    const { parameters: client, authorization } = isPending(shown) ? await shown : shown
    const headers: Record<string, string> = {}
    if (authorization !== undefined) headers['Authorization'] = authorization
    if (forwardedFor !== undefined) headers['auth0-forwarded-for'] = forwardedFor
    if (dpop && origin) {
      const nonce = tenant.nonces.get(origin)
      const { dpopProof } = await loadSignedTokens()
      headers['DPoP'] = await dpopProof(dpop, { method: 'POST', url: endpoint, nonce, now: now() })
    }
    const limits = { timeoutMs, maxBytes, signal }
    const response = await transport.postToken(endpoint, body, { client, extra }, headers, limits)
    const nonce = origin && response.headers.get('dpop-nonce')
    if (!origin || !nonce) return response
    tenant.nonces.set(origin, nonce)
    if (isSecond || !wantsNonce(response)) return response
  }
}

function wantsNonce(response: ReadResponse): boolean {
  return !response.ok && parseObject(response.body)?.['error'] === 'use_dpop_nonce'
}
