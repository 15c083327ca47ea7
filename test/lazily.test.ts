import { generateKeyPair } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
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

describe('an abort while a part is loaded ends the call before its request', () => {
  afterEach(() => {
    vi.doUnmock('../src/tokens/signed-tokens.js')
    vi.doUnmock('../src/flows/cached-exchange.js')
    vi.doUnmock('../src/flows/delegated-fetch.js')
    vi.resetModules()
  })

  /** The package anew, of which loading `part` aborts `controller`. */
  async function clientThatLoads(part: string, controller: AbortController) {
    vi.resetModules()
    vi.doMock(`../src/${part}.js`, async (importOriginal) => {
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
      ...(part === 'flows/cached-exchange' && { cache: createExchangeCache() }),
    })
    return { client, server }
  }

  const CALLS = {
    'tokens/signed-tokens': async (client, signal) =>
      client.exchangeToken({ ...EXCHANGE, dpop: { keyPair: await generateKeyPair('ES256') }, signal }),
    'flows/cached-exchange': (client, signal) => client.exchangeToken({ ...EXCHANGE, cache: true, signal }),
    'flows/delegated-fetch': (client, signal) => {
      const origins = ['https://calendar.example.com']
      const accessToken = { token: 'canary-token', verifiedBy: 'caller' } as const
      const calendar = client.delegatedFetch({ accessToken, audience: 'https://calendar.example.com', origins })
      return calendar('https://calendar.example.com/', { signal })
    },
  } satisfies Record<
    string,
    (client: Awaited<ReturnType<typeof clientThatLoads>>['client'], signal: AbortSignal) => Promise<unknown>
  >

  it.each(Object.entries(CALLS))('%s', async (part, call) => {
    const controller = new AbortController()
    const { client, server } = await clientThatLoads(part, controller)
    expect(await thrownBy(call(client, controller.signal))).toMatchObject({ code: 'aborted' })
    expect(controller.signal.aborted).toBe(true)
    expect(server.tokenRequests).toEqual([])
  })
})
