import { AuthClient } from '@auth0/auth0-auth-js'
import { openLogin } from './browser.js'
import { CALLBACK, issued, issuer, print } from './report.js'

const { host: domain } = issuer()
const ALICE = { subjectToken: 'legacy-session:alice', subjectTokenType: 'urn:acme:legacy-session' }
const BOB = { actorToken: 'agent:bob', actorTokenType: 'urn:acme:agent' }

const clientOf = (clientId: string) => new AuthClient({ domain, clientId, clientSecret: `${clientId}-secret` })
const webApp = clientOf('web-app')
const supportConsole = clientOf('support-console')
const customerApp = clientOf('customer-app')

async function login(client: AuthClient, parameters: Record<string, string> = {}) {
  const authorizationParams = { redirect_uri: CALLBACK, scope: 'openid', ...parameters }
  const { authorizationUrl, codeVerifier } = await client.buildAuthorizationUrl({ authorizationParams })
  return client.getTokenByCode(await openLogin(authorizationUrl), { codeVerifier })
}

const custom = await webApp.exchangeToken({ ...ALICE, audience: 'https://mcp.example.com' })
const delegated = await webApp.exchangeToken({ ...ALICE, ...BOB, scope: 'openid' })
const transfer = await supportConsole.exchangeToken({
  ...ALICE,
  ...BOB,
  audience: `urn:${domain}:session_transfer`,
})
const onBehalfOf = await clientOf('mcp-server').exchangeToken({
  subjectToken: custom.accessToken,
  subjectTokenType: 'urn:ietf:params:oauth:token-type:access_token',
  requestedTokenType: 'urn:ietf:params:oauth:token-type:access_token',
  audience: 'https://calendar.example.com',
})

print({
  customExchange: issued(custom.accessToken),
  delegatedExchange: issued(delegated.idToken),
  onBehalfOf: issued(onBehalfOf.accessToken),
  login: issued((await login(webApp)).idToken),
  sessionTransfer: issued((await login(customerApp, { session_transfer_token: transfer.accessToken })).idToken),
})
