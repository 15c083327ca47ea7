import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createEmulator, defaultTenant, type Emulator, type Listening } from '../../src/emulator/index.js'
import { TokenExchangeClient, isTokenExchangeError, noClientAuthentication } from '../../src/index.js'
import { createAccessTokenVerifier } from '../../src/verify.js'
import { serveHttp, type HttpServer } from '../../conformance/cli/demo/http-server.js'
import { createCalendarMcp } from './mcp-server.js'

const MCP_API = 'https://mcp.example.com'
const CALENDAR_API = 'https://calendar.example.com'

/** What came to the calendar. */
interface Call {
  readonly header: string
  readonly user: string | undefined
  readonly actor: string | undefined
}

let emulator: Emulator
let tenant: Listening
let calendar: HttpServer
let mcp: HttpServer
let calls: Call[] = []

beforeAll(async () => {
  const base = defaultTenant()
  const apis = base.apis.map((api) =>
    api.identifier === MCP_API ? { ...api, scopes: ['tools:call', 'tools:list'] } : api,
  )
  emulator = createEmulator({ seed: 'mcp', tenant: { ...base, apis } })
  tenant = await emulator.listen()
  calendar = await serveHttp(calendarApi(tenant.issuer))
  mcp = await serveHttp(createCalendarMcp({ domain: tenant.issuer, audience: MCP_API, calendarUrl: calendar.url }))
})

beforeEach(() => {
  calls = []
})

afterAll(async () => {
  await Promise.all([mcp.close(), calendar.close(), tenant.close()])
})

/** Lets the MCP server read on behalf of users, and nobody else. */
function calendarApi(domain: string) {
  const verifier = createAccessTokenVerifier({ domain, audience: CALENDAR_API })
  return async (request: Request): Promise<Response> => {
    try {
      const options = { scope: 'calendar:read', actor: { allow: ['mcp-server'] } }
      const { claims, actor } = await verifier.verifyRequest(request, options)
      calls.push({ header: request.headers.get('authorization') ?? '', user: claims.sub, actor: actor.sub })
      return Response.json([`Stand-up of ${claims.sub}`])
    } catch (error) {
      if (!isTokenExchangeError(error)) throw error
      return new Response(null, error.toChallenge())
    }
  }
}

async function userToken(user: string, scope = 'tools:call'): Promise<string> {
  const app = new TokenExchangeClient({
    domain: tenant.issuer,
    clientId: 'spa',
    clientAuthentication: noClientAuthentication(),
  })
  const { accessToken } = await app.exchangeToken({
    subjectToken: `legacy-session:${user}`,
    subjectTokenType: 'urn:acme:legacy-session',
    audience: MCP_API,
    scope,
  })
  return accessToken
}

async function connected(token?: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  await client.connect(new StreamableHTTPClientTransport(new URL(`${mcp.url}/mcp`), { requestInit: { headers } }))
  return client
}

const exchanges = () => emulator.requests.filter(({ clientId }) => clientId === 'mcp-server')

it('a hundred parallel calls of one user share one exchange, and the calendar sees user and actor', async () => {
  const token = await userToken('alice')
  const client = await connected(token)
  const before = exchanges().length
  const answers = await Promise.all(Array.from({ length: 100 }, () => client.callTool({ name: 'list_events' })))
  expect(new Set(answers.map(({ content }) => JSON.stringify(content)))).toEqual(
    new Set([JSON.stringify([{ type: 'text', text: '["Stand-up of auth0|alice"]' }])]),
  )
  expect(exchanges().length - before).toBe(1)
  expect(calls).toHaveLength(100)
  expect(new Set(calls.map(({ user, actor }) => `${user} by ${actor}`))).toEqual(new Set(['auth0|alice by mcp-server']))
  // The token that came in goes no further.
  expect(calls.filter(({ header }) => header.includes(token))).toEqual([])
  await client.close()
})

it('users who call at the same time get each their own calendar', async () => {
  const clients = await Promise.all(['alice', 'bob'].map(async (user) => connected(await userToken(user))))
  const answers = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => clients[index % 2]?.callTool({ name: 'list_events' })),
  )
  answers.forEach((answer, index) => {
    expect(JSON.stringify(answer?.content)).toContain(index % 2 === 0 ? 'auth0|alice' : 'auth0|bob')
  })
  await Promise.all(clients.map((client) => client.close()))
})

it.each([
  ['no token', undefined, 401, undefined],
  ['a token that is not one', 'abc', 401, 'invalid_token'],
] as const)('%s: the client is told where to get one', async (_, token, status, error) => {
  await expect(connected(token)).rejects.toMatchObject({ code: status })
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  const response = await fetch(`${mcp.url}/mcp`, { method: 'POST', headers })
  const challenge = response.headers.get('www-authenticate') ?? ''
  expect(response.status).toBe(status)
  expect(challenge).toContain(`resource_metadata="${mcp.url}/.well-known/oauth-protected-resource"`)
  expect(/error="(.*?)"/.exec(challenge)?.[1]).toBe(error)
  expect(calls).toEqual([])
})

it('a token without the scope reaches the client as a 403 that names the scope and the metadata', async () => {
  const token = await userToken('alice', 'tools:list')
  await expect(connected(token)).rejects.toMatchObject({ code: 403 })
  const response = await fetch(`${mcp.url}/mcp`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } })
  expect(response.status).toBe(403)
  const challenge = response.headers.get('www-authenticate') ?? ''
  expect(challenge).toContain('error="insufficient_scope"')
  expect(challenge).toContain('scope="tools:call"')
  expect(challenge).toContain(`resource_metadata="${mcp.url}/.well-known/oauth-protected-resource"`)
})

it('the metadata of the resource names the authorization server', async () => {
  const response = await fetch(`${mcp.url}/.well-known/oauth-protected-resource`)
  expect(await response.json()).toMatchObject({ resource: MCP_API, authorization_servers: [tenant.issuer] })
})
