import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SESSION_TRANSFER_TOKEN_TYPE } from '../../src/index.js'
import type {
  AccessTokenOptions,
  CookieSessionConfig,
  CustomLoginOptions,
  InteractiveLoginOptions,
  LogoutOptions,
  SessionClient,
  SessionTransferRequest,
  StoreSessionConfig,
} from '../../src/session/index.js'
import { TOKEN_RESPONSE } from '../support/scripted-server.js'
import { row, type Row } from '../support/undefined-members.js'
import { createBrowser, type Browser } from './support/browser.js'
import { APP, START, SUBJECT, begin, createWorld, signIn, whoIs, type World } from './support/world.js'

const STT = { ...TOKEN_RESPONSE, issued_token_type: SESSION_TRANSFER_TOKEN_TYPE, token_type: 'N_A' }
const PAGE = { method: 'POST', headers: { Origin: APP } }

let world: World
let browser: Browser
beforeEach(() => {
  vi.spyOn(Date, 'now').mockReturnValue(START)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** What the token endpoint was sent, without the parts that no two requests share. */
function sent(): unknown {
  return world.tenant.tokenRequests.map(({ url, form, headers }) => {
    return {
      url,
      headers: [...headers],
      form: form.map(([name, value]) => [name, name === 'actor_token' ? '' : value]),
    }
  })
}

/** A login, and what the browser was told, but for what is encrypted. */
async function login(sessions: SessionClient): Promise<unknown> {
  const { user } = await signIn(sessions, browser)
  const cookies = browser.setCookies.map((line) => line.replace(/=[^;]*/, ''))
  const url = await begin(sessions, browser)
  return [user, await whoIs(sessions, browser), cookies, url.searchParams.get('redirect_uri'), sent()]
}

const CLIENT_MEMBERS = {
  dpop: undefined,
  allowedTargets: undefined,
  onEvent: undefined,
  fetch: undefined,
  timeoutMs: undefined,
  now: undefined,
  callbackPath: undefined,
  lifetimeSeconds: undefined,
  cookieName: undefined,
  storeTimeoutMs: undefined,
} as const

const ROWS: readonly Row[] = [
  row<CookieSessionConfig>('a SessionClient with cookies', { ...CLIENT_MEMBERS, store: undefined }, (members) =>
    login(world.sessions(members)),
  ),
  row<StoreSessionConfig>('a SessionClient with a store', CLIENT_MEMBERS, (members) =>
    login(world.sessions({ store: new Map<string, string>(), ...members })),
  ),
  row<CustomLoginOptions>(
    'loginWithCustomTokenExchange',
    {
      actorToken: undefined,
      actorTokenType: undefined,
      scope: undefined,
      organization: undefined,
      extra: undefined,
      audience: undefined,
      forwardedFor: undefined,
      signal: undefined,
      timeoutMs: undefined,
    },
    async (members) => [await signIn(world.sessions(), browser, members), sent()],
  ),
  row<InteractiveLoginOptions>(
    'startInteractiveLogin',
    { returnTo: undefined, scope: undefined, audience: undefined, organization: undefined },
    async (members) => {
      const path = '/login?session_transfer_token=canary-stt&organization=org_1'
      const { searchParams } = await begin(world.sessions(), browser, members, path)
      for (const name of ['state', 'nonce', 'code_challenge']) searchParams.delete(name)
      return [...searchParams]
    },
  ),
  row<AccessTokenOptions>('getAccessToken', { audience: undefined, scope: undefined }, async (members) => {
    const sessions = world.sessions()
    world.answerWith({}, { refresh_token: 'canary-refresh', expires_in: 1 })
    await signIn(sessions, browser, { audience: 'https://api.example.com' })
    world.now += 60_000
    world.answerWith({}, { access_token: await world.tenant.sign({ aud: 'https://api.example.com' }) })
    const { expiresAt } = await browser.visit('/', (store) => sessions.getAccessToken(members, store))
    return [expiresAt, sent()]
  }),
  row<SessionTransferRequest>(
    'requestSessionTransferToken',
    {
      actorToken: undefined,
      actorTokenType: undefined,
      scope: undefined,
      organization: undefined,
      extra: undefined,
      forwardedFor: undefined,
      targetLoginUrl: undefined,
      signal: undefined,
      timeoutMs: undefined,
    },
    async (members) => {
      const sessions = world.sessions()
      await signIn(sessions, browser)
      world.tenant.answer = () => Response.json(STT)
      const mint = browser.visit(
        '/support',
        (store) => sessions.requestSessionTransferToken({ ...SUBJECT, ...members }, store),
        PAGE,
      )
      return [await mint, sent()]
    },
  ),
  row<LogoutOptions>('logout', { returnTo: undefined }, (members) =>
    browser.visit('/logout', (store) => world.sessions().logout(members, store)),
  ),
]

it.each(ROWS)('%s takes undefined for nothing', async (_call, members, act) => {
  const outcomes: unknown[] = []
  for (const given of [{}, members]) {
    world = await createWorld()
    browser = createBrowser()
    vi.stubGlobal('fetch', world.tenant.fetch)
    outcomes.push(await act(given))
  }
  expect(outcomes[1]).toStrictEqual(outcomes[0])
})
