import type { Hono } from 'hono'
import { createEmulator, defaultTenant, type Action, type Emulator } from '../../src/emulator/index.js'
import { clientSecretPost, type ExchangeEvent } from '../../src/index.js'
import { SessionClient } from '../../src/session/index.js'
import { createHonoApp } from '../recipes/session-hono.js'
import { serveHosts, type Hosts } from './hosts.js'

export const CONSOLE = 'https://support.example.com/'
export const CUSTOMER = 'https://customer.example.com/'
/** The domain of the tenant where agents sign in, and the one where customers do. */
export const AGENTS = 'https://tenant.example.com/'
export const CUSTOMERS = 'https://login.example.com/'
export const ELSEWHERE = 'https://elsewhere.example.net/'

const IP = '127.0.0.1'
const SIGN_IN = '<p><a href="/login">Sign in</a></p>'
const SIGN_OUT = '<form method="post" action="/logout"><button>Sign out</button></form>'
const OPEN =
  '<form method="post" action="/support"><button name="customer" value="alice">Open the session of Alice</button></form>'
const THIRD_PARTY = `<img src="${ELSEWHERE}pixel.svg" alt=""> <a href="${ELSEWHERE}help">Help</a>`
const PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'

/** A support console and a customer application of one tenant, each at a host of its own. */
export interface SupportWorld {
  readonly emulator: Emulator
  readonly hosts: Hosts
  /** What the applications were told of their calls. */
  readonly events: readonly ExchangeEvent[]
}

/** Whom a legacy token is about, and the agent whose ID token comes along. */
const decide: Action = ({ transaction }, api) => {
  api.authentication.setUserById(`auth0|${transaction.subject_token.replace('legacy-session:', '')}`)
  const agent = transaction.actor_token_user && { sub: transaction.actor_token_user.user_id, name: 'Bob' }
  if (agent) api.authentication.setActor(agent)
}

export async function createSupportWorld(): Promise<SupportWorld> {
  const emulator = createEmulator({
    issuer: AGENTS,
    tenant: {
      ...defaultTenant(),
      tokenExchangeProfiles: [{ subjectTokenType: 'urn:acme:legacy-session', action: decide }],
      customDomains: [new URL(CUSTOMERS).host],
      allowedLogoutUrls: [CONSOLE, CUSTOMER],
    },
  })
  const events: ExchangeEvent[] = []

  function createApp(clientId: string, appBaseUrl: string, loginDomain: string, customerLoginUrl?: string): Hono {
    const sessions = new SessionClient({
      domain: AGENTS,
      clientId,
      clientAuthentication: clientSecretPost(`${clientId}-secret`),
      appBaseUrl,
      secrets: crypto.getRandomValues(new Uint8Array(32)),
      fetch: async (url, init) => seenAt(loginDomain, await emulator.fetch(new Request(url, init), { ip: IP })),
      onEvent: (event) => events.push(event),
      ...(customerLoginUrl === undefined ? {} : { allowedTargets: [customerLoginUrl] }),
    })
    return createHonoApp(sessions, customerLoginUrl)
  }

  const support = createApp('support-console', CONSOLE, AGENTS, `${CUSTOMER}login`)
  const customer = createApp('customer-app', CUSTOMER, CUSTOMERS)
  const tenant = (request: Request) => emulator.fetch(request, { ip: IP })
  const hosts = await serveHosts({
    [new URL(CONSOLE).host]: asPages(support, OPEN),
    [new URL(CUSTOMER).host]: asPages(customer, THIRD_PARTY),
    [new URL(AGENTS).host]: tenant,
    [new URL(CUSTOMERS).host]: tenant,
    [new URL(ELSEWHERE).host]: ({ url }) =>
      url.endsWith('.svg')
        ? new Response(PIXEL, { headers: { 'Content-Type': 'image/svg+xml' } })
        : new Response('Somebody else'),
  })
  return { emulator, hosts, events }
}

/** The metadata of the tenant sends browsers to the custom domain, where they have another session. */
async function seenAt(domain: string, response: Response): Promise<Response> {
  const text = await response.text()
  const moved = text.replaceAll(/(?<="(?:authorization|end_session)_endpoint":")https:\/\/[^/]*\//g, domain)
  return new Response(moved, response)
}

/** Makes the texts of the recipe pages, with something to press. */
function asPages(app: Hono, more: string) {
  return async (request: Request): Promise<Response> => {
    const response = await app.fetch(request)
    const { status, headers } = response
    if (!headers.get('Content-Type')?.startsWith('text/plain')) return response
    const text = await response.text()
    headers.set('Content-Type', 'text/html; charset=utf-8')
    const isSignedIn = text.startsWith('Hello')
    const html = `<!doctype html><title>App</title><link rel="icon" href="data:,"><p role="status">${text}</p>${isSignedIn ? more + SIGN_OUT : SIGN_IN}`
    return new Response(html, { status, headers })
  }
}
