import { Hono, type Context } from 'hono'
import { buildSessionTransferRedirect, isTokenExchangeError } from 'onbehalf'
import { isDelegated, type SessionClient } from 'onbehalf/session'

/** A web application with sessions. With a `customerLoginUrl` it is a support console, too. */
export function createHonoApp(sessions: SessionClient, customerLoginUrl = '') {
  const app = new Hono()
  const store = (c: Context) => ({ request: c.req.raw, headers: c.res.headers })

  app.get('/', async (c) => {
    const session = await sessions.getSession(store(c))
    if (!session) return c.text('Nobody is signed in.', 401)
    const hello = `Hello ${session.user.name ?? session.user.sub}.`
    if (!isDelegated(session)) return c.text(hello)
    const { sub, name = sub } = session.user.act
    return c.text(`${hello} ${String(name)} acts for you.`)
  })

  // Users of the legacy system come with its token.
  app.post('/migrate', async (c) => {
    const { token = '' } = await c.req.parseBody<Record<string, string>>()
    const legacy = { subjectToken: token, subjectTokenType: 'urn:acme:legacy-session' }
    await sessions.loginWithCustomTokenExchange(legacy, store(c))
    return c.redirect('/', 303)
  })

  // An agent opens a customer's session at the other application.
  app.post('/support', async (c) => {
    const { customer = '' } = await c.req.parseBody<Record<string, string>>()
    const subject = { subjectToken: `legacy-session:${customer}`, subjectTokenType: 'urn:acme:legacy-session' }
    const transfer = await sessions.requestSessionTransferToken(
      { ...subject, targetLoginUrl: customerLoginUrl },
      store(c),
    )
    return c.redirect(buildSessionTransferRedirect(customerLoginUrl, transfer), 303)
  })

  // Where both users and agents with a session transfer come in.
  app.get('/login', async (c) => c.redirect(await sessions.startInteractiveLogin({}, store(c)), 303))
  app.get('/callback', async (c) => c.redirect((await sessions.completeInteractiveLogin(store(c))).returnTo, 303))
  app.post('/logout', async (c) => c.redirect(await sessions.logout({}, store(c)), 303))

  app.onError((error, c) => {
    if (!isTokenExchangeError(error)) throw error
    return c.text(error.code, error.kind === 'network' ? 503 : 403)
  })
  return app
}
