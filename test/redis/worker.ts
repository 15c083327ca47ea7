import { createExchangeCache } from '../../src/cache.js'
import { TokenExchangeClient, clientSecretPost, isTokenExchangeError } from '../../src/index.js'
import { SessionClient } from '../../src/session/index.js'
import { createAccessTokenVerifier } from '../../src/verify.js'
import { connectRedis } from '../recipes/redis.js'
import { createHonoApp } from '../recipes/session-hono.js'
import type { Commands, Envelope, Setup } from './commands.js'

// A process of an application: what it is told to do, it does with what it has of onbehalf.
const { redisUrl, domain, secret, app } = JSON.parse(process.argv[2] ?? '') as Setup
const secrets = Buffer.from(secret, 'base64url')
const redis = await connectRedis(redisUrl, () => undefined)

let cache: string | undefined
const client = new TokenExchangeClient({
  domain,
  clientId: 'mcp-server',
  clientAuthentication: clientSecretPost('mcp-server-secret'),
  audience: 'https://mcp.example.com',
  cache: createExchangeCache({ store: redis.store, keys: { secrets }, storeCooldownMs: 0 }),
  onEvent: (event) => {
    cache = event.cache
  },
})
const sessions = new SessionClient({
  domain,
  clientId: 'web-app',
  clientAuthentication: clientSecretPost('web-app-secret'),
  appBaseUrl: app,
  secrets,
  store: redis.store,
})
const site = createHonoApp(sessions)
const verifier = createAccessTokenVerifier({
  domain,
  audience: 'https://api.example.com',
  dpop: { mode: 'required', replayStore: redis.replayStore },
})

const commands: Commands = {
  async exchange(token) {
    const { accessToken } = await client.getTokenOnBehalfOf({
      accessToken: { token, verifiedBy: 'caller' },
      audience: 'https://calendar.example.com',
      scope: 'calendar:read',
    })
    return { accessToken, cache }
  },

  async visit({ path, ...init }) {
    const response = await site.fetch(new Request(new URL(path, app), init))
    return { status: response.status, text: await response.text(), setCookies: response.headers.getSetCookie() }
  },

  async call({ url, ...init }) {
    try {
      const { claims } = await verifier.verifyRequest(new Request(url, init))
      return { user: claims.sub ?? '' }
    } catch (error) {
      if (!isTokenExchangeError(error)) throw error
      return { code: error.code, reason: error.reason, status: error.status }
    }
  },
}

process.on('message', ({ id, name, input }: Envelope) => {
  const command = commands[name] as (input: unknown) => Promise<unknown>
  void command(input).then(
    (answer) => process.send?.({ id, answer }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
