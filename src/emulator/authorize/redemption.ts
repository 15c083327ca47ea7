import type { Connection } from '../connection.js'
import { failLogin } from '../failure.js'
import { needsConsent } from '../interaction.js'
import { isMember } from '../organization.js'
import type { SessionTransfer } from '../records.js'
import type { RequestLog } from '../request-log.js'
import type { Server } from '../server.js'
import type { AuthorizationRequest } from './authorization-request.js'

/** A session transfer that ends at the login page. The texts are what the vendor's log says. */
class UnusableTransfer extends Error {
  override readonly name = 'UnusableTransfer'
}

/**
 * The session that a token opens, or undefined when the user has to sign in after all. The token is used up by the
 * first request of a client that takes such sessions, whatever else is wrong.
 * Source: Auth0, "Session delegation" and "Native to web single sign-on".
 */
export function redeemSessionTransfer(
  server: Server,
  token: string,
  request: AuthorizationRequest,
  connection: Connection,
  log: RequestLog,
): SessionTransfer | undefined {
  const { check } = log
  try {
    check('client accepts delegated sessions', requireAcceptance, request)
    const transfer = check('session transfer token is valid', takeTransfer, server, token)
    check('request comes from the address of the session transfer', requireSameAddress, transfer, connection)
    check('organization is that of the session transfer', requireOrganization, transfer, request)
    check('no second factor is needed', requireNoInteraction, transfer.user.mfaRequired)
    check('no consent is needed', requireNoInteraction, needsConsent(request.target))
    return transfer
  } catch (error) {
    if (!(error instanceof UnusableTransfer)) throw error
    log.warning = `Single Sign-On failed: ${error.message}`
    return undefined
  }
}

function requireAcceptance({ client }: AuthorizationRequest): void {
  if (!client.acceptsDelegatedSessions) throw new UnusableTransfer('delegated access is not allowed for the client.')
}

function takeTransfer(server: Server, token: string): SessionTransfer {
  const transfer = server.sessionTransfers.take(token)
  if (transfer !== undefined) return transfer
  throw new UnusableTransfer(
    'Session Transfer Token not found or expired. This may indicate token reuse or expiration.',
  )
}

function requireSameAddress(transfer: SessionTransfer, connection: Connection): void {
  if (transfer.ip === connection.ip) return
  throw new UnusableTransfer('device binding validation failed due to IP/ASN mismatch.')
}

/** The session belongs to the organization of this request alone. One that the token names must not be another. */
function requireOrganization({ organization: own, user }: SessionTransfer, request: AuthorizationRequest): void {
  const { organization } = request
  if (organization === undefined) return
  if ((own ?? organization).id === organization.id && isMember(organization, user)) return
  throw new UnusableTransfer('organization mismatch detected.')
}

function requireNoInteraction(isNeeded: boolean): void {
  if (isNeeded) throw failLogin('interaction_required', 'The session needs a second factor or consent.')
}
