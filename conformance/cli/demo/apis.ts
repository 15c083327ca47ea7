import { TokenExchangeClient, TokenExchangeError, clientSecretPost, getCurrentActor } from '../../../src/index.js'
import type { AccessTokenClaims } from '../../../src/index.js'
import { serveHttp, type HttpServer } from './http-server.js'

export const MCP_API = 'https://mcp.example.com'
export const CALENDAR_API = 'https://calendar.example.com'

/** Called with the claims of each token that an API has verified. */
export type OnVerified = (claims: AccessTokenClaims) => void

/** An MCP server's tool: it calls the calendar as the user who called the tool. */
export function serveMcpServer(issuer: string, calendarUrl: string, onVerified: OnVerified): Promise<HttpServer> {
  const client = new TokenExchangeClient({
    domain: issuer,
    clientId: 'mcp-server',
    clientAuthentication: clientSecretPost('mcp-server-secret'),
    audience: MCP_API,
  })
  return serveHttp((request) =>
    answer(async () => {
      const accessToken = await client.verifyAccessToken(bearerToken(request))
      onVerified(accessToken.claims)
      const next = await client.getTokenOnBehalfOf({ accessToken, audience: CALENDAR_API, scope: 'calendar:read' })
      return fetch(`${calendarUrl}/events`, { headers: { Authorization: `Bearer ${next.accessToken}` } })
    }),
  )
}

/** The API behind it: it lets the MCP server act, and nobody else. */
export function serveCalendarApi(issuer: string, onVerified: OnVerified): Promise<HttpServer> {
  const client = new TokenExchangeClient({
    domain: issuer,
    clientId: 'reports-agent',
    clientAuthentication: clientSecretPost('reports-agent-secret'),
    audience: CALENDAR_API,
  })
  return serveHttp((request) =>
    answer(async () => {
      const { claims } = await client.verifyAccessToken(bearerToken(request))
      onVerified(claims)
      if (getCurrentActor(claims) !== 'mcp-server') return new Response('unexpected actor', { status: 403 })
      return Response.json({ owner: claims.sub, events: ['09:00 Stand-up', '14:00 Design review'] })
    }),
  )
}

function bearerToken(request: Request): string {
  return request.headers.get('authorization')?.replace(/^bearer /i, '') ?? ''
}

async function answer(handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle()
  } catch (error) {
    if (!(error instanceof TokenExchangeError)) throw error
    const { status, headers } = error.toChallenge()
    return new Response(error.code, { status, headers })
  }
}
