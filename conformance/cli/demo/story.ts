import { TokenExchangeClient, noClientAuthentication } from '../../../src/index.js'
import type { AccessTokenClaims } from '../../../src/index.js'
import { createEmulator } from '../../../src/emulator/index.js'
import { MCP_API, serveCalendarApi, serveMcpServer } from './apis.js'

/** What happened, without a token in it. */
export interface Story {
  readonly issuer: string
  readonly events: readonly string[]
  /** What the MCP server verified. */
  readonly atMcpServer: AccessTokenClaims
  /** What the calendar API verified. */
  readonly atCalendar: AccessTokenClaims
}

/**
 * A user, a single-page app, an MCP server and a calendar API, over real HTTP on loopback.
 *
 * The app exchanges the user's legacy session for an access token (custom token exchange). The MCP server exchanges
 * that for one that the calendar accepts (on behalf of).
 */
export async function tellStory(): Promise<Story> {
  const emulator = await createEmulator().listen()
  const { issuer } = emulator
  const verified: { mcp?: AccessTokenClaims; calendar?: AccessTokenClaims } = {}
  const calendar = await serveCalendarApi(issuer, (claims) => (verified.calendar = claims))
  const mcp = await serveMcpServer(issuer, calendar.url, (claims) => (verified.mcp = claims))
  try {
    const spa = new TokenExchangeClient({
      domain: issuer,
      clientId: 'spa',
      clientAuthentication: noClientAuthentication(),
    })
    const { accessToken } = await spa.exchangeToken({
      subjectToken: 'legacy-session:alice',
      subjectTokenType: 'urn:acme:legacy-session',
      audience: MCP_API,
      scope: 'tools:call',
    })
    const response = await fetch(`${mcp.url}/tools/next-meeting`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    })
    if (!response.ok || !verified.mcp || !verified.calendar) {
      throw new Error(`the MCP server answered with ${response.status} ${await response.text()}`)
    }
    const { events } = (await response.json()) as { events: readonly string[] }
    return { issuer, events, atMcpServer: verified.mcp, atCalendar: verified.calendar }
  } finally {
    await Promise.all([mcp.close(), calendar.close(), emulator.close()])
  }
}
