import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterEach, describe, expect, it } from 'vitest'
import { createEmulator, defaultTenant, type Action, type Emulator, type Listening } from '../../src/emulator/index.js'
import { clientSecretPost } from '../../src/index.js'
import { SessionClient } from '../../src/session/index.js'
import { createExpressApp } from './session-express.js'
import { createFastifyApp } from './session-fastify.js'
import { createHonoApp } from './session-hono.js'
import { createHttpBrowser } from './http-browser.js'

type CreateListener = (sessions: SessionClient, customerLoginUrl?: string) => RequestListener | Promise<RequestListener>

const FRAMEWORKS: readonly (readonly [name: string, create: CreateListener])[] = [
  [
    'Hono',
    (...options) => {
      const listener = getRequestListener(createHonoApp(...options).fetch, { overrideGlobalObjects: false })
      return (request, response) => void listener(request, response)
    },
  ],
  ['Express', (...options) => createExpressApp(...options) as RequestListener],
  [
    'Fastify',
    async (...options) => {
      const app = createFastifyApp(...options)
      await app.ready()
      return (request, response) => {
        app.routing(request, response)
      }
    },
  ],
]

/** Whom a legacy token is about, and the agent whose ID token comes along. */
const decide: Action = ({ transaction }, api) => {
  api.authentication.setUserById(`auth0|${transaction.subject_token.replace('legacy-session:', '')}`)
  const agent = transaction.actor_token_user && { sub: transaction.actor_token_user.user_id, name: 'Bob' }
  if (agent) api.authentication.setActor(agent)
}

const open: (Server | Listening)[] = []

afterEach(async () => {
  for (const it of open.splice(0)) {
    if ('issuer' in it) await it.close()
    else {
      it.closeAllConnections()
      it.close()
      await once(it, 'close')
    }
  }
})

interface Application {
  readonly clientId: string
  readonly customerLoginUrl?: string
}

/** Serves an application on a free port, which its own address has to name. */
async function serve(issuer: string, create: CreateListener, { clientId, customerLoginUrl }: Application) {
  const server = createServer().listen(0, '127.0.0.1')
  open.push(server)
  await once(server, 'listening')
  const appBaseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sessions = new SessionClient({
    domain: issuer,
    clientId,
    clientAuthentication: clientSecretPost(`${clientId}-secret`),
    appBaseUrl,
    secrets: crypto.getRandomValues(new Uint8Array(32)),
    ...(customerLoginUrl === undefined ? {} : { allowedTargets: [customerLoginUrl] }),
  })
  server.on('request', await create(sessions, customerLoginUrl))
  return appBaseUrl
}

async function startEmulator(): Promise<{ emulator: Emulator; issuer: string }> {
  const tokenExchangeProfiles = [{ subjectTokenType: 'urn:acme:legacy-session', action: decide }]
  const emulator = createEmulator({ seed: 'recipes', tenant: { ...defaultTenant(), tokenExchangeProfiles } })
  const listening = await emulator.listen()
  open.push(listening)
  return { emulator, issuer: listening.issuer }
}

describe.each(FRAMEWORKS)('%s', (_name, create) => {
  it('takes over a user of the legacy system, and signs her out', async () => {
    const { issuer } = await startEmulator()
    const app = await serve(issuer, create, { clientId: 'web-app' })
    const browser = createHttpBrowser()
    expect(await browser.open(app)).toMatchObject({ status: 401, text: 'Nobody is signed in.' })

    const page = await browser.post(`${app}/migrate`, { token: 'legacy-session:alice' })
    expect(page).toMatchObject({ status: 200, text: 'Hello Alice.', url: `${app}/` })
    expect(page.answers[0]?.get('Cache-Control')).toBe('no-store')
    expect((await browser.open(app)).text).toBe('Hello Alice.')

    await browser.post(`${app}/logout`)
    expect([browser.cookiesOf(app).size, (await browser.open(app)).status]).toEqual([0, 401])
  })

  it('refuses a legacy token that does not hold, and a login that nobody began', async () => {
    const { issuer } = await startEmulator()
    const app = await serve(issuer, create, { clientId: 'web-app' })
    const browser = createHttpBrowser()
    const refused = await browser.post(`${app}/migrate`, { token: 'nobody' })
    expect(refused).toMatchObject({ status: 403, text: 'token_exchange_failed' })
    expect(await browser.open(`${app}/callback?code=a&state=b`)).toMatchObject({ status: 403, text: 'login_failed' })
    expect(browser.cookiesOf(app).size).toBe(0)
  })

  it('opens the session of a customer for an agent, whose name the customer application shows', async () => {
    const { emulator, issuer } = await startEmulator()
    const customer = await serve(issuer, create, { clientId: 'customer-app' })
    const target = `${customer}/login`
    const console = await serve(issuer, create, { clientId: 'support-console', customerLoginUrl: target })
    const browser = createHttpBrowser()

    await browser.post(`${console}/migrate`, { token: 'legacy-session:bob' })
    const page = await browser.post(`${console}/support`, { customer: 'alice' })
    expect(page).toMatchObject({ status: 200, text: 'Hello Alice. Bob acts for you.', url: `${customer}/` })

    // From the form, to the login, to the server, to the callback, to the page.
    const paths = page.way.map((address) => new URL(address).pathname)
    expect(paths).toEqual(['/support', '/login', '/authorize', '/callback', '/'])
    const token = new URL(page.way[1] ?? '').searchParams.get('session_transfer_token') ?? ''
    expect(token.length).toBeGreaterThan(20)
    expect(JSON.stringify(emulator.requests)).not.toContain(token)
    for (const headers of page.answers.slice(0, 2)) {
      expect([headers.get('Referrer-Policy'), headers.get('Cache-Control')]).toEqual(['no-referrer', 'no-store'])
    }

    // The agent's own session is what it was, and the token works no second time.
    expect((await browser.open(console)).text).toBe('Hello Bob.')
    expect(await browser.open(page.way[1] ?? '')).toMatchObject({ status: 403, text: 'session_exists' })
    expect((await createHttpBrowser().open(page.way[1] ?? '')).text).toContain('Sign in')
  })

  it('mints nothing for a page of another site, or for nobody', async () => {
    const { emulator, issuer } = await startEmulator()
    const target = 'http://127.0.0.1:9/login'
    const console = await serve(issuer, create, { clientId: 'support-console', customerLoginUrl: target })
    const browser = createHttpBrowser()
    const nobody = await browser.post(`${console}/support`, { customer: 'alice' })
    expect(nobody).toMatchObject({ status: 403, text: 'actor_unavailable' })

    await browser.post(`${console}/migrate`, { token: 'legacy-session:bob' })
    const before = emulator.requests.length
    const elsewhere = await browser.post(`${console}/support`, { customer: 'alice' }, 'https://evil.example')
    expect(elsewhere).toMatchObject({ status: 403, text: 'cross_site_request' })
    expect(emulator.requests).toHaveLength(before)
  })

  it('signs a user in at the login page of the server', async () => {
    const { issuer } = await startEmulator()
    const app = await serve(issuer, create, { clientId: 'customer-app' })
    const browser = createHttpBrowser()
    const page = await browser.open(`${app}/login`)
    expect(page.text).toContain('Sign in')
    const fields = Object.fromEntries(new URL(page.url).searchParams)
    const signedIn = await browser.post(`${issuer}authorize/login`, { ...fields, user_id: 'auth0|alice' })
    expect(signedIn).toMatchObject({ status: 200, text: 'Hello Alice.', url: `${app}/` })
  })
})
