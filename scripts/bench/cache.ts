import { createExchangeCache } from '../../src/cache.js'
import { TokenExchangeClient, clientSecretPost } from '../../src/index.js'
import { createEmulator } from '../../src/emulator/index.js'
import { median, type Measurement } from './measurement.js'

/** An on-behalf-of call that the in-process cache answers, with a verified token as in a request handler. */
export async function measureCache(): Promise<Measurement[]> {
  const emulator = createEmulator({ seed: 'bench' })
  let posts = 0
  const client = new TokenExchangeClient({
    domain: emulator.issuer,
    clientId: 'mcp-server',
    clientAuthentication: clientSecretPost('mcp-server-secret'),
    audience: 'https://mcp.example.com',
    cache: createExchangeCache(),
    fetch: (url, init) => {
      if (init.method === 'POST') posts++
      return emulator.fetch(new Request(url, init))
    },
  })
  const { accessToken: incoming } = await client.exchangeToken({
    subjectToken: 'legacy-session:alice',
    subjectTokenType: 'urn:acme:legacy-session',
    audience: 'https://mcp.example.com',
  })
  const accessToken = await client.verifyAccessToken(incoming)
  const options = { accessToken, audience: 'https://calendar.example.com', scope: 'calendar:read' }
  posts = 0
  await Promise.all(Array.from({ length: 100 }, () => client.getTokenOnBehalfOf(options)))
  const shared = posts
  const times: number[] = []
  for (let call = -2000; call < 20_000; call++) {
    const start = performance.now()
    await client.getTokenOnBehalfOf(options)
    if (call >= 0) times.push(performance.now() - start)
  }
  return [
    { name: 'on behalf of, from the cache, median', value: median(times) * 1000, unit: 'µs', reach: '<= 15' },
    { name: 'requests for 100 equal calls in flight', value: shared, unit: 'requests', reach: '1' },
  ]
}
