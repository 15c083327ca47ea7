import { describe, expect, it } from 'vitest'
import type { Emulator } from '../../../src/emulator/index.js'
import { authorizeAgain, codeGrant, codeOf, sessionOf, signIn } from './login-support.js'
import { exchange, FORM, member, seeded, send, toForm, withClient, type Parameters } from '../support.js'

const APP_URL = 'https://customer.example.com/bye?from=app'
const TENANT_URL = 'https://www.example.com/'
const logoutTenant = () =>
  seeded({ ...withClient('customer-app', { allowedLogoutUrls: [APP_URL] }), allowedLogoutUrls: [TENANT_URL] })

interface Login {
  readonly emulator: Emulator
  readonly session: { readonly Cookie: string }
  readonly idToken: string
}

async function logIn(userId = 'auth0|alice'): Promise<Login> {
  const emulator = logoutTenant()
  const reply = await signIn(emulator, {}, userId)
  const tokens = await exchange(emulator, codeGrant(codeOf(reply)))
  return { emulator, session: sessionOf(reply), idToken: member(tokens, 'id_token') }
}

const leave = ({ emulator, session }: Login, path: string, parameters: Parameters) =>
  send(emulator, `${path}?${toForm(parameters)}`, { headers: session })

const isOpen = async ({ emulator, session }: Login) => (await authorizeAgain(emulator, session)).status === 302

describe('a logout ends the session and takes the cookie back', () => {
  it.each<[string, string, (idToken: string) => Parameters, string | null]>([
    ['with an ID token', '/oidc/logout', (id_token_hint) => ({ id_token_hint }), null],
    [
      "to the application's URL, with its state",
      '/oidc/logout',
      (id_token_hint) => ({ id_token_hint, post_logout_redirect_uri: APP_URL, state: 'a b' }),
      `${APP_URL}&state=a+b`,
    ],
    [
      "to the tenant's URL",
      '/oidc/logout',
      (id_token_hint) => ({ id_token_hint, post_logout_redirect_uri: TENANT_URL, client_id: 'customer-app' }),
      TENANT_URL,
    ],
    ['when the user said so', '/oidc/logout', () => ({ confirm: 'yes' }), null],
    ["to the application's first URL", '/v2/logout', () => ({ client_id: 'customer-app' }), APP_URL],
    ["to the tenant's URL, the vendor's way", '/v2/logout', () => ({ returnTo: TENANT_URL }), TENANT_URL],
    ['nowhere', '/v2/logout', () => ({}), null],
  ])('%s: %s', async (_rule, path, parameters, location) => {
    const login = await logIn()
    expect(await isOpen(login)).toBe(true)
    const reply = await leave(login, path, parameters(login.idToken))
    expect([reply.status, reply.headers.get('Location')]).toEqual([location === null ? 200 : 302, location])
    expect(reply.headers.getSetCookie()).toEqual(['auth0=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=None'])
    expect(await isOpen(login)).toBe(false)
  })

  it('with an ID token that has expired', async () => {
    const login = await logIn()
    login.emulator.advance(36_000_000)
    expect((await leave(login, '/oidc/logout', { id_token_hint: login.idToken })).text).toContain('Logged out')
  })

  it('with the parameters in a form', async () => {
    const login = await logIn()
    const body = toForm({ id_token_hint: login.idToken, post_logout_redirect_uri: APP_URL })
    const init = { method: 'POST', headers: { ...FORM, ...login.session }, body }
    expect((await send(login.emulator, '/oidc/logout', init)).headers.get('Location')).toBe(APP_URL)
    expect(await isOpen(login)).toBe(false)
  })
})

describe('a logout asks first', () => {
  it.each<[string, () => Promise<Parameters>]>([
    ['without an ID token', () => Promise.resolve({ post_logout_redirect_uri: TENANT_URL, state: '"<' })],
    ['with the ID token of another user', async () => ({ id_token_hint: (await logIn('auth0|bob')).idToken })],
  ])('%s', async (_rule, parameters) => {
    const login = await logIn()
    const reply = await leave(login, '/oidc/logout', await parameters())
    expect(reply.text).toContain('<form method="post" action="/oidc/logout">')
    expect(reply.text).not.toContain('"<')
    expect(await isOpen(login)).toBe(true)
  })
})

describe('a logout is refused, and the session stays', () => {
  it.each<[string, string, (login: Login) => Parameters, string]>([
    [
      'to an unknown URL',
      '/oidc/logout',
      ({ idToken }) => ({ id_token_hint: idToken, post_logout_redirect_uri: 'https://evil.example/' }),
      'The post_logout_redirect_uri is not one of the allowed logout URLs.',
    ],
    [
      "to another client's URL",
      '/v2/logout',
      () => ({ client_id: 'web-app', returnTo: APP_URL }),
      'The returnTo is not one of the allowed logout URLs.',
    ],
    [
      "to a client's URL without the client",
      '/v2/logout',
      () => ({ returnTo: APP_URL }),
      'The returnTo is not one of the allowed logout URLs.',
    ],
    [
      'for an unknown client',
      '/v2/logout',
      () => ({ client_id: '__proto__' }),
      'There is no client with this client_id.',
    ],
    [
      'with an ID token of another client',
      '/oidc/logout',
      ({ idToken }) => ({ id_token_hint: idToken, client_id: 'web-app' }),
      'The id_token_hint was issued to another client.',
    ],
    [
      'with something else than an ID token',
      '/oidc/logout',
      () => ({ id_token_hint: 'x.y.z' }),
      'The id_token_hint is not valid.',
    ],
    [
      'with something twice',
      '/v2/logout',
      () => ({ returnTo: [TENANT_URL, TENANT_URL] }),
      'Parameter must not be repeated: returnTo',
    ],
  ])('%s', async (_rule, path, parameters, text) => {
    const login = await logIn()
    const reply = await leave(login, path, parameters(login))
    expect([reply.status, reply.headers.has('Location')]).toEqual([400, false])
    expect(reply.text).toContain(`<p>${text}</p>`)
    expect(await isOpen(login)).toBe(true)
  })

  it('with an ID token of another emulator', async () => {
    const [login, other] = [await logIn(), await logIn()]
    await other.emulator.rotateKeys()
    const tokens = await exchange(other.emulator, codeGrant(codeOf(await signIn(other.emulator))))
    const reply = await leave(login, '/oidc/logout', { id_token_hint: member(tokens, 'id_token') })
    expect(reply.text).toContain('The id_token_hint is not valid.')
  })

  it('with an access token', async () => {
    const login = await logIn()
    const tokens = await exchange(login.emulator, codeGrant(codeOf(await signIn(login.emulator))))
    const reply = await leave(login, '/oidc/logout', { id_token_hint: member(tokens, 'access_token') })
    expect(reply.text).toContain('The id_token_hint is not valid.')
  })
})
