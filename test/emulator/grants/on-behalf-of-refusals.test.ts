import { describe, expect, it } from 'vitest'
import { createEmulator, defaultTenant, type Emulator, type TenantConfig } from '../../../src/emulator/index.js'
import { custom, exchange, expectFailure, mcpToken, member, onBehalfOf, seeded, type Parameters } from '../support.js'

describe('a subject token is refused with 401', () => {
  const refuse = async (token: string, emulator: Emulator = seeded()) => {
    const reply = await exchange(emulator, onBehalfOf(token))
    expectFailure(reply, 401, 'invalid_request', 'The subject token is invalid or expired.')
  }

  it.each<[string, () => Promise<string> | string]>([
    ['not a token', () => 'canary'],
    ['signed with another key', () => mcpToken(createEmulator())],
    ['of another issuer', () => mcpToken(createEmulator({ seed: 1, issuer: 'https://other.example.com' }))],
    ['for another API', () => mcpToken(seeded(), { audience: 'https://api.example.com' })],
    ['changed', async () => (await mcpToken(seeded())).replace(/\.[^.]/, (start) => (start === '.e' ? '.f' : '.e'))],
  ])('%s', async (_name, token) => {
    await refuse(await token())
  })

  it('expired', async () => {
    let now = Date.now()
    const emulator = seeded({}, () => now)
    const token = await mcpToken(emulator)
    now += 86400 * 1000
    await refuse(token, emulator)
  })

  it('an ID token, even when the API and the client have the same name', async () => {
    const clients = defaultTenant().clients.map((client) =>
      client.clientId === 'mcp-server' ? { ...client, resourceServerIdentifier: 'spa' } : client,
    )
    const emulator = seeded({ clients })
    const reply = await exchange(emulator, custom({ client_id: 'spa', client_secret: undefined, scope: 'openid' }))
    await refuse(member(reply, 'id_token'), emulator)
  })

  it.each<[string, Partial<TenantConfig>, Parameters]>([
    ['whose user is gone', { users: [{ userId: 'auth0|bob' }] }, {}],
    ['whose user is blocked', { users: [{ userId: 'auth0|alice', blocked: true }] }, {}],
    ['whose organization is gone', { organizations: [] }, { organization: 'acme' }],
    [
      'whose user left the organization',
      { organizations: [{ id: 'org_abc1234', members: [] }] },
      { organization: 'acme' },
    ],
  ])('%s', async (_name, overrides, parameters) => {
    await refuse(await mcpToken(seeded(), parameters), seeded(overrides))
  })

  it('but not one for several APIs of which this is one', async () => {
    const emulator = seeded()
    const token = await mcpToken(emulator, { audience: ['https://api.example.com', 'https://mcp.example.com'] })
    expect(await exchange(emulator, onBehalfOf(token))).toMatchObject({ status: 200 })
  })
})

describe('refusals', () => {
  const PAIR = 'actor_token and actor_token_type must be provided together.'

  it.each<[string, Parameters, number, string, string]>([
    ['an actor token alone', { actor_token: 'x' }, 400, 'invalid_request', PAIR],
    ['an actor token type alone', { actor_token_type: 'urn:a:b' }, 400, 'invalid_request', PAIR],
    ['no audience', { audience: undefined }, 400, 'invalid_request', 'Missing required parameter: audience'],
    [
      'a resource in place of the audience',
      { audience: undefined, resource: 'https://calendar.example.com' },
      400,
      'invalid_request',
      'Missing required parameter: audience',
    ],
    [
      'no subject token',
      { subject_token: undefined },
      400,
      'invalid_request',
      'Missing required parameter: subject_token',
    ],
    [
      'two audiences',
      { audience: ['https://calendar.example.com', 'https://api.example.com'] },
      400,
      'invalid_request',
      'On-behalf-of token exchange takes one audience.',
    ],
    [
      'an unknown audience',
      { audience: 'https://unknown.example' },
      403,
      'access_denied',
      'Service not enabled within domain: https://unknown.example',
    ],
    [
      'an audience without a client grant',
      { audience: 'https://reports.example.com' },
      403,
      'unauthorized_client',
      'The client has no grant for the audience.',
    ],
    [
      'a client without the flag',
      { client_id: 'web-app', client_secret: 'web-app-secret' },
      403,
      'unauthorized_client',
      'The client is not allowed to use on-behalf-of token exchange.',
    ],
  ])('%s', async (_name, overrides, status, error, description) => {
    const emulator = seeded()
    expectFailure(await exchange(emulator, onBehalfOf(await mcpToken(emulator), overrides)), status, error, description)
  })

  it.each([
    ['public', { clientId: 'x', resourceServerIdentifier: 'https://mcp.example.com' }, 'that authenticates'],
    ['not an API', { clientId: 'x', clientSecret: 'secret' }, 'that is an API'],
  ])('a client that is %s', async (_name, client, text) => {
    const tokenExchange = { allowAnyProfileOfType: ['on_behalf_of_token_exchange'] as const }
    const emulator = seeded({ clients: [...defaultTenant().clients, { ...client, tokenExchange }] })
    const secret = 'clientSecret' in client ? client.clientSecret : undefined
    const parameters = onBehalfOf(await mcpToken(emulator), { client_id: 'x', client_secret: secret })
    const description = `On-behalf-of token exchange needs a client ${text}.`
    expectFailure(await exchange(emulator, parameters), 403, 'unauthorized_client', description)
  })
})
