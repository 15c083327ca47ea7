import express, { type ErrorRequestHandler, type Request, type Response } from 'express'
import { buildSessionTransferRedirect, isTokenExchangeError } from 'onbehalf'
import { isDelegated, type SessionClient } from 'onbehalf/session'

/** A web application with sessions. With a `customerLoginUrl` it is a support console, too. */
export function createExpressApp(sessions: SessionClient, customerLoginUrl = '') {
  const app = express().use(express.urlencoded())
  const store = (request: Request, response: Response) => ({ request, headers: response })

  app.get('/', async (request, response) => {
    const session = await sessions.getSession({ request })
    if (!session) return void response.status(401).type('text').send('Nobody is signed in.')
    const hello = `Hello ${session.user.name ?? session.user.sub}.`
    if (!isDelegated(session)) return void response.type('text').send(hello)
    const { sub, name = sub } = session.user.act
    response.type('text').send(`${hello} ${String(name)} acts for you.`)
  })

  // Users of the legacy system come with its token.
  app.post('/migrate', async (request, response) => {
    const { token } = request.body as { token: string }
    const legacy = { subjectToken: token, subjectTokenType: 'urn:acme:legacy-session' }
    await sessions.loginWithCustomTokenExchange(legacy, store(request, response))
    response.redirect(303, '/')
  })

  // An agent opens a customer's session at the other application.
  app.post('/support', async (request, response) => {
    const { customer } = request.body as { customer: string }
    const subject = { subjectToken: `legacy-session:${customer}`, subjectTokenType: 'urn:acme:legacy-session' }
    const transfer = await sessions.requestSessionTransferToken(
      { ...subject, targetLoginUrl: customerLoginUrl },
      store(request, response),
    )
    response.redirect(303, buildSessionTransferRedirect(customerLoginUrl, transfer))
  })

  // Where both users and agents with a session transfer come in.
  app.get('/login', async (request, response) => {
    response.redirect(303, await sessions.startInteractiveLogin({}, store(request, response)))
  })
  app.get('/callback', async (request, response) => {
    const { returnTo } = await sessions.completeInteractiveLogin(store(request, response))
    response.redirect(303, returnTo)
  })
  app.post('/logout', async (request, response) => {
    response.redirect(303, await sessions.logout({}, store(request, response)))
  })

  const onError: ErrorRequestHandler = (error, _request, response, next) => {
    if (isTokenExchangeError(error)) response.status(error.kind === 'network' ? 503 : 403).send(error.code)
    else next(error)
  }
  return app.use(onError)
}
