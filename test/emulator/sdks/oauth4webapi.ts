import * as oauth from 'oauth4webapi'
import { openLogin } from './browser.js'
import { CALLBACK, issued, issuer, print } from './report.js'

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const ALICE = { subject_token: 'legacy-session:alice', subject_token_type: 'urn:acme:legacy-session' }
const BOB = { actor_token: 'agent:bob', actor_token_type: 'urn:acme:agent' }

const server = await oauth.processDiscoveryResponse(issuer(), await oauth.discoveryRequest(issuer()))
const secretOf = ({ client_id }: oauth.Client) => oauth.ClientSecretBasic(`${client_id}-secret`)

async function exchange(client_id: string, parameters: Record<string, string>) {
  const client = { client_id }
  const request = oauth.genericTokenEndpointRequest(server, client, secretOf(client), TOKEN_EXCHANGE, parameters)
  const recognizedTokenTypes = { n_a: () => undefined }
  return oauth.processGenericTokenEndpointResponse(server, client, await request, { recognizedTokenTypes })
}

async function login(client_id: string, parameters: Record<string, string> = {}) {
  const client = { client_id }
  const verifier = oauth.generateRandomCodeVerifier()
  const [state, expectedNonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
  const url = new URL(server.authorization_endpoint ?? '')
  url.search = new URLSearchParams({
    client_id,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid',
    state,
    nonce: expectedNonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...parameters,
  }).toString()
  const answer = oauth.validateAuthResponse(server, client, await openLogin(url), state)
  const request = oauth.authorizationCodeGrantRequest(server, client, secretOf(client), answer, CALLBACK, verifier)
  return oauth.processAuthorizationCodeResponse(server, client, await request, { expectedNonce, requireIdToken: true })
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
