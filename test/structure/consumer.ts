/** What a consumer writes in TypeScript, without the types of Node. */
export const CONSUMER = `
import { TokenExchangeClient, clientSecretPost, getCurrentActor, type OnBehalfOfTokenResult } from 'onbehalf'
import { getDelegationChain, type ActClaim } from 'onbehalf/act'
import { createTokenEndpointClient, type TokenResponse } from 'onbehalf/token-endpoint'
import { createEmulator, type Emulator } from 'onbehalf/emulator'
import { createExchangeCache } from 'onbehalf/cache'
import { SessionClient, isDelegated, type Session } from 'onbehalf/session'
import { listRequirements, type Adapter } from 'onbehalf/conformance'

export const emulator: Emulator = createEmulator()
export const client = new TokenExchangeClient({
  domain: 'tenant.example.com',
  clientId: 'mcp-server',
  clientAuthentication: clientSecretPost('secret'),
  audience: 'https://mcp.example.com',
  cache: createExchangeCache(),
})
export async function next(token: string): Promise<OnBehalfOfTokenResult> {
  const accessToken = await client.verifyAccessToken(token)
  const actor: string | undefined = getCurrentActor(accessToken.claims)
  console.log(actor, getDelegationChain(accessToken.claims))
  return client.getTokenOnBehalfOf({ accessToken, audience: 'https://calendar.example.com' })
}
export const sessions = new SessionClient({
  domain: (request) => request.url,
  clientId: 'web-app',
  clientAuthentication: clientSecretPost('secret'),
  appBaseUrl: 'https://app.example.com',
  secrets: new Uint8Array(32),
})
export async function banner(request: Request): Promise<string> {
  const session: Session | undefined = await sessions.getSession({ request })
  return isDelegated(session) ? session.user.act.sub : ''
}
// @ts-expect-error An actor token goes with its type.
export const unpaired = client.exchangeToken({ subjectToken: 'a', subjectTokenType: 'b', actorToken: 'c' })
export const raw = createTokenEndpointClient({ domain: 'tenant.example.com' })
export const ids: readonly string[] = listRequirements().map(({ id }) => id)
export type { ActClaim, Adapter, TokenResponse }
`

/** The strictest that it may ask of the package. */
export const CONSUMER_OPTIONS = { module: 'nodenext', strict: true, skipLibCheck: false, noEmit: true, types: [] }
