import { expect, it } from 'vitest'
import type { SessionClient, StoreOptions } from '../../src/session/index.js'
import { thrownBy } from '../support/scripted-server.js'
import { cookieHeader, createBrowser } from './support/browser.js'
import { APP, createWorld, SUBJECT, signIn } from './support/world.js'

const world = await createWorld()
const sessions = world.sessions()
const request = new Request(`${APP}/`, { method: 'POST', headers: { Origin: APP } })

type Call = (client: SessionClient, store: StoreOptions) => Promise<unknown>

const WRITES: readonly [string, Call][] = [
  ['loginWithCustomTokenExchange', (client, store) => client.loginWithCustomTokenExchange(SUBJECT, store)],
  ['startInteractiveLogin', (client, store) => client.startInteractiveLogin({}, store)],
  ['completeInteractiveLogin', (client, store) => client.completeInteractiveLogin(store)],
  ['getAccessToken', (client, store) => client.getAccessToken({}, store)],
  ['requestSessionTransferToken', (client, store) => client.requestSessionTransferToken(SUBJECT, store)],
  ['logout', (client, store) => client.logout({}, store)],
]

const WRONG: readonly [string, unknown][] = [
  ['nothing', undefined],
  ['a request alone', { request }],
  ['the request itself', request],
  ['headers that are a plain object', { request, headers: {} }],
  ['a request without a method', { request: { url: '/', headers: {} }, headers: new Headers() }],
  ['a request without a url', { request: { method: 'GET', headers: {} }, headers: new Headers() }],
  ['a request without headers', { request: { method: 'GET', url: '/' }, headers: new Headers() }],
]

it.each(WRITES.flatMap(([name, call]) => WRONG.map(([what, store]) => [name, what, call, store] as const)))(
  '%s with %s says what it needs, before anything is sent',
  async (name, _what, call, store) => {
    const sent = world.tenant.tokenRequests.length
    const error = (await thrownBy(call(sessions, store as StoreOptions))) as Error
    expect([error.name, error.message.startsWith(`${name} needs { request, headers }: `)]).toEqual(['TypeError', true])
    expect(world.tenant.tokenRequests).toHaveLength(sent)
  },
)

it.each(['getSession', 'getUser'] as const)('%s with the request itself says what it needs', async (name) => {
  const error = (await thrownBy(sessions[name](request as never))) as Error
  expect(error.message.startsWith(`${name} needs { request }: `)).toBe(true)
})

it.each(['cookie', 'Cookie', 'COOKIE'])('a plain object may spell the header as %s', async (name) => {
  const browser = createBrowser()
  await signIn(sessions, browser)
  const headers = { [name]: cookieHeader(browser.cookies) }
  expect(await sessions.getUser({ request: { method: 'GET', url: '/', headers } })).toMatchObject({ name: 'Alice' })
})

it('a plain object may list cookies', async () => {
  const browser = createBrowser()
  await signIn(sessions, browser)
  const headers = { cookie: ['a=b', cookieHeader(browser.cookies)] }
  expect(await sessions.getUser({ request: { method: 'GET', url: '/', headers } })).toMatchObject({ name: 'Alice' })
})

it('a plain object without cookies has no session', async () => {
  expect(await sessions.getUser({ request: { method: 'GET', url: '/', headers: {} } })).toBeUndefined()
})
