import type { JWTPayload } from 'jose'
import type { UserInfo } from '../../generated/openapi.js'
import { isActClaim } from '../../generated/validators/act-claim.js'
import { profileClaims } from './tokens/claims.js'
import { toDelegation } from './tokens/delegation.js'
import { PROOF_ALGORITHMS, verifyProof } from './proof-of-possession/dpop.js'
import { OAuthFailure } from './http/failure.js'
import { issuedTo } from './tokens/issue.js'
import type { RequestLog } from './journal/request-log.js'
import { OPENID } from './access/scopes.js'
import type { Server } from './server.js'
import type { User } from './tenant/users.js'

type Scheme = 'Bearer' | 'DPoP'

interface PresentedToken {
  readonly scheme: Scheme
  readonly token: string
}

/** OpenID Connect Core, section 5.3. Every failure is a 401 with a challenge. */
export async function getUserInfo(server: Server, request: Request, log: RequestLog): Promise<UserInfo> {
  const { check } = log
  const now = server.now()
  log.headers = check('request is within the rate limit', server.userInfoRateLimit)
  const presented = check('access token is there', readToken, request)
  const { claims, user } = await check('access token is valid', verifyToken, server, presented, now)
  log.clientId = issuedTo(claims)
  log.delegation = toDelegation(user.id, isActClaim(claims['act']) ? claims['act'] : undefined)
  const scopes = check('access token has the scope openid', requireOpenId, presented, claims)
  await check('proof of possession is valid', requireKey, server, request, presented, claims, now)
  return {
    sub: user.id,
    ...profileClaims(user, scopes),
    ...(typeof claims['org_id'] === 'string' && { org_id: claims['org_id'] }),
    ...(typeof claims['org_name'] === 'string' && { org_name: claims['org_name'] }),
    ...(isActClaim(claims['act']) && { act: claims['act'] }),
  }
}

function readToken(request: Request): PresentedToken {
  const match = /^(Bearer|DPoP) +(\S+)$/i.exec(request.headers.get('Authorization') ?? '')
  const [, scheme = '', token = ''] = match ?? []
  const presented = { scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', token } as const
  if (match === null) throw invalidToken(presented, 'The access token is missing.')
  return presented
}

async function verifyToken(
  server: Server,
  presented: PresentedToken,
  now: number,
): Promise<{ readonly claims: JWTPayload; readonly user: User }> {
  const keys = await server.keys()
  const claims = await keys.verify(presented.token, server.issuer, now).catch(() => undefined)
  const user = server.tenant.users.find(claims?.sub ?? '')
  // An ID token has the same signature, but names no client that it was issued to.
  if (claims === undefined || issuedTo(claims) === undefined || user === undefined || user.blocked) {
    throw invalidToken(presented, 'The access token is not valid.')
  }
  return { claims, user }
}

function requireOpenId(presented: PresentedToken, { scope }: JWTPayload): readonly string[] {
  const scopes = typeof scope === 'string' ? scope.split(' ') : []
  if (!scopes.includes(OPENID)) throw invalidToken(presented, 'The access token lacks the scope openid.')
  return scopes
}

/** A token that is bound to a key takes a proof, and no other token does (RFC 9449, section 7). */
async function requireKey(
  server: Server,
  request: Request,
  presented: PresentedToken,
  claims: JWTPayload,
  now: number,
): Promise<void> {
  const jkt = (claims['cnf'] as { readonly jkt?: string } | undefined)?.jkt
  const isProven = presented.scheme === 'DPoP'
  if ((jkt !== undefined) !== isProven) {
    throw invalidToken(presented, 'The authorization scheme does not fit the access token.')
  }
  if (!isProven) return
  const url = server.issuer.slice(0, -1) + new URL(request.url).pathname
  const jwt = request.headers.get('DPoP') ?? ''
  const proof = await verifyProof(jwt, { method: request.method, url, accessToken: presented.token }, now)
  if (typeof proof === 'string') throw invalidProof(proof)
  if (proof.jkt !== jkt) throw invalidProof('its key is not that of the access token')
  if (!server.proofIds.add(proof.jkt, proof.jti)) throw invalidProof('jti was used before')
}

function invalidToken({ scheme }: PresentedToken, text: string): OAuthFailure {
  return refuse(scheme, 'invalid_token', text)
}

function invalidProof(reason: string): OAuthFailure {
  return refuse('DPoP', 'invalid_dpop_proof', `The DPoP proof is not valid: ${reason}.`)
}

/** RFC 6750, section 3; RFC 9449, section 7.1. */
function refuse(scheme: Scheme, code: 'invalid_token' | 'invalid_dpop_proof', text: string): OAuthFailure {
  const algorithms = scheme === 'DPoP' ? `, algs="${PROOF_ALGORITHMS.join(' ')}"` : ''
  const challenge = `${scheme} realm="userinfo", error="${code}", error_description="${text}"${algorithms}`
  return new OAuthFailure(401, code, text, { 'WWW-Authenticate': challenge })
}
