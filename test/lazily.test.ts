import { generateKeyPair } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { REFRESH_TOKEN_TYPE } from '../src/index.js'
import { lazily } from '../src/lazily.js'
import { EXCHANGE, TOKEN_RESPONSE, scriptedServer, thrownBy } from './support/scripted-server.js'

describe('a part that is loaded later', () => {
  it('is loaded once, however many ask for it meanwhile, and then given at once', async () => {
    const load = vi.fn(() => Promise.resolve('part'))
    const get = lazily(load)
    expect(load).not.toHaveBeenCalled()
    expect(await Promise.all([get(), get()])).toEqual(['part', 'part'])
    expect(get()).toBe('part')
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('is asked for anew after a load that failed', async () => {
    const load = vi.fn(() => Promise.resolve('part')).mockRejectedValueOnce(new Error('no such chunk'))
    const get = lazily(load)
    await expect(get()).rejects.toThrow('no such chunk')
    expect(await get()).toBe('part')
  })
})

describe('an abort while the rest is loaded ends the call before its request', () => {
  afterEach(() => {
    vi.doUnmock('../src/later.js')
    vi.resetModules()
  })

  /** The package anew; loading its later part aborts `controller`. */
  async function clientThatLoads(controller: AbortController) {
    vi.resetModules()
    vi.doMock('../src/later.js', async (importOriginal) => {
      controller.abort()
      return importOriginal()
    })
    const { TokenExchangeClient, clientSecretPost } = await import('../src/index.js')
    const { createExchangeCache } = await import('../src/cache.js')
    const server = scriptedServer(() => Response.json({ ...TOKEN_RESPONSE, token_type: 'DPoP' }))
    const client = new TokenExchangeClient({
      domain: 'tenant.example.com',
      clientId: 'web-app',
      clientAuthentication: clientSecretPost('secret'),
      fetch: server.fetch,
      cache: createExchangeCache(),
    })
    return { client, server }
  }

  const accessToken = { token: 'canary-token', verifiedBy: 'caller' } as const
  const audience = 'https://calendar.example.com'
  const CALLS = {
    'exchangeToken with a proof': async (client, signal) =>
      client.exchangeToken({ ...EXCHANGE, dpop: { keyPair: await generateKeyPair('ES256') }, signal }),
    'exchangeToken with a cache': (client, signal) => client.exchangeToken({ ...EXCHANGE, cache: true, signal }),
    getTokenOnBehalfOf: (client, signal) => client.getTokenOnBehalfOf({ accessToken, audience, signal }),
    requestSessionTransferToken: (client, signal) =>
      client.requestSessionTransferToken({
        ...EXCHANGE,
        actorToken: 'canary-actor',
        actorTokenType: 'urn:x:a',
        signal,
      }),
    getTokenForConnection: (client, signal) =>
      client.getTokenForConnection({
        subjectToken: 'canary-refresh',
        subjectTokenType: REFRESH_TOKEN_TYPE,
        connection: 'google-oauth2',
        signal,
      }),
    getUserInfo: (client, signal) => client.getUserInfo({ accessToken: 'canary-token', signal }),
    delegatedFetch: (client, signal) => {
      const calendar = client.delegatedFetch({ accessToken, audience, origins: [audience] })
      return calendar(`${audience}/`, { signal })
    },
  } satisfies Record<
    string,
    (client: Awaited<ReturnType<typeof clientThatLoads>>['client'], signal: AbortSignal) => Promise<unknown>
  >

  it.each(Object.entries(CALLS))('%s', async (_name, call) => {
    const controller = new AbortController()
    const { client, server } = await clientThatLoads(controller)
    expect(await thrownBy(call(client, controller.signal))).toMatchObject({ code: 'aborted' })
    expect(controller.signal.aborted).toBe(true)
    expect(server.tokenRequests).toEqual([])
  })
})
