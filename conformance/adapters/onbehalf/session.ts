import { randomBytes } from 'node:crypto'
import { SessionClient, type CustomLoginOptions } from '../../../src/session/index.js'
import { rejectedBy, type PerformContext, type SeenSession, type SessionRequest } from '../../adapter.js'
import { rememberClients } from '../client-memory.js'
import { authenticationOf, exchangeOptions } from './options.js'

const APP = 'https://app.example.com'

const sessionsFor = rememberClients(
  async ({ target, client, fetch }) =>
    new SessionClient({
      domain: target.issuer,
      clientId: client.id,
      clientAuthentication: await authenticationOf(client),
      appBaseUrl: APP,
      secrets: randomBytes(32),
      fetch,
    }),
)

/** Logins and logouts of an application whose sessions are in cookies. */
export async function sessionSteps(request: SessionRequest, context: PerformContext): Promise<SeenSession[]> {
  const sessions = await sessionsFor(request, context)
  const browsers = new Map<string, CookieJar>()
  const seen: SeenSession[] = []
  for (const step of request.input.steps) {
    const jar = browsers.get(step.browser) ?? new CookieJar()
    browsers.set(step.browser, jar)
    const store = { request: jar.request(), headers: new Headers() }
    let error: SeenSession['error']
    try {
      if (step.do === 'logout') await sessions.logout({}, store)
      else if (step.exchange)
        await sessions.loginWithCustomTokenExchange(exchangeOptions(step.exchange) as CustomLoginOptions, store)
    } catch (thrown) {
      const observation = rejectedBy(thrown)
      if (observation.outcome === 'rejected') ({ error } = observation)
    }
    jar.take(store.headers)
    const user = await sessions.getUser({ request: jar.request() })
    seen.push({
      user: user ? { sub: user.sub, ...(user.act && { act: { ...user.act } }) } : null,
      held: jar.text(),
      ...(error && { error }),
    })
  }
  return seen
}

/** The cookies of one browser. */
class CookieJar {
  readonly #cookies = new Map<string, string>()

  request(): Request {
    return new Request(`${APP}/`, { headers: { Cookie: this.text() } })
  }

  take(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/;\s*Max-Age=0/i.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }

  text(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}
