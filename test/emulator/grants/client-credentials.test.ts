import { describe, expect, it } from 'vitest'
import { defaultTenant, type Emulator } from '../../../src/emulator/index.js'
import {
  accessToken,
  claims,
  exchange,
  expectFailure,
  onBehalfOf,
  seeded,
  withApi,
  type Parameters,
} from '../support.js'

const MCP = 'https://mcp.example.com'
const emulator = seeded()

const ask = (overrides: Parameters = {}, server: Emulator = emulator) =>
  exchange(server, {
    grant_type: 'client_credentials',
    client_id: 'reports-agent',
    client_secret: 'reports-agent-secret',
    audience: MCP,
    ...overrides,
  })

describe('client credentials', () => {
  it('are worth a token about the client itself', async () => {
    const reply = await ask()
    expect(reply.body).toEqual({
      access_token: accessToken(reply),
      token_type: 'Bearer',
      expires_in: 86400,
      scope: 'tools:call',
    })
    expect(claims(reply)).toMatchObject({
      sub: 'reports-agent@clients',
      aud: MCP,
      azp: 'reports-agent',
      gty: 'client-credentials',
      scope: 'tools:call',
    })
  })

  it('name no grant type in the RFC 9068 profile', async () => {
    const reply = await ask({}, seeded(withApi(MCP, { tokenDialect: 'rfc9068_profile' })))
    expect(claims(reply)).toMatchObject({ sub: 'reports-agent@clients', client_id: 'reports-agent' })
    expect(claims(reply)).not.toHaveProperty('gty')
  })

  it.each<[string, string | undefined, string, string | undefined]>([
    ['all of the grant when none is asked for', undefined, 'tools:call', 'tools:call'],
    ['those asked for', 'tools:call', 'tools:call', undefined],
    ['those asked for, as far as the grant goes', 'tools:call openid', 'tools:call', 'tools:call'],
  ])('give scopes: %s', async (_name, scope, claim, member) => {
    const reply = await ask({ scope })
    expect([claims(reply)['scope'], reply.body['scope']]).toEqual([claim, member])
    expect(reply.body).not.toHaveProperty('id_token')
  })

  it('need no grant at an API that is open to every client', async () => {
    const open = seeded(withApi('https://api.example.com', { allowClientCredentials: true }))
    const reply = await ask({ audience: 'https://api.example.com' }, open)
    expect(claims(reply)['scope']).toBe('read:data write:data')
  })

  const NO_GRANT = 'The client has no grant for the audience.'

  it.each<[string, Parameters, number, string, string]>([
    [
      'a public client',
      { client_id: 'spa', client_secret: undefined },
      403,
      'unauthorized_client',
      'The grant needs a client that authenticates.',
    ],
    ['no grant', { audience: 'https://api.example.com' }, 403, 'unauthorized_client', NO_GRANT],
    ['a grant for users alone', { audience: 'https://reports.example.com' }, 403, 'unauthorized_client', NO_GRANT],
    ['other scopes alone', { scope: 'reports:read' }, 403, 'access_denied', 'None of the scopes can be granted.'],
    [
      'an unknown audience',
      { audience: 'https://x.example' },
      403,
      'access_denied',
      'Service not enabled within domain: https://x.example',
    ],
  ])('are refused: %s', async (_name, overrides, status, error, text) => {
    expectFailure(await ask(overrides), status, error, text)
  })

  it('are no user: on behalf of them nothing can be exchanged', async () => {
    const text = 'The subject token is invalid or expired.'
    expectFailure(await exchange(emulator, onBehalfOf(accessToken(await ask()))), 401, 'invalid_request', text)
  })

  it('may be granted beside a grant for users', async () => {
    const clientGrants = [
      ...(defaultTenant().clientGrants ?? []),
      { clientId: 'reports-agent', audience: 'https://reports.example.com', scope: [], subjectType: 'client' as const },
    ]
    const reply = await ask({ audience: 'https://reports.example.com' }, seeded({ clientGrants }))
    expect(reply.status).toBe(200)
    expect(claims(reply)).not.toHaveProperty('scope')
  })
})
