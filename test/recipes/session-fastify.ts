import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { buildSessionTransferRedirect, isTokenExchangeError } from 'onbehalf'
import { isDelegated, type SessionClient } from 'onbehalf/session'

/** A web application with sessions. With a `customerLoginUrl` it is a support console, too. */
export function createFastifyApp(sessions: SessionClient, customerLoginUrl = '') {
  const app = fastify()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  })
  const store = (request: FastifyRequest, reply: FastifyReply) => ({
    request,
    headers: { append: (name: string, value: string) => reply.header(name, value) },
  })

  app.get('/', async (request, reply) => {
    const session = await sessions.getSession({ request })
    if (!session) return reply.code(401).send('Nobody is signed in.')
    const hello = `Hello ${session.user.name ?? session.user.sub}.`
    if (!isDelegated(session)) return hello
    const { sub, name = sub } = session.user.act
    return `${hello} ${String(name)} acts for you.`
  })

  // Users of the legacy system come with its token.
  app.post<{ Body: { token: string } }>('/migrate', async (request, reply) => {
    const legacy = { subjectToken: request.body.token, subjectTokenType: 'urn:acme:legacy-session' }
    await sessions.loginWithCustomTokenExchange(legacy, store(request, reply))
    return reply.redirect('/', 303)
  })

  // An agent opens a customer's session at the other application.
  app.post<{ Body: { customer: string } }>('/support', async (request, reply) => {
    const { customer } = request.body
    const subject = { subjectToken: `legacy-session:${customer}`, subjectTokenType: 'urn:acme:legacy-session' }
    const transfer = await sessions.requestSessionTransferToken(
      { ...subject, targetLoginUrl: customerLoginUrl },
      store(request, reply),
    )
    return reply.redirect(buildSessionTransferRedirect(customerLoginUrl, transfer), 303)
  })

  // Where both users and agents with a session transfer come in.
  app.get('/login', async (request, reply) => {
    return reply.redirect(await sessions.startInteractiveLogin({}, store(request, reply)), 303)
  })
  app.get('/callback', async (request, reply) => {
    return reply.redirect((await sessions.completeInteractiveLogin(store(request, reply))).returnTo, 303)
  })
  app.post('/logout', async (request, reply) => {
    return reply.redirect(await sessions.logout({}, store(request, reply)), 303)
  })

  app.setErrorHandler((error, _request, reply) => {
    if (!isTokenExchangeError(error)) throw error
    return reply.code(error.kind === 'network' ? 503 : 403).send(error.code)
  })
  return app
}
