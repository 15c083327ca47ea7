import { generateKeyPair } from 'jose'
import { dpopProof } from '../../src/request/dpop.js'
import { createEmulator, type Emulator } from '../../src/emulator/index.js'
import { TokenExchangeClient, noClientAuthentication } from '../../src/index.js'
import { cookieHeader, keep } from '../session/support/browser.js'
import type { Commands } from './commands.js'
import { startRedis, type RedisServer } from './redis-server.js'
import { startWorker, type Worker } from './worker-process.js'

const APP = 'http://127.0.0.1:3000'
export const API_URL = 'https://api.example.com/orders'

/** Two processes of an application, and what they share. */
export interface World {
  readonly redis: RedisServer
  readonly emulator: Emulator
  readonly workers: readonly [Worker, Worker]
  /** A user's token for the API that exchanges it. */
  userToken(user: string): Promise<string>
  /** How often the server was asked for a token on behalf of a user. */
  exchanges(): number
  close(): Promise<void>
}

export async function createWorld(): Promise<World> {
  const redis = await startRedis()
  const emulator = createEmulator({ seed: 'redis' })
  const listening = await emulator.listen()
  const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
  const setup = { redisUrl: redis.url, domain: listening.issuer, secret, app: APP }
  const workers = await Promise.all([startWorker(setup), startWorker(setup)])
  return {
    redis,
    emulator,
    workers,
    async userToken(user) {
      const subject = { subjectToken: `legacy-session:${user}`, subjectTokenType: 'urn:acme:legacy-session' }
      const { accessToken } = await spa(listening.issuer).exchangeToken({
        ...subject,
        audience: 'https://mcp.example.com',
        scope: 'tools:call',
      })
      return accessToken
    },
    exchanges: () => emulator.exchanges({ clientId: 'mcp-server' }).length,
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()))
      await Promise.all([listening.close(), redis.signal('SIGKILL')])
    },
  }
}

function spa(domain: string): TokenExchangeClient {
  return new TokenExchangeClient({ domain, clientId: 'spa', clientAuthentication: noClientAuthentication() })
}

/** A sender whose token is bound to its key: each request of it has a proof of its own. */
export async function createSender(domain: string) {
  const dpop = { keyPair: await generateKeyPair('ES256') }
  const { accessToken } = await spa(domain).exchangeToken({
    subjectToken: 'legacy-session:alice',
    subjectTokenType: 'urn:acme:legacy-session',
    audience: 'https://api.example.com',
    scope: 'read:data',
    dpop,
  })
  return {
    accessToken,
    async request(): Promise<Parameters<Commands['call']>[0]> {
      const proof = await dpopProof(dpop, { method: 'GET', url: API_URL, accessToken, now: Date.now() })
      return { url: API_URL, method: 'GET', headers: { Authorization: `DPoP ${accessToken}`, DPoP: proof } }
    },
  }
}

/** A browser that any process may answer. */
export function createBrowser() {
  const cookies = new Map<string, string>()
  async function visit(worker: Worker, path: string, method: 'GET' | 'POST', form = ''): Promise<string> {
    const headers = {
      Cookie: cookieHeader(cookies),
      ...(method === 'POST' && { Origin: APP, 'Content-Type': 'application/x-www-form-urlencoded' }),
    }
    const answer = await worker.visit({ path, method, headers, ...(method === 'POST' && { body: form }) })
    for (const line of answer.setCookies) keep(cookies, line)
    return `${answer.status} ${answer.text}`.trim()
  }
  return {
    cookies,
    open: (worker: Worker) => visit(worker, '/', 'GET'),
    logIn: (worker: Worker, user: string) => visit(worker, '/migrate', 'POST', `token=legacy-session:${user}`),
    logOut: (worker: Worker) => visit(worker, '/logout', 'POST'),
  }
}
