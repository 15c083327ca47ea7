import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEmulator, type Emulator, type Listening, type TenantConfig } from '../../src/emulator/index.js'
import { TokenExchangeClient, isTokenExchangeError, noClientAuthentication } from '../../src/index.js'
import { createAccessTokenVerifier } from '../../src/verify.js'
import { serveHttp, type HttpServer } from '../../conformance/cli/demo/http-server.js'
import { createCalendarMcp } from './mcp-server.js'
import { createMcpUser, type McpUser } from './mcp-user.js'

const CALENDAR_API = 'https://calendar.example.com'
const SUBJECT_TYPE = 'urn:acme:legacy-session'

/** What came to the calendar. */
interface Call {
  readonly request: string
  readonly user: string | undefined
  readonly actor: string | undefined
}

let emulator: Emulator
let tenant: Listening
let calendar: HttpServer
let mcp: HttpServer
let calls: Call[] = []

beforeAll(async () => {
  let handle: (request: Request) => Promise<Response> = () => Promise.reject(new Error('Too early.'))
  // The tenant names the server by its address, which is known when it listens.
  mcp = await serveHttp((request) => handle(request))
  emulator = createEmulator({ seed: 'mcp', tenant: tenantOf(mcp.url) })
  tenant = await emulator.listen()
  calendar = await serveHttp(calendarApi(tenant.issuer))
  handle = createCalendarMcp({ issuer: tenant.issuer, url: mcp.url, calendarUrl: calendar.url })
})

beforeEach(() => {
  calls = []
})

afterAll(async () => {
  await Promise.all([mcp.close(), calendar.close(), tenant.close()])
})

function tenantOf(url: string): TenantConfig {
  return {
    clients: [
      {
        clientId: 'mcp-client',
        tokenEndpointAuthMethod: 'none',
        callbacks: ['http://127.0.0.1/callback'],
        tokenExchange: { allowAnyProfileOfType: ['custom_authentication'] },
      },
      {
        clientId: 'mcp-server',
        clientSecret: 'mcp-server-secret',
        resourceServerIdentifier: url,
        tokenExchange: { allowAnyProfileOfType: ['on_behalf_of_token_exchange'] },
      },
    ],
    apis: [
      { identifier: url, scopes: ['tools:call', 'tools:list'] },
      { identifier: CALENDAR_API, scopes: ['calendar:read'] },
    ],
    users: [{ userId: 'auth0|alice' }, { userId: 'auth0|bob' }],
    clientGrants: [{ clientId: 'mcp-server', audience: CALENDAR_API, scope: ['calendar:read'] }],
    tokenExchangeProfiles: [
      {
        subjectTokenType: SUBJECT_TYPE,
        action: ({ transaction }, api) => {
          api.authentication.setUserById(transaction.subject_token)
          if (transaction.actor_token !== undefined) api.authentication.setActor({ sub: transaction.actor_token })
        },
      },
    ],
  }
}

/** Lets the MCP server read on behalf of users, and nobody else. */
function calendarApi(domain: string) {
  const verifier = createAccessTokenVerifier({ domain, audience: CALENDAR_API })
  return async (request: Request): Promise<Response> => {
    try {
      const options = { scope: 'calendar:read', actor: { allow: ['mcp-server'] } }
      const { claims, actor } = await verifier.verifyRequest(request, options)
      const sent = JSON.stringify([request.url, [...request.headers], await request.text()])
      calls.push({ request: sent, user: claims.sub, actor: actor.sub })
      return Response.json([`Stand-up of ${claims.sub}`])
    } catch (error) {
      if (!isTokenExchangeError(error)) throw error
      return new Response(null, error.toChallenge())
    }
  }
}

async function userToken(user: string, scope = 'tools:call', agent?: string): Promise<string> {
  const app = new TokenExchangeClient({
    domain: tenant.issuer,
    clientId: 'mcp-client',
    clientAuthentication: noClientAuthentication(),
  })
  const subject = { subjectToken: `auth0|${user}`, subjectTokenType: SUBJECT_TYPE }
  const actor = agent === undefined ? {} : { actorToken: agent, actorTokenType: SUBJECT_TYPE }
  const { accessToken } = await app.exchangeToken({ ...subject, ...actor, audience: mcp.url, scope })
  return accessToken
}

async function connected(token?: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  await client.connect(new StreamableHTTPClientTransport(new URL(`${mcp.url}/mcp`), { requestInit: { headers } }))
  return client
}

const exchanges = () => emulator.requests.filter(({ clientId }) => clientId === 'mcp-server')
const metadataUrl = () => `${mcp.url}/.well-known/oauth-protected-resource`

describe('a client with a token', () => {
  it('makes a hundred calls at once with one exchange, and the calendar sees user and actor', async () => {
    const token = await userToken('alice')
    const client = await connected(token)
    const before = exchanges().length
    const answers = await Promise.all(Array.from({ length: 100 }, () => client.callTool({ name: 'list_events' })))
    expect(new Set(answers.map(({ content }) => JSON.stringify(content)))).toEqual(
      new Set([JSON.stringify([{ type: 'text', text: '["Stand-up of auth0|alice"]' }])]),
    )
    expect(exchanges().length - before).toBe(1)
    expect(calls).toHaveLength(100)
    expect(new Set(calls.map(({ user, actor }) => `${user} by ${actor}`))).toEqual(
      new Set(['auth0|alice by mcp-server']),
    )
    // The token that came in goes no further.
    expect(calls.filter(({ request }) => request.includes(token))).toEqual([])
    await client.close()
  })

  it('gets the calendar of its own user', async () => {
    const clients = await Promise.all(['alice', 'bob'].map(async (user) => connected(await userToken(user))))
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => clients[index % 2]?.callTool({ name: 'list_events' })),
    )
    answers.forEach((answer, index) => {
      expect(JSON.stringify(answer?.content)).toContain(index % 2 === 0 ? 'auth0|alice' : 'auth0|bob')
    })
    await Promise.all(clients.map((client) => client.close()))
  })
})

describe('an agent that acts for the user', () => {
  it('gets the calendar of the user when it may', async () => {
    const client = await connected(await userToken('alice', 'tools:call', 'reports-agent'))
    await client.callTool({ name: 'list_events' })
    expect(calls).toMatchObject([{ user: 'auth0|alice', actor: 'mcp-server' }])
    await client.close()
  })

  it('gets nothing when it may not, and no other token would help', async () => {
    const token = await userToken('alice', 'tools:call', 'stranger')
    await expect(connected(token)).rejects.toMatchObject({ code: 403 })
    const response = await fetch(`${mcp.url}/mcp`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } })
    expect([response.status, response.headers.get('www-authenticate'), calls]).toEqual([403, null, []])
  })
})

describe('a client without a token that is enough', () => {
  it.each<[string, (() => Promise<string>) | undefined, number, string | undefined]>([
    ['no token', undefined, 401, undefined],
    ['a token that is not one', () => Promise.resolve('abc'), 401, 'invalid_token'],
    ['a token without the scope', () => userToken('alice', 'tools:list'), 403, 'insufficient_scope'],
  ])('is told where to get one: %s', async (_, tokenOf, status, code) => {
    const token = await tokenOf?.()
    await expect(connected(token)).rejects.toMatchObject({ code: status })
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
    const response = await fetch(`${mcp.url}/mcp`, { method: 'POST', headers })
    const challenge = response.headers.get('www-authenticate') ?? ''
    expect(response.status).toBe(status)
    expect(challenge).toContain(`resource_metadata="${metadataUrl()}"`)
    expect(/error="(.*?)"/.exec(challenge)?.[1]).toBe(code)
    expect(/scope="(.*?)"/.exec(challenge)?.[1]).toBe('tools:call')
    expect(calls).toEqual([])
  })

  it('finds the authorization server in the metadata, for whatever address it came to', async () => {
    const response = await fetch(metadataUrl(), { headers: { 'X-Forwarded-Host': 'evil.example' } })
    expect(await response.json()).toEqual({
      resource: mcp.url,
      authorization_servers: [tenant.issuer],
      scopes_supported: ['tools:call'],
    })
  })
})

it.each(['GET', 'DELETE'])('%s is not answered: there is nothing to listen to, or to end', async (method) => {
  const response = await fetch(`${mcp.url}/mcp`, { method, headers: { Accept: 'text/event-stream' } })
  expect([response.status, response.headers.get('Allow')]).toEqual([405, 'POST'])
})

describe('the authorization that the SDK does by itself', () => {
  /** Connects as far as an unauthorized client gets, and gives where it sends the user. */
  async function sentTo(user: McpUser): Promise<URL> {
    await expect(user.connect(`${mcp.url}/mcp`)).rejects.toThrow('Unauthorized')
    return user.authorizationUrl()
  }

  it('leads from nothing to a call', async () => {
    const user = createMcpUser('mcp-client')
    expect(Object.fromEntries((await sentTo(user)).searchParams)).toMatchObject({
      client_id: 'mcp-client',
      resource: mcp.url,
      scope: 'tools:call',
      code_challenge_method: 'S256',
    })
    await user.signIn('auth0|bob')
    const client = await user.connect(`${mcp.url}/mcp`)
    expect((await client.callTool({ name: 'list_events' })).content).toEqual([
      { type: 'text', text: '["Stand-up of auth0|bob"]' },
    ])
    expect(calls).toMatchObject([{ user: 'auth0|bob', actor: 'mcp-server' }])
    await client.close()
  })

  it('asks for more when the scope is not enough', async () => {
    const user = createMcpUser('mcp-client', await userToken('alice', 'tools:list'))
    expect((await sentTo(user)).searchParams.get('scope')).toBe('tools:call')
    await user.signIn('auth0|alice')
    const client = await user.connect(`${mcp.url}/mcp`)
    await client.callTool({ name: 'list_events' })
    expect(calls).toMatchObject([{ user: 'auth0|alice' }])
    await client.close()
  })
})
