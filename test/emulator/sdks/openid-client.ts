import * as client from 'openid-client'
import { openLogin } from './browser.js'
import { CALLBACK, issued, issuer, print } from './report.js'

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const ALICE = { subject_token: 'legacy-session:alice', subject_token_type: 'urn:acme:legacy-session' }
const BOB = { actor_token: 'agent:bob', actor_token_type: 'urn:acme:agent' }

const configurationOf = (clientId: string) =>
  client.discovery(issuer(), clientId, undefined, client.ClientSecretPost(`${clientId}-secret`))
const exchange = async (clientId: string, parameters: Record<string, string>) =>
  client.genericGrantRequest(await configurationOf(clientId), TOKEN_EXCHANGE, parameters)

async function login(clientId: string, parameters: Record<string, string> = {}) {
  const configuration = await configurationOf(clientId)
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const expectedState = client.randomState()
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: CALLBACK,
    scope: 'openid',
    state: expectedState,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  })
  const answer = await openLogin(url)
  return client.authorizationCodeGrant(configuration, answer, { pkceCodeVerifier, expectedState })
}

const custom = await exchange('web-app', { ...ALICE, audience: 'https://mcp.example.com' })
const delegated = await exchange('web-app', { ...ALICE, ...BOB, scope: 'openid' })
const onBehalfOf = await exchange('mcp-server', {
  subject_token: custom.access_token,
  subject_token_type: ACCESS_TOKEN,
  requested_token_type: ACCESS_TOKEN,
  audience: 'https://calendar.example.com',
})
const transfer = await exchange('support-console', {
  ...ALICE,
  ...BOB,
  audience: `urn:${issuer().host}:session_transfer`,
})

print({
  customExchange: issued(custom.access_token),
  delegatedExchange: issued(delegated.id_token),
  onBehalfOf: issued(onBehalfOf.access_token),
  login: issued((await login('web-app')).id_token),
  sessionTransfer: issued((await login('customer-app', { session_transfer_token: transfer.access_token })).id_token),
})
