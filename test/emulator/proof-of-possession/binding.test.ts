import { describe, expect, it } from 'vitest'
import { createEmulator, defaultTenant } from '../../../src/emulator/index.js'
import { createProver } from './dpop-support.js'
import { codeGrant, codeOf, signIn } from '../authorize/login-support.js'
import {
  accessToken,
  claims,
  custom,
  exchange,
  expectFailure,
  onBehalfOf,
  seeded,
  withApi,
  withClient,
  type Parameters,
} from '../support.js'

const prover = await createProver()
const PUBLIC = { client_id: 'spa', client_secret: undefined }

/** Auth0, "Configure sender constraining": what each row of its table says of an API. */
describe('whether a token is issued, and bound', () => {
  const POLICIES = {
    none: { mechanism: 'none' },
    allowed: { mechanism: 'dpop' },
    required: { mechanism: 'dpop', required: true },
    'required for public clients': { mechanism: 'dpop', required: true, requiredFor: 'public_clients' },
  } as const
  const CLIENT_TEXT = 'The client requires proof of possession: the request needs a DPoP header.'
  const API_TEXT = 'The API requires proof of possession: the request needs a DPoP header.'
  const UNBOUND_TEXT = 'The client requires proof of possession, and the API binds no tokens to keys.'

  it.each<[keyof typeof POLICIES, boolean, boolean, string]>([
    ['none', false, false, 'Bearer'],
    ['none', false, true, 'Bearer'],
    ['none', true, false, CLIENT_TEXT],
    ['none', true, true, UNBOUND_TEXT],
    ['allowed', false, false, 'Bearer'],
    ['allowed', false, true, 'DPoP'],
    ['allowed', true, false, CLIENT_TEXT],
    ['allowed', true, true, 'DPoP'],
    ['required', false, false, API_TEXT],
    ['required', false, true, 'DPoP'],
    ['required', true, false, CLIENT_TEXT],
    ['required', true, true, 'DPoP'],
    ['required for public clients', false, false, 'Bearer'],
    ['required for public clients', false, true, 'DPoP'],
  ])('policy %s, client requires it %s, proof is sent %s: %s', async (policy, requires, isSent, expected) => {
    const api = withApi('https://api.example.com', { proofOfPossession: POLICIES[policy] })
    const emulator = seeded({ ...api, ...withClient('web-app', { requireProofOfPossession: requires }) })
    const reply = await exchange(emulator, custom(), isSent ? await prover.prove() : {})
    expect(reply.body['token_type'] ?? reply.body['error_description']).toBe(expected)
    if (reply.status === 200) expect('cnf' in claims(reply)).toBe(expected === 'DPoP')
  })

  it('by an API that requires it of public clients, to such a one', async () => {
    const proofOfPossession = POLICIES['required for public clients']
    const emulator = seeded(withApi('https://api.example.com', { proofOfPossession }))
    expectFailure(await exchange(emulator, custom(PUBLIC)), 400, 'invalid_request', API_TEXT)
  })

  it('by two APIs, of which one binds none', async () => {
    const emulator = seeded(withApi('https://mcp.example.com', { proofOfPossession: POLICIES.none }))
    const audience = ['https://api.example.com', 'https://mcp.example.com']
    expect((await exchange(emulator, custom({ audience }), await prover.prove())).body['token_type']).toBe('Bearer')
  })

  it('for the claims of the user alone', async () => {
    const { defaultAudience: _none, ...tenant } = defaultTenant()
    const emulator = createEmulator({ seed: 'test', tenant })
    const reply = await exchange(emulator, codeGrant(codeOf(await signIn(emulator))), await prover.prove())
    expect(reply.body['token_type']).toBe('DPoP')
  })
})

/** Auth0, "On-Behalf-Of Token Exchange": nonces. */
describe('an exchange on behalf of a user needs a nonce beside its proof', () => {
  const NONCE_TEXT = 'Authorization server requires nonce in DPoP proof'

  async function nextAfter(client: Parameters, isBound: boolean, isProven = true) {
    const emulator = seeded()
    const request = custom({ ...client, audience: 'https://mcp.example.com', scope: 'tools:call' })
    const challenge = await exchange(emulator, request, await prover.prove())
    const claimed = { claims: { nonce: challenge.headers.get('DPoP-Nonce') ?? '' } }
    const first = await exchange(emulator, request, isBound ? await prover.prove(claimed) : {})
    const next = onBehalfOf(accessToken(first))
    const reply = await exchange(emulator, next, isProven ? await prover.prove() : {})
    return {
      reply,
      again: async (nonce: string) => exchange(emulator, next, await prover.prove({ claims: { nonce } })),
    }
  }

  it('where a public client gave it a token that is bound to a key', async () => {
    const { reply, again } = await nextAfter(PUBLIC, true)
    expectFailure(reply, 400, 'use_dpop_nonce', NONCE_TEXT)
    const second = await again(reply.headers.get('DPoP-Nonce') ?? '')
    expect([second.status, second.body['token_type']]).toEqual([200, 'DPoP'])
  })

  it.each<[string, Parameters, boolean, boolean, string]>([
    ['but not without a proof', PUBLIC, true, false, 'Bearer'],
    ['nor for a token that is bound to none', PUBLIC, false, true, 'DPoP'],
    ['nor for one of a client that authenticates', {}, true, true, 'DPoP'],
  ])('%s', async (_rule, client, isBound, isProven, type) => {
    const { reply } = await nextAfter(client, isBound, isProven)
    expect([reply.status, reply.body['token_type']]).toEqual([200, type])
  })
})
