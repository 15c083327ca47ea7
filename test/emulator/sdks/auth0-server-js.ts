import { ServerClient } from '@auth0/auth0-server-js'
import { openLogin } from './browser.js'
import { CALLBACK, issued, issuer, print } from './report.js'

const { host: domain } = issuer()
const ALICE = { subjectToken: 'legacy-session:alice', subjectTokenType: 'urn:acme:legacy-session' }

/** A store for one browser. */
function memory<Data>() {
  const entries = new Map<string, Data>()
  return {
    set: (key: string, data: Data) => Promise.resolve(void entries.set(key, data)),
    get: (key: string) => Promise.resolve(entries.get(key)),
    delete: (key: string) => Promise.resolve(void entries.delete(key)),
    deleteByLogoutToken: () => Promise.resolve(),
  }
}

const clientOf = (clientId: string) =>
  new ServerClient({
    domain,
    clientId,
    clientSecret: `${clientId}-secret`,
    authorizationParams: { redirect_uri: CALLBACK, scope: 'openid' },
    transactionStore: memory(),
    stateStore: memory(),
  })

async function login(client: ServerClient, authorizationParams: Record<string, string> = {}) {
  await client.completeInteractiveLogin(await openLogin(await client.startInteractiveLogin({ authorizationParams })))
  return (await client.getSession())?.idToken
}

const webApp = clientOf('web-app')
const custom = await webApp.customTokenExchange({ ...ALICE, audience: 'https://mcp.example.com' })
const delegated = await webApp.customTokenExchange({
  ...ALICE,
  actorToken: 'agent:bob',
  actorTokenType: 'urn:acme:agent',
  scope: 'openid',
})

// The agent signs in to the console, whose session is then the actor.
const supportConsole = clientOf('support-console')
await supportConsole.loginWithCustomTokenExchange({
  ...ALICE,
  subjectToken: 'legacy-session:bob',
  scope: 'openid',
})
const transfer = await supportConsole.requestSessionTransferToken(ALICE)
const target = supportConsole.buildSessionTransferRedirect('https://customer.example.com/login', transfer)
const parameters = Object.fromEntries(target.searchParams)

print({
  customExchange: issued(custom.accessToken),
  delegatedExchange: issued(delegated.idToken),
  login: issued(await login(webApp)),
  sessionTransfer: issued(await login(clientOf('customer-app'), parameters)),
})
