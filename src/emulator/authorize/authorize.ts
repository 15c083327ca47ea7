import type { Connection } from '../http/connection.js'
import { fail, failLogin, invalidRequest, OAuthFailure } from '../http/failure.js'
import type { Field } from '../http/form.js'
import { isMember, requireOrganization } from '../access/organization.js'
import {
  AUTHORIZE_PARAMETERS,
  collectParameters,
  getParameter,
  requireParameter,
  type RequestParameters,
} from '../http/parameters.js'
import type { Session } from '../store/records.js'
import { readFields, readQuery } from '../http/request-body.js'
import type { RequestLog } from '../journal/request-log.js'
import type { Server } from '../server.js'
import { sessionCookie } from '../store/sessions.js'
import type { Tenant } from '../tenant/tenant.js'
import type { User } from '../tenant/users.js'
import {
  readAuthorizationRequest,
  readDestination,
  type AuthorizationRequest,
  type Destination,
} from './authorization-request.js'
import { finishLogin, type Consent } from './finish-login.js'
import { errorPage, loginPage } from './login-page.js'
import { PageFailure } from './page-failure.js'
import { redirectToClient } from './redirect.js'
import { readSessionTransfer, redeemSessionTransfer } from './redemption.js'

/** Decides about a request whose answer may go to the client. */
type Decide = (authorization: AuthorizationRequest, parameters: RequestParameters) => Response

/** Goes on with the session that the browser has or that a session transfer token opens, or starts a login. */
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
      const { client, organization } = authorization
      const prompts = new Set(getParameter(parameters, 'prompt')?.split(' '))
      const consent: Consent = prompts.has('none') ? 'not asked' : 'open'
      const token = readSessionTransfer(request, client, parameters)
      const redemption = { server, request, authorization, connection }
      const opened = token && redeemSessionTransfer(redemption, token, log)
      if (opened !== undefined) {
        const response = finishLogin(server, authorization, parameters, log, opened.session, consent)
        return withCookie(response, sessionCookie(server.issuer, opened))
      }
      log.check('organization is there when the client requires it', requireOrganization, client, organization)
      const session = (token ?? prompts.has('login')) ? undefined : findSession(server, request, authorization)
      if (session !== undefined) return finishLogin(server, authorization, parameters, log, session, consent)
      log.check('a page may be shown', requirePage, prompts)
      return loginPage(parameters, authorization, candidates(server.tenant, authorization))
    },
  )
}

/** What the pages send: the parameters that they were opened with, the user who was chosen, and maybe the consent. */
export function login(server: Server, request: Request, log: RequestLog): Promise<Response> {
  return answerBrowser(
    server,
    log,
    () => readFields(request),
    (authorization, parameters) => {
      const { client, organization } = authorization
      log.check('organization is there when the client requires it', requireOrganization, client, organization)
      const user = log.check('user may sign in', findUser, server.tenant, authorization, parameters)
      const details = { user, connection: user.connection, actor: undefined, isTransferred: false }
      const opened = server.sessions.open(request, details)
      const consent = readConsent(parameters)
      const response = finishLogin(server, authorization, parameters, log, opened.session, consent)
      return withCookie(response, sessionCookie(server.issuer, opened))
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
    if (destination === undefined || error instanceof PageFailure) return errorPage(400, error.message)
    return redirectToClient(destination, { error: error.code, error_description: error.message })
  }
}

async function readParameters(read: () => Field[] | Promise<Field[]>): Promise<RequestParameters> {
  return collectParameters(await read(), AUTHORIZE_PARAMETERS)
}

function readConsent(parameters: RequestParameters): Consent {
  const answer = getParameter(parameters, 'consent')
  if (answer === undefined) return 'open'
  return answer === 'allow' ? 'given' : 'refused'
}

/** The session of the browser, if the request can use it. */
function findSession(server: Server, request: Request, authorization: AuthorizationRequest): Session | undefined {
  const session = server.sessions.find(request)
  if (session === undefined || !maySignIn(session.user, server.tenant, authorization)) return undefined
  if (isTooOld(session, server.now(), authorization)) return undefined
  return session.actor === undefined || authorization.client.acceptsDelegatedSessions ? session : undefined
}

/** OpenID Connect Core, section 3.1.2.1: zero is as `prompt=login`, even for a session of this instant. */
function isTooOld({ openedAt }: Session, now: number, { maxAge }: AuthorizationRequest): boolean {
  return maxAge === 0 || (maxAge !== undefined && now - openedAt > maxAge * 1000)
}

function maySignIn({ id }: User, { users }: Tenant, { client, organization }: AuthorizationRequest): boolean {
  const user = users.find(id)
  if (user === undefined || user.blocked || client.connections?.has(user.connection) === false) return false
  return organization === undefined || isMember(organization, user)
}

function candidates(tenant: Tenant, authorization: AuthorizationRequest): readonly User[] {
  return tenant.users.all().filter((user) => maySignIn(user, tenant, authorization))
}

function requirePage(prompts: ReadonlySet<string>): void {
  if (prompts.has('none')) throw failLogin('login_required', 'Login required')
}

function findUser(tenant: Tenant, authorization: AuthorizationRequest, parameters: RequestParameters): User {
  const { client, organization } = authorization
  const user = tenant.users.find(requireParameter(parameters, 'user_id'))
  if (user === undefined) throw invalidRequest('There is no such user.')
  if (user.blocked) throw fail(403, 'access_denied', 'user is blocked')
  if (client.connections?.has(user.connection) === false) {
    throw fail(403, 'access_denied', "The user's connection is not enabled for the client.")
  }
  if (organization !== undefined && !isMember(organization, user)) {
    throw fail(403, 'access_denied', 'The user is not a member of the organization.')
  }
  return user
}

function withCookie(response: Response, cookie: string): Response {
  response.headers.append('Set-Cookie', cookie)
  return response
}
