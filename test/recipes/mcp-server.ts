import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { TokenExchangeClient, clientSecretPost, isTokenExchangeError } from 'onbehalf'
import type { VerifiedAccessToken } from 'onbehalf'
import { createExchangeCache } from 'onbehalf/cache'
import { createAccessTokenVerifier } from 'onbehalf/verify'

/** Where this server is, and what it calls. */
export interface CalendarMcpOptions {
  /** The tenant's, such as `https://tenant.example.com/`. */
  readonly issuer: string
  /** Where clients reach this server; the tenant has an API with this identifier. */
  readonly url: string
  /** The origin of the API behind it. */
  readonly calendarUrl: string
}

/** An MCP server over HTTP, with a tool that reads the calendar of the user who calls it. */
export function createCalendarMcp({ issuer, url, calendarUrl }: CalendarMcpOptions) {
  const { pathname } = new URL(url)
  const metadataUrl = new URL(`/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}`, url)
  const metadata = { resource: url, authorization_servers: [issuer], scopes_supported: ['tools:call'] }
  const verifier = createAccessTokenVerifier({ domain: issuer, audience: url, dpop: { publicUrl: metadataUrl.origin } })
  const client = new TokenExchangeClient({
    domain: issuer,
    clientId: 'mcp-server',
    clientAuthentication: clientSecretPost(process.env['CLIENT_SECRET'] ?? 'mcp-server-secret'),
    audience: url,
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
    if (new URL(request.url).pathname === metadataUrl.pathname) return Response.json(metadata)
    // Each request has a server of its own, so there is nothing to listen to with GET.
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { Allow: 'POST' } })
    try {
      const accessToken = await verifier.verifyRequest(request, {
        scope: 'tools:call',
        // The user in person, or this agent for the user.
        actor: { actor: 'optional', allow: ['reports-agent'] },
      })
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
      await toolsFor(accessToken).connect(transport)
      return await transport.handleRequest(request)
    } catch (error) {
      if (!isTokenExchangeError(error)) throw error
      return new Response(null, error.toChallenge({ resourceMetadata: metadataUrl.href }))
    }
  }
}
