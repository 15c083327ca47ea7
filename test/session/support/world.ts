import type { JWTPayload } from 'jose'
import { clientSecretPost } from '../../../src/index.js'
import { SessionClient, type SessionClientConfig } from '../../../src/session/index.js'
import { ISSUER, METADATA } from '../../support/scripted-server.js'
import { signingTenant, type SigningTenant } from '../../support/signing-tenant.js'
import type { Browser } from './browser.js'

export const APP = 'https://app.example.com'
export const API = 'https://api.example.com'
export const SECRET = new Uint8Array(32).fill(7)
export const OTHER_SECRET = new Uint8Array(32).fill(8)
export const START = 1_790_000_000_000
export const SUBJECT = { subjectToken: 'canary-subject-token', subjectTokenType: 'urn:acme:legacy-session' }

export const SESSION_METADATA = {
  ...METADATA,
  authorization_endpoint: `${ISSUER}authorize`,
  end_session_endpoint: `${ISSUER}oidc/logout`,
}

/** A tenant that signs what a test wants, and an application that trusts it. */
export interface World {
  readonly tenant: SigningTenant
  /** In milliseconds since the epoch; a test may move it. */
  now: number
  sessions(config?: Partial<SessionClientConfig>): SessionClient
  /** The claims of a good ID token. */
  claims(changes?: object): JWTPayload
  /** Lets the token endpoint answer with an ID token of these claims, and whatever else is given. */
  answerWith(claims?: object, members?: object): void
}

export async function createWorld(metadata: object = SESSION_METADATA): Promise<World> {
  const tenant = await signingTenant(metadata)
  const world: World = {
    tenant,
    now: START,
    sessions: (config = {}) => {
      const base = {
        domain: 'tenant.example.com',
        clientId: 'web-app',
        clientAuthentication: clientSecretPost('canary-client-secret'),
        fetch: tenant.fetch,
        now: () => world.now,
        appBaseUrl: APP,
        secrets: SECRET,
      }
      return new SessionClient({ ...base, ...config })
    },
    claims: (changes = {}) => {
      const iat = Math.floor(world.now / 1000)
      return { iss: ISSUER, sub: 'auth0|alice', aud: 'web-app', iat, exp: iat + 36_000, name: 'Alice', ...changes }
    },
    answerWith(claims = {}, members = {}) {
      tenant.answer = async () =>
        Response.json({
          access_token: 'canary-access-token',
          token_type: 'Bearer',
          expires_in: 3600,
          id_token: await tenant.sign(world.claims(claims)),
          ...members,
        })
    },
  }
  world.answerWith()
  return world
}

/** Signs in by a custom token exchange. */
export function signIn(sessions: SessionClient, browser: Browser, options: object = {}) {
  return browser.visit('/login', (store) => sessions.loginWithCustomTokenExchange({ ...SUBJECT, ...options }, store), {
    method: 'POST',
  })
}

/** Who is signed in, as the browser's next request shows. */
export async function whoIs(sessions: SessionClient, browser: Browser): Promise<string | undefined> {
  const user = await browser.visit('/', (store) => sessions.getUser(store))
  return user?.sub
}

/** Begins a login, and gives the query that the server was sent. */
export async function begin(sessions: SessionClient, browser: Browser, options = {}, path = '/login') {
  const url = await browser.visit(path, (store) => sessions.startInteractiveLogin(options, store))
  return new URL(url)
}

/** Comes back from the server. */
export function comeBack(sessions: SessionClient, browser: Browser, query: Record<string, string>) {
  const path = `/callback?${new URLSearchParams(query).toString()}`
  return browser.visit(path, (store) => sessions.completeInteractiveLogin(store))
}

/** The parameters of the last request to the token endpoint. */
export function lastForm({ tenant }: World): Record<string, string> {
  return Object.fromEntries(tenant.tokenRequests.at(-1)?.form ?? [])
}
