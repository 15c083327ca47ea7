import { SESSION_TRANSFER_TOKEN_TYPE } from '../../../generated/constants.js'
import type { ActClaim, OAuthErrorCode, TokenResponse } from '../../../generated/openapi.js'
import { toDelegation } from '../tokens/delegation.js'
import type { Exchange } from './exchange.js'
import { fail, invalidRequest, type OAuthFailure } from '../http/failure.js'
import { SESSION_TRANSFER_SECONDS, type RefreshToken } from '../store/records.js'
import type { Server } from '../server.js'
import type { Organization } from '../tenant/tenant.js'
import type { User } from '../tenant/users.js'

const AUDIENCE = /^urn:(.+):session_transfer$/i

/** Whom a session is transferred for, as far as it is known before the actor is looked at. */
export interface TransferredSession {
  readonly user: User
  readonly actor: ActClaim | undefined
  readonly organization: Organization | undefined
}

/** The audience alone decides. The same of a domain that is not the tenant's is an unknown audience. */
export function isSessionTransfer(server: Server, audiences: readonly string[]): boolean {
  return audiences.some((audience) => {
    const domain = AUDIENCE.exec(audience)?.[1]?.toLowerCase()
    return domain !== undefined && isOwnDomain(server, domain)
  })
}

function isOwnDomain({ issuer, tenant }: Server, domain: string): boolean {
  const { host, hostname } = new URL(issuer)
  return domain === host || domain === hostname || tenant.customDomains.has(domain)
}

/** Source of the second text: Auth0's documentation of the feature while it was behind a flag. */
export function requireSessionTransfer({ server, client }: Exchange, audiences: readonly string[]): void {
  if (!isSessionTransfer(server, audiences)) return
  if (audiences.length > 1) throw invalidRequest('A session transfer token takes no other audience.')
  if (client.isPublic) {
    throw fail(403, 'unauthorized_client', 'A session transfer token needs a client that authenticates.')
  }
  if (client.canCreateSessionTransferToken) return
  const text = 'Session Transfer Tokens cannot be requested using Custom Token Exchange.'
  throw refusal(server, 'session_transfer_disabled', text)
}

/** An opaque token that opens the user's session at another application, once and soon. */
export function issueSessionTransferToken(exchange: Exchange, session: TransferredSession): TokenResponse {
  const { server, check } = exchange
  const actor = check('Action set an actor', requireActor, server, session.actor)
  check('actor is a single one', requireSingleActor, actor)
  return issueTransfer(exchange, { ...session, actor })
}

/**
 * The same without an actor, for a refresh token: the user goes on in a browser.
 * Source: Auth0, "Native to web single sign-on".
 */
export function issueNativeToWebToken(exchange: Exchange, token: RefreshToken): TokenResponse {
  return issueTransfer(exchange, { user: token.user, actor: undefined, organization: token.organization })
}

/** Status, code and texts are undocumented. */
export function requireNativeToWeb({ client }: Exchange, { isTransferred }: RefreshToken): void {
  if (!client.canCreateSessionTransferToken) {
    throw fail(403, 'unauthorized_client', 'The client is not allowed to get session transfer tokens.')
  }
  if (isTransferred) throw invalidRequest('A transferred session leads to no other session transfer token.')
}

function issueTransfer(
  { server, client, log, ip }: Exchange,
  { user, actor, organization }: TransferredSession,
): TokenResponse {
  log.delegation = toDelegation(user.id, actor)
  const transfer = { user, connection: user.connection, actor, clientId: client.id, ip, organization }
  return {
    access_token: server.sessionTransfers.issue(transfer),
    issued_token_type: SESSION_TRANSFER_TOKEN_TYPE,
    token_type: 'N_A',
    expires_in: SESSION_TRANSFER_SECONDS,
  }
}

function requireActor(server: Server, actor: ActClaim | undefined): ActClaim {
  if (actor !== undefined) return actor
  const text = 'setActor is required when requesting a session transfer token via token exchange.'
  throw refusal(server, 'setactor_required', text)
}

function requireSingleActor({ act }: ActClaim): void {
  if (act !== undefined) throw invalidRequest('A session transfer token takes a single actor.')
}

function refusal({ tenant }: Server, code: OAuthErrorCode, text: string): OAuthFailure {
  return fail(400, tenant.machineReadableSttErrors ? code : 'invalid_request', text)
}
