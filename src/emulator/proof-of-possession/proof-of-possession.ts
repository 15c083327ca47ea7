import type { Client } from '../tenant/clients.js'
import { verifyProof } from './dpop.js'
import type { Exchange } from '../grants/exchange.js'
import { fail, invalidRequest, OAuthFailure } from '../http/failure.js'
import type { Target } from '../access/target.js'
import type { Api } from '../tenant/tenant.js'

/**
 * The thumbprint of the key that the client proves to hold, or undefined when it proves none. The proof needs a nonce
 * where the tenant or the client does, or the caller says so.
 */
export async function readProof(
  { server, request, client, now }: Exchange,
  alsoNeedsNonce = false,
): Promise<string | undefined> {
  const jwt = request.headers.get('DPoP')
  if (jwt === null) return undefined
  const url = server.issuer.slice(0, -1) + new URL(request.url).pathname
  const proof = await verifyProof(jwt, { method: 'POST', url }, now)
  if (typeof proof === 'string') throw invalidProof(proof)
  if ((alsoNeedsNonce || demandsNonce(server.tenant, client)) && !server.dpopNonces.accepts(proof.nonce)) {
    const nonce = server.dpopNonces.current()
    throw new OAuthFailure(400, 'use_dpop_nonce', 'Authorization server requires nonce in DPoP proof', {
      'DPoP-Nonce': nonce,
    })
  }
  if (!server.proofIds.add(proof.jkt, proof.jti)) throw invalidProof('jti was used before')
  return proof.jkt
}

/**
 * The thumbprint of the key that the token is bound to, if the API binds tokens.
 * Source: Auth0, "Configure sender constraining". Codes and texts are undocumented.
 */
export function bindToken(client: Client, { apis }: Target, jkt: string | undefined): string | undefined {
  if (jkt === undefined && client.requiresProof) {
    throw invalidRequest('The client requires proof of possession: the request needs a DPoP header.')
  }
  if (jkt === undefined && apis.some((api) => requiresProof(api, client))) {
    throw invalidRequest('The API requires proof of possession: the request needs a DPoP header.')
  }
  if (apis.every((api) => api.bindsTokens)) return jkt
  if (!client.requiresProof) return undefined
  throw invalidRequest('The client requires proof of possession, and the API binds no tokens to keys.')
}

function requiresProof({ requiresProofOf }: Api, { isPublic }: Client): boolean {
  return requiresProofOf === 'all_clients' || (requiresProofOf === 'public_clients' && isPublic)
}

/** For the answer to a request with a proof: the nonce that the next one needs (RFC 9449, section 8.2). */
export function nonceHeader({ server, request, client }: Exchange): Readonly<Record<string, string>> {
  const isOwed = request.headers.has('DPoP') && demandsNonce(server.tenant, client)
  return isOwed ? { 'DPoP-Nonce': server.dpopNonces.current() } : {}
}

function demandsNonce(tenant: { readonly requireDpopNonce: boolean }, client: { readonly isPublic: boolean }): boolean {
  return tenant.requireDpopNonce || client.isPublic
}

function invalidProof(reason: string): OAuthFailure {
  return fail(400, 'invalid_dpop_proof', `The DPoP proof is not valid: ${reason}.`)
}
