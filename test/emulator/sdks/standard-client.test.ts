import { exportJWK, generateKeyPair } from 'jose'
import * as oauth from 'oauth4webapi'
import { describe, expect, it } from 'vitest'
import { createEmulator, defaultTenant, type Emulator } from '../../../src/emulator/index.js'
import { FORM, toForm } from '../support.js'

const CALLBACK = 'http://127.0.0.1:4711/callback'
const ISSUER = new URL('https://tenant.example.com/')

const keys = await generateKeyPair('ES256', { extractable: true })
const clients = [
  ...defaultTenant().clients,
  { clientId: 'key-holder', publicKeys: [await exportJWK(keys.publicKey)], callbacks: ['http://127.0.0.1/callback'] },
]

/** What every call of the library is given: it reaches the emulator and nothing else. */
const through = (emulator: Emulator) => ({
  [oauth.customFetch]: (url: string, init: object) => emulator.fetch(new Request(url, init)),
})

describe('an unmodified client of the standards signs a user in, reads her claims and refreshes', () => {
  it.each<[string, oauth.ClientAuth, boolean]>([
    ['web-app', oauth.ClientSecretPost('web-app-secret'), false],
    ['web-app', oauth.ClientSecretBasic('web-app-secret'), true],
    ['key-holder', oauth.PrivateKeyJwt(keys.privateKey), true],
    ['spa', oauth.None(), true],
  ])('as %s', async (client_id, clientAuth, isBound) => {
    const emulator = createEmulator({ seed: 1, tenant: { ...defaultTenant(), clients } })
    const client: oauth.Client = { client_id }
    const DPoP = isBound ? oauth.DPoP(client, await oauth.generateKeyPair('ES256')) : undefined
    const options = { ...through(emulator), ...(DPoP && { DPoP }) }
    const server = await oauth.processDiscoveryResponse(ISSUER, await oauth.discoveryRequest(ISSUER, options))

    const verifier = oauth.generateRandomCodeVerifier()
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
    const body = toForm({
      client_id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid profile offline_access',
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      user_id: 'auth0|alice',
    })
    const login = new Request(`${ISSUER.href}authorize/login`, { method: 'POST', headers: FORM, body })
    const location = (await emulator.fetch(login)).headers.get('Location') ?? ''
    const answer = oauth.validateAuthResponse(server, client, new URL(location), state)

    const exchangeCode = async () =>
      oauth.processAuthorizationCodeResponse(
        server,
        client,
        await oauth.authorizationCodeGrantRequest(server, client, clientAuth, answer, CALLBACK, verifier, options),
        { expectedNonce: nonce, requireIdToken: true },
      )
    // The library keeps the nonce that it is given and leaves it to its user to ask again.
    const tokens = await exchangeCode().catch((error: unknown) => {
      if (!oauth.isDPoPNonceError(error)) throw error
      return exchangeCode()
    })
    const response = await oauth.userInfoRequest(server, client, tokens.access_token, options)
    const refreshing = oauth.refreshTokenGrantRequest(server, client, clientAuth, tokens.refresh_token ?? '', options)
    const refreshed = await oauth.processRefreshTokenResponse(server, client, await refreshing)

    const type = isBound ? 'dpop' : 'bearer'
    expect([tokens.token_type, refreshed.token_type]).toEqual([type, type])
    const userInfo = await oauth.processUserInfoResponse(server, client, 'auth0|alice', response)
    expect(userInfo).toEqual({ sub: 'auth0|alice', name: 'Alice' })
  })
})
