import type { Emulator } from '../../src/emulator/index.js'
import { authorize, codeGrant, codeOf, loginRequest, mint } from '../emulator/authorize/login-support.js'
import { accessToken, custom, exchange, mcpToken, onBehalfOf, send } from '../emulator/support.js'

const MCP = 'https://mcp.example.com'

/** An exchange on behalf of Alice, two steps deep. */
export async function callCalendar(emulator: Emulator): Promise<void> {
  await exchange(emulator, onBehalfOf(await mcpToken(emulator)))
}

/** An agent opens the session of a customer, whose app calls an API that calls the next one. */
export async function openSession(emulator: Emulator): Promise<void> {
  const session_transfer_token = await mint(emulator)
  const login = loginRequest({ session_transfer_token, audience: MCP, scope: 'openid tools:call' })
  const tokens = await exchange(emulator, codeGrant(codeOf(await authorize(emulator, login))))
  await exchange(emulator, onBehalfOf(accessToken(tokens)))
  await authorize(emulator, login)
}

/** What goes wrong, in several ways. */
export async function goWrong(emulator: Emulator): Promise<void> {
  await exchange(emulator, custom({ client_secret: 'wrong' }))
  await exchange(emulator, custom({ subject_token: 'invalid', organization: 'acme' }))
  await exchange(emulator, onBehalfOf(await mcpToken(emulator), { audience: 'https://reports.example.com' }))
  await send(emulator, '/.well-known/jwks.json')
  emulator.faults.push({ path: '/oauth/token', status: 503 })
  await emulator.fetch(new Request('https://tenant.example.com/oauth/token', { method: 'POST' }))
}
