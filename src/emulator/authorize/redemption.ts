import type { Client } from '../tenant/clients.js'
import type { Connection } from '../http/connection.js'
import { failLogin } from '../http/failure.js'
import { needsConsent } from '../access/interaction.js'
import { isLoopbackHost } from '../http/issuer.js'
import { isMember } from '../access/organization.js'
import { getParameter, type RequestParameters } from '../http/parameters.js'
import type { SessionTransfer } from '../store/records.js'
import type { RequestLog } from '../journal/request-log.js'
import type { Server } from '../server.js'
import { readSessionTransferCookie, type OpenedSession } from '../store/sessions.js'
import type { AuthorizationRequest } from './authorization-request.js'
import { interactionRequired } from './finish-login.js'
import { PageFailure } from './page-failure.js'

/** A session transfer that ends at the login page. The texts are what the vendor's log says. */
class UnusableTransfer extends Error {
  override readonly name = 'UnusableTransfer'
}

/** A token as it came. */
export interface PresentedTransfer {
  readonly token: string
  readonly transport: 'cookie' | 'query'
}

export interface Redemption {
  readonly server: Server
  readonly request: Request
  readonly authorization: AuthorizationRequest
  readonly connection: Connection
}

/** A cookie counts only at clients that take cookies: it comes with every request of the browser. */
export function readSessionTransfer(
  request: Request,
  client: Client,
  parameters: RequestParameters,
): PresentedTransfer | undefined {
  const inQuery = getParameter(parameters, 'session_transfer_token')
  if (inQuery !== undefined) return { token: inQuery, transport: 'query' }
  if (!client.sessionTransferMethods.has('cookie')) return undefined
  const inCookie = readSessionTransferCookie(request)
  return inCookie === undefined ? undefined : { token: inCookie, transport: 'cookie' }
}

/**
 * The session that a token opens, or undefined when the user has to sign in after all. The token is used up by the
 * first request of a client that takes such sessions, whatever else is wrong, but an open session.
 * Source: Auth0, "Session delegation" and "Native to web single sign-on".
 */
export function redeemSessionTransfer(
  redemption: Redemption,
  presented: PresentedTransfer,
  log: RequestLog,
): OpenedSession | undefined {
  const { server, request, authorization } = redemption
  const { check } = log
  try {
    check('client accepts delegated sessions', requireAcceptance, redemption, presented)
    check('no session is open', requireNoSession, redemption, presented)
    const transfer = check('session transfer token is valid', takeTransfer, server, presented.token)
    check('request comes from the address of the session transfer', requireSameAddress, transfer, redemption)
    check('connection is enabled for the client', requireConnection, transfer, authorization)
    check('organization is there when the client requires it', requireNamedOrganization, authorization)
    check('organization is that of the session transfer', requireOrganization, transfer, authorization)
    check('callback is not a loopback address', requirePublicCallback, redemption, transfer)
    check('no second factor is needed', requireNoInteraction, transfer.user.mfaRequired)
    const mustConsent = transfer.actor !== undefined && needsConsent(authorization.client, authorization.target)
    check('no consent is needed', requireNoInteraction, mustConsent)
    const { user, actor } = transfer
    return server.sessions.open(request, { user, connection: transfer.connection, actor, isTransferred: true })
  } catch (error) {
    if (!(error instanceof UnusableTransfer)) throw error
    log.warning = `Single Sign-On failed: ${error.message}`
    return undefined
  }
}

/** A token with an actor comes in the query alone. */
function requireAcceptance({ server, authorization: { client } }: Redemption, presented: PresentedTransfer): void {
  const { token, transport } = presented
  if (!client.sessionTransferMethods.has(transport)) {
    throw new UnusableTransfer('delegated access is not allowed for the client.')
  }
  if (server.sessionTransfers.find(token)?.actor === undefined) return
  if (transport === 'query' && client.acceptsDelegatedSessions) return
  throw new UnusableTransfer('delegated access is not allowed for the client.')
}

/** Whoever acts for a user must not step into any session. A user's own token ends the session of another. */
function requireNoSession({ server, request }: Redemption, { token }: PresentedTransfer): void {
  const session = server.sessions.find(request)
  const transfer = server.sessionTransfers.find(token)
  if (session === undefined || transfer === undefined) return
  if (transfer.actor !== undefined) {
    throw new PageFailure('There is a session already. Log out first, at /v2/logout, and start again.')
  }
  if (session.user.id === transfer.user.id) return
  server.sessions.close(request)
  throw new UnusableTransfer('Session Transfer Token user mismatch detected.')
}

function takeTransfer(server: Server, token: string): SessionTransfer {
  const transfer = server.sessionTransfers.take(token)
  if (transfer !== undefined) return transfer
  throw new UnusableTransfer(
    'Session Transfer Token not found or expired. This may indicate token reuse or expiration.',
  )
}

/** A client may take tokens from any address, but none with an actor. */
function requireSameAddress({ ip, actor }: SessionTransfer, { connection, authorization }: Redemption): void {
  if (ip === connection.ip || (actor === undefined && !authorization.client.bindsSessionTransferTokens)) return
  throw new UnusableTransfer('Session Transfer Token device binding validation failed due to IP/ASN mismatch.')
}

function requireConnection({ connection }: SessionTransfer, { client }: AuthorizationRequest): void {
  if (client.connections?.has(connection) === false) {
    throw new UnusableTransfer('the connection is not enabled for the client.')
  }
}

function requireNamedOrganization({ client, organization }: AuthorizationRequest): void {
  if (client.organizationUsage !== 'require' || organization !== undefined) return
  throw failLogin('interaction_required', 'The session needs an organization.')
}

/**
 * The session belongs to the organization of this request alone. One that the token names must not be another, and a
 * token without an actor wants it named.
 */
function requireOrganization(transfer: SessionTransfer, { organization }: AuthorizationRequest): void {
  const { organization: own, user, actor } = transfer
  if (organization === undefined && (own === undefined || actor !== undefined)) return
  if (organization !== undefined && (own ?? organization).id === organization.id && isMember(organization, user)) return
  throw new UnusableTransfer('Session Transfer Token organization mismatch detected.')
}

/** Only SDKs document this rule, so that it is off by default. */
function requirePublicCallback({ server, authorization }: Redemption, { actor }: SessionTransfer): void {
  if (!server.tenant.strictLocalhost || actor === undefined) return
  if (!isLoopbackHost(new URL(authorization.redirectUri).hostname)) return
  throw failLogin('interaction_required', 'The login at a loopback callback needs to be confirmed.')
}

function requireNoInteraction(isNeeded: boolean): void {
  if (isNeeded) throw interactionRequired()
}
