import type { ActClaim } from '../../../generated/openapi.js'
import type { Connection } from '../connection.js'
import { toDelegation } from '../delegation.js'
import { fail, invalidRequest, OAuthFailure } from '../failure.js'
import type { Field } from '../form.js'
import { isMember } from '../organization.js'
import {
  AUTHORIZE_PARAMETERS,
  collectParameters,
  getParameter,
  requireParameter,
  type RequestParameters,
} from '../parameters.js'
import { readFields, readQuery } from '../request-body.js'
import type { RequestLog } from '../request-log.js'
import type { Server } from '../server.js'
import type { Tenant } from '../tenant.js'
import type { User } from '../users.js'
import {
  readAuthorizationRequest,
  readDestination,
  type AuthorizationRequest,
  type Destination,
} from './authorization-request.js'
import { errorPage, loginPage } from './login-page.js'
import { redeemSessionTransfer } from './redemption.js'

/** Decides about a request whose answer may go to the client. */
type Decide = (authorization: AuthorizationRequest, parameters: RequestParameters) => Response

/** Starts a login, or opens the session that a session transfer token stands for. There are no other sessions yet. */
export function authorize(
  server: Server,
  request: Request,
  connection: Connection,
  log: RequestLog,
): Promise<Response> {
  return answerBrowser(
    server,
    log,
    () => readQuery(request),
    (authorization, parameters) => {
      const token = getParameter(parameters, 'session_transfer_token')
      const transfer =
        token === undefined ? undefined : redeemSessionTransfer(server, token, authorization, connection, log)
      if (transfer !== undefined) return sendCode(server, log, authorization, transfer.user, transfer.actor)
      log.check('a page may be shown', requirePage, parameters)
      return loginPage(parameters, authorization, server.tenant.users.all())
    },
  )
}

/** What the login page sends: the parameters that it was opened with, and the user who was chosen. */
export function login(server: Server, request: Request, log: RequestLog): Promise<Response> {
  return answerBrowser(
    server,
    log,
    () => readFields(request),
    (authorization, parameters) => {
      const user = log.check('user may sign in', findUser, server.tenant, authorization, parameters)
      return sendCode(server, log, authorization, user, undefined)
    },
  )
}

/** A failure is a page until it is known where to send it (RFC 6749, section 4.1.2.1). */
async function answerBrowser(
  server: Server,
  log: RequestLog,
  read: () => Field[] | Promise<Field[]>,
  decide: Decide,
): Promise<Response> {
  let destination: Destination | undefined
  try {
    const parameters = await log.check('request is well formed', readParameters, read)
    log.parameters = parameters
    destination = readDestination(server.tenant, log.check, parameters)
    log.clientId = destination.client.id
    return decide(readAuthorizationRequest(server.tenant, log.check, parameters, destination), parameters)
  } catch (error) {
    if (!(error instanceof OAuthFailure)) throw error
    log.error = error.code
    log.errorDescription = error.message
    if (destination === undefined) return errorPage(400, error.message)
    return redirect(destination, { error: error.code, error_description: error.message })
  }
}

async function readParameters(read: () => Field[] | Promise<Field[]>): Promise<RequestParameters> {
  return collectParameters(await read(), AUTHORIZE_PARAMETERS)
}

function requirePage(parameters: RequestParameters): void {
  if (getParameter(parameters, 'prompt')?.split(' ').includes('none') !== true) return
  throw new OAuthFailure(400, 'login_required', 'Login required')
}

function findUser(tenant: Tenant, { organization }: AuthorizationRequest, parameters: RequestParameters): User {
  const user = tenant.users.find(requireParameter(parameters, 'user_id'))
  if (user === undefined) throw invalidRequest('There is no such user.')
  if (user.blocked) throw fail(403, 'access_denied', 'user is blocked')
  if (organization !== undefined && !isMember(organization, user)) {
    throw fail(403, 'access_denied', 'The user is not a member of the organization.')
  }
  return user
}

function sendCode(
  server: Server,
  log: RequestLog,
  authorization: AuthorizationRequest,
  user: User,
  actor: ActClaim | undefined,
): Response {
  const { client, redirectUri, target, scopes, organization, nonce, challenge } = authorization
  log.delegation = toDelegation(user.id, actor)
  const record = { clientId: client.id, redirectUri, user, actor, organization, target, scopes, nonce, challenge }
  return redirect(authorization, { code: server.codes.issue(record) })
}

function redirect({ redirectUri, state }: Destination, answer: Readonly<Record<string, string>>): Response {
  const query = new URLSearchParams({ ...answer, ...(state !== undefined && { state }) }).toString()
  const location = `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`
  const headers = { Location: location, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }
  return new Response(null, { status: 302, headers })
}
