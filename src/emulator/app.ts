import { Hono, type Context, type Handler } from 'hono'
import { authorize, login } from './authorize/authorize.js'
import { logOut, logOutOfSession } from './authorize/logout.js'
import { toConnection, type Connection, type ConnectionOptions } from './http/connection.js'
import { fail, OAuthFailure } from './http/failure.js'
import { serverMetadata } from './metadata.js'
import { PATHS } from './http/paths.js'
import { describeThrown } from './journal/describe-thrown.js'
import { createRequestLog, type RequestLog } from './journal/request-log.js'
import { failureResponse, jsonResponse } from './http/response.js'
import type { Server } from './server.js'
import { requestToken } from './token-endpoint.js'
import { getUserInfo } from './user-info.js'

/** Answers a request, and writes it down in the journal. */
export type Handle = (request: Request, options?: ConnectionOptions) => Promise<Response>

interface Environment {
  readonly Bindings: { readonly connection: Connection; readonly log: RequestLog }
}

type Method = 'GET' | 'POST'
type Answer = (context: Context<Environment>) => Response | Promise<Response>

export function createHandler(server: Server): Handle {
  const app = createApp(server)
  return async (request, options = {}) => {
    const log = createRequestLog()
    const response = await app.fetch(request, { connection: toConnection(options), log })
    for (const [name, value] of Object.entries(log.headers)) response.headers.set(name, value)
    server.journal.record(request, log, response.status)
    return response
  }
}

function createApp(server: Server): Hono<Environment> {
  const app = new Hono<Environment>()
  const metadata: Answer = () => jsonResponse(200, serverMetadata(server))
  const token: Answer = async ({ env, req }) => {
    const { body, headers } = await requestToken(server, req.raw, env.connection, env.log)
    return jsonResponse(200, body, headers)
  }
  const userInfo: Answer = async ({ env, req }) => jsonResponse(200, await getUserInfo(server, req.raw, env.log))

  const routes: readonly (readonly [string, Method, Answer])[] = [
    [PATHS.token, 'POST', token],
    [PATHS.mtlsToken, 'POST', token],
    [PATHS.userInfo, 'GET', userInfo],
    [PATHS.mtlsUserInfo, 'GET', userInfo],
    [PATHS.authorize, 'GET', ({ env, req }) => authorize(server, req.raw, env.connection, env.log)],
    [PATHS.login, 'POST', ({ env, req }) => login(server, req.raw, env.log)],
    [PATHS.oidcLogout, 'GET', ({ env, req }) => logOut(server, req.raw, env.log)],
    [PATHS.oidcLogout, 'POST', ({ env, req }) => logOut(server, req.raw, env.log)],
    [PATHS.logout, 'GET', ({ env, req }) => logOutOfSession(server, req.raw, env.log)],
    [PATHS.openidConfiguration, 'GET', metadata],
    [PATHS.oauthMetadata, 'GET', metadata],
    [PATHS.keys, 'GET', async () => jsonResponse(200, (await server.keys()).publicKeys)],
  ]
  for (const [path, method, answer] of routes) app.on(method, path, answer)
  for (const [path] of routes) {
    const methods = routes.flatMap(([other, method]) => (other === path ? [method] : []))
    app.all(path, refuseMethod(methods.join(', ').replace('GET', 'GET, HEAD')))
  }

  app.notFound(({ env }) => refuse(env.log, new OAuthFailure(404, 'not_found', 'There is nothing at this path.')))
  app.onError((error, { env }) => {
    const failure = error instanceof OAuthFailure ? error : fail(500, 'server_error', 'The emulator failed.')
    const thrown: unknown = failure === error ? error.cause : error
    if (thrown !== undefined) env.log.thrown = describeThrown(thrown)
    return refuse(env.log, failure)
  })
  return app
}

function refuse(log: RequestLog, failure: OAuthFailure): Response {
  log.error = failure.code
  log.errorDescription = failure.message
  return failureResponse(failure)
}

function refuseMethod(allow: string): Handler<Environment> {
  return () => {
    throw new OAuthFailure(405, 'method_not_allowed', `Allowed here: ${allow}`, { Allow: allow })
  }
}
