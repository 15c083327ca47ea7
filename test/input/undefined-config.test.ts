import { decodeJwt, decodeProtectedHeader, generateKeyPair } from 'jose'
import { expect, it } from 'vitest'
import { createExchangeCache, type MemoryCacheOptions, type StoreCacheOptions } from '../../src/cache.js'
import { createEmulator } from '../../src/emulator/index.js'
import {
  TOKEN_EXCHANGE_GRANT_TYPE,
  clientSecretPost,
  privateKeyJwt,
  type ClientAuthentication,
  type ClientCredentials,
  type DPoPOptions,
  type PrivateKeyJwtOptions,
  type RetryPolicy,
  type TokenExchangeClientConfig,
} from '../../src/index.js'
import { createNodeFetch, type NodeFetchOptions } from '../../src/node.js'
import { createTokenEndpointClient, type TokenEndpointClientConfig } from '../../src/token-endpoint.js'
import { EXCHANGE, thrownBy } from '../support/scripted-server.js'
import { stillWorld } from '../support/still-world.js'
import { row, type Row } from '../support/undefined-members.js'

const world = stillWorld()
const NEXT = {
  accessToken: { token: 'canary-subject-token', verifiedBy: 'caller' },
  audience: 'https://next.example.com',
} as const
const KEYS = { secrets: new Uint8Array(32).fill(7) }
const STORE = { get: () => undefined, set: () => true, delete: () => true }
const ASSERTING = await generateKeyPair('ES256')

const ROWS: readonly Row[] = [
  row<TokenExchangeClientConfig>(
    'a TokenExchangeClient',
    {
      audience: undefined,
      cache: undefined,
      dpop: undefined,
      retry: undefined,
      allowedTargets: undefined,
      onEvent: undefined,
      fetch: undefined,
      timeoutMs: undefined,
      now: undefined,
    },
    (members) => world.outcome(world.clientOf(members).exchangeToken(EXCHANGE)),
  ),
  row<TokenEndpointClientConfig>(
    'a client of the token endpoint',
    { fetch: undefined, timeoutMs: undefined },
    async (members) => {
      const raw = createTokenEndpointClient({ domain: 'tenant.example.com', ...members })
      const body = { grant_type: TOKEN_EXCHANGE_GRANT_TYPE, subject_token: 'a', subject_token_type: 'urn:b' } as const
      return world.outcome(raw.POST('/oauth/token', { body }).then(({ data }) => data))
    },
  ),
  row<DPoPOptions>('dpop', { allowBearer: undefined }, async (members) => {
    const dpop = { keyPair: await generateKeyPair('ES256'), ...members }
    return thrownBy(world.clientOf({ dpop }).exchangeToken(EXCHANGE))
  }),
  row<RetryPolicy>('retry', { totalTimeoutMs: undefined, firstDelayMs: undefined }, (members) => {
    world.failOnce()
    return world.outcome(world.clientOf({ retry: { attempts: 1, ...members } }).exchangeToken(EXCHANGE))
  }),
  row<ClientAuthentication>('a client authentication', { usesCertificate: undefined }, (members) => {
    const clientAuthentication = { ...clientSecretPost('canary-client-secret'), ...members }
    return world.outcome(world.clientOf({ clientAuthentication }).exchangeToken(EXCHANGE))
  }),
  row<ClientCredentials>('its credentials', { parameters: undefined, authorization: undefined }, (members) => {
    const clientAuthentication = { method: 'none', authenticate: () => members }
    return world.outcome(world.clientOf({ clientAuthentication }).exchangeToken(EXCHANGE))
  }),
  row<PrivateKeyJwtOptions>(
    'privateKeyJwt',
    { kid: undefined, lifetimeSeconds: undefined, now: undefined },
    async (members) => {
      const clientAuthentication = privateKeyJwt(ASSERTING.privateKey, { alg: 'ES256', ...members })
      await world.clientOf({ clientAuthentication }).exchangeToken(EXCHANGE)
      const assertion = new URLSearchParams(world.tenant.tokenRequests[0]?.body).get('client_assertion') ?? ''
      return [decodeProtectedHeader(assertion), { ...decodeJwt(assertion), jti: '' }]
    },
  ),
  row<MemoryCacheOptions>(
    'a cache in memory',
    {
      expirySkewSeconds: undefined,
      maxEntries: undefined,
      store: undefined,
      keys: undefined,
      storeTimeoutMs: undefined,
      storeCooldownMs: undefined,
    },
    async (members) => {
      const client = world.clientOf({ cache: createExchangeCache(members) })
      return [
        await world.outcome(client.getTokenOnBehalfOf(NEXT)),
        await world.outcome(client.getTokenOnBehalfOf(NEXT)),
      ]
    },
  ),
  row<StoreCacheOptions>(
    'a cache in a store',
    { expirySkewSeconds: undefined, maxEntries: undefined, storeTimeoutMs: undefined, storeCooldownMs: undefined },
    (members) => {
      const cache = createExchangeCache({ store: STORE, keys: KEYS, ...members })
      return world.outcome(world.clientOf({ cache }).getTokenOnBehalfOf(NEXT))
    },
  ),
  row<NodeFetchOptions>('a fetch for Node', { dispatcher: undefined }, async (members) => {
    const { url, close } = await createEmulator().listen()
    const { status } = await createNodeFetch(members)(`${url}/.well-known/openid-configuration`, {})
    await close()
    return status
  }),
]

it.each(ROWS)('%s takes undefined for nothing', async (_call, members, act) => {
  const without = await act({})
  await world.begin()
  expect(await act(members)).toStrictEqual(without)
})
