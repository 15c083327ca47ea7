import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { TokenExchangeClient, clientSecretPost, isTokenExchangeError } from '../../src/index.js'
import type { VerifiedAccessToken } from '../../src/index.js'
import { createExchangeCache } from '../../src/cache.js'
import { createAccessTokenVerifier } from '../../src/verify.js'

/** Where this server is, and what it calls. */
export interface CalendarMcpOptions {
  /** The tenant's. */
  readonly domain: string
  /** This server, as the tenant knows it: the identifier of an API. */
  readonly audience: string
  /** The origin of the API behind it. */
  readonly calendarUrl: string
}

const RESOURCE_METADATA = '/.well-known/oauth-protected-resource'

/** An MCP server over HTTP, with a tool that reads the calendar of the user who calls it. */
export function createCalendarMcp({ domain, audience, calendarUrl }: CalendarMcpOptions) {
  const verifier = createAccessTokenVerifier({ domain, audience })
  const client = new TokenExchangeClient({
    domain,
    clientId: 'mcp-server',
    clientAuthentication: clientSecretPost(process.env['CLIENT_SECRET'] ?? 'mcp-server-secret'),
    audience,
    cache: createExchangeCache(),
  })

  function toolsFor(accessToken: VerifiedAccessToken): McpServer {
    const server = new McpServer({ name: 'calendar', version: '1.0.0' })
    server.registerTool('list_events', { description: 'What is in your calendar today.' }, async ({ signal }) => {
      const calendarFetch = client.delegatedFetch({
        accessToken,
        audience: 'https://calendar.example.com',
        scope: 'calendar:read',
        origins: [calendarUrl],
      })
      const response = await calendarFetch(`${calendarUrl}/events`, { signal })
      return { content: [{ type: 'text', text: await response.text() }], isError: !response.ok }
    })
    return server
  }

  return async (request: Request): Promise<Response> => {
    const { origin, pathname } = new URL(request.url)
    if (pathname === RESOURCE_METADATA) {
      return Response.json({ resource: audience, authorization_servers: [domain], scopes_supported: ['tools:call'] })
    }
    try {
      const accessToken = await verifier.verifyRequest(request, { scope: 'tools:call' })
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
      await toolsFor(accessToken).connect(transport)
      return await transport.handleRequest(request)
    } catch (error) {
      if (!isTokenExchangeError(error)) throw error
      return new Response(null, error.toChallenge({ resourceMetadata: `${origin}${RESOURCE_METADATA}` }))
    }
  }
}
