import { decodeJwt } from 'jose'
import { invalidRequest, OAuthFailure } from '../http/failure.js'
import { issuedTo } from '../tokens/issue.js'
import { collectParameters, getParameter, LOGOUT_PARAMETERS, type RequestParameters } from '../http/parameters.js'
import { readFields, readQuery } from '../http/request-body.js'
import type { RequestLog } from '../journal/request-log.js'
import type { Server } from '../server.js'
import { endedSessionCookie } from '../store/sessions.js'
import { isRegistered } from './registered-urls.js'
import { confirmLogoutPage, errorPage, loggedOutPage } from './login-page.js'
import { redirect } from './redirect.js'

/** What an ID token hint tells, once it was verified. */
interface Hint {
  readonly subject: string | undefined
  readonly clientId: string | undefined
}

/**
 * OpenID Connect RP-Initiated Logout 1.0. Without a hint that fits the session, a page asks the user first.
 * Source: Auth0, "OIDC logout".
 */
export function logOut(server: Server, request: Request, log: RequestLog): Promise<Response> {
  return answerPage(log, async () => {
    const parameters = await log.check('request is well formed', readLogout, request)
    log.parameters = parameters
    const hint = await log.check('ID token hint is valid', readHint, server, parameters)
    log.clientId = getParameter(parameters, 'client_id') ?? hint?.clientId
    const url = log.check(
      'logout URL is registered',
      readLogoutUrl,
      server,
      parameters,
      'post_logout_redirect_uri',
      hint,
    )
    const session = server.sessions.find(request)
    const isHinted = hint !== undefined && (session === undefined || session.user.id === hint.subject)
    if (!isHinted && getParameter(parameters, 'confirm') !== 'yes') return confirmLogoutPage(parameters)
    server.sessions.close(request)
    return leave(server, url, getParameter(parameters, 'state'))
  })
}

/** The vendor's own endpoint, which asks nobody. Source: Auth0, "Logout". */
export function logOutOfSession(server: Server, request: Request, log: RequestLog): Promise<Response> {
  return answerPage(log, async () => {
    const parameters = await log.check('request is well formed', readLogout, request)
    log.parameters = parameters
    log.clientId = getParameter(parameters, 'client_id')
    const url = log.check('logout URL is registered', readLogoutUrl, server, parameters, 'returnTo', undefined)
    server.sessions.close(request)
    return leave(server, url, undefined)
  })
}

async function answerPage(log: RequestLog, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof OAuthFailure)) throw error
    log.error = error.code
    return errorPage(400, error.message)
  }
}

async function readLogout(request: Request): Promise<RequestParameters> {
  const fields = request.method === 'POST' ? await readFields(request) : readQuery(request)
  return collectParameters(fields, LOGOUT_PARAMETERS)
}

/** It may have expired: who logs out often has an old one. */
async function readHint(server: Server, parameters: RequestParameters): Promise<Hint | undefined> {
  const token = getParameter(parameters, 'id_token_hint')
  if (token === undefined) return undefined
  const claims = await verifyWhenIssued(server, token).catch(() => undefined)
  if (claims === undefined || issuedTo(claims) !== undefined) throw invalidRequest('The id_token_hint is not valid.')
  return { subject: claims.sub, clientId: [claims.aud].flat()[0] }
}

async function verifyWhenIssued(server: Server, token: string) {
  const keys = await server.keys()
  return keys.verify(token, server.issuer, (decodeJwt(token).iat ?? 0) * 1000)
}

/** Without a URL, a client that is named leads to the first of its own. */
function readLogoutUrl(
  { tenant }: Server,
  parameters: RequestParameters,
  name: 'post_logout_redirect_uri' | 'returnTo',
  hint: Hint | undefined,
): string | undefined {
  const clientId = getParameter(parameters, 'client_id')
  const client = tenant.clients.get(clientId ?? hint?.clientId ?? '')
  if (clientId !== undefined && client === undefined) throw invalidRequest('There is no client with this client_id.')
  if (hint !== undefined && client !== undefined && hint.clientId !== client.id) {
    throw invalidRequest('The id_token_hint was issued to another client.')
  }
  const url = getParameter(parameters, name)
  const own = client?.allowedLogoutUrls ?? []
  if (url === undefined) return clientId === undefined ? undefined : own[0]
  if (isRegistered([...own, ...tenant.allowedLogoutUrls], url)) return url
  throw invalidRequest(`The ${name} is not one of the allowed logout URLs.`)
}

function leave(server: Server, url: string | undefined, state: string | undefined): Response {
  const response = url === undefined ? loggedOutPage() : redirect(url, state === undefined ? {} : { state })
  response.headers.append('Set-Cookie', endedSessionCookie(server.issuer))
  return response
}
