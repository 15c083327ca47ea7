import * as openid from 'openid-client'
import { beforeEach, describe, expect, it } from 'vitest'
import { createEmulator, type Emulator } from '../../src/emulator/index.js'
import { buildSessionTransferRedirect, clientSecretPost, sessionTransferParameters } from '../../src/index.js'
import { SessionClient } from '../../src/session/index.js'
import { createBrowser } from './support/browser.js'

const CONSOLE = 'https://support.example.com'
const CUSTOMER = 'https://customer.example.com'
const LEGACY = 'urn:acme:legacy-session'

let emulator: Emulator

beforeEach(() => {
  emulator = createEmulator({ seed: 'openid-client' })
})

/** Bob signs in to the support console, and is sent to the customer application. */
async function sendAgent(): Promise<string> {
  const sessions = new SessionClient({
    domain: emulator.issuer,
    clientId: 'support-console',
    clientAuthentication: clientSecretPost('support-console-secret'),
    appBaseUrl: CONSOLE,
    secrets: crypto.getRandomValues(new Uint8Array(32)),
    allowedTargets: [`${CUSTOMER}/login`],
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
  })
  const browser = createBrowser(CONSOLE)
  const agent = { subjectToken: 'legacy-session:bob', subjectTokenType: LEGACY }
  await browser.visit('/login', (store) => sessions.loginWithCustomTokenExchange(agent, store))
  const customer = { subjectToken: 'legacy-session:alice', subjectTokenType: LEGACY }
  const transfer = await browser.visit(
    '/support',
    (store) => sessions.requestSessionTransferToken({ ...customer, targetLoginUrl: `${CUSTOMER}/login` }, store),
    { method: 'POST', headers: { Origin: CONSOLE } },
  )
  return buildSessionTransferRedirect(`${CUSTOMER}/login`, transfer)
}

/** The customer application, on a client that knows nothing of this package. */
async function startLogin(loginUrl: string) {
  const config = await openid.discovery(
    new URL(emulator.issuer),
    'customer-app',
    undefined,
    openid.ClientSecretPost('customer-app-secret'),
    {
      [openid.customFetch]: (url: string, init: openid.CustomFetchOptions) =>
        emulator.fetch(new Request(url, init as RequestInit)),
    },
  )
  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()]
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: `${CUSTOMER}/callback`,
    scope: 'openid profile',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...sessionTransferParameters(loginUrl),
  })
  return { config, url, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } }
}

describe('openid-client, which knows nothing of session transfers', () => {
  it('completes the login at the target, and its tokens name who acts', async () => {
    const { config, url, checks } = await startLogin(await sendAgent())
    const answer = await emulator.fetch(new Request(url))
    const callback = new URL(answer.headers.get('Location') ?? '')
    const tokens = await openid.authorizationCodeGrant(config, callback, checks)
    expect(tokens.claims()).toMatchObject({ sub: 'auth0|alice', name: 'Alice', act: { sub: 'auth0|bob' } })
    expect([tokens.expires_in, tokens.refresh_token]).toEqual([7200, undefined])
    const info = await openid.fetchUserInfo(config, tokens.access_token, 'auth0|alice')
    expect(info['act']).toEqual({ sub: 'auth0|bob' })
  })

  it('gets the login page when the token was used before', async () => {
    const loginUrl = await sendAgent()
    const [first, second] = [await startLogin(loginUrl), await startLogin(loginUrl)]
    expect((await emulator.fetch(new Request(first.url))).status).toBe(302)
    expect((await emulator.fetch(new Request(second.url))).status).toBe(200)
  })
})
