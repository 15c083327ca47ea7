import { describe, expect, it } from 'vitest'
import type { Emulator } from '../../../src/emulator/index.js'
import { answer, authorize, CALLBACK, codeGrant, codeOf, loginRequest, signIn } from './login-support.js'
import { claims, exchange, FORM, seeded, send, withClient, withUser, type Parameters } from '../support.js'

const emulator = seeded()

describe('the login page', () => {
  it('lists the users, in a form that needs no script', async () => {
    const { status, text, headers } = await authorize(emulator, loginRequest())
    expect(status).toBe(200)
    expect(text).toContain('<form method="post" action="/authorize/login">')
    expect(text).not.toContain('<script')
    expect([...text.matchAll(/<button name="user_id" value="(.+?)">/g)].map(([, id]) => id)).toEqual([
      'auth0|alice',
      'auth0|bob',
    ])
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  })

  it('signs a user in when its form is sent as a browser does', async () => {
    const { text } = await authorize(emulator, loginRequest({ code_challenge: 'x'.repeat(43) }))
    const unescape = (value = '') => value.replaceAll('&amp;', '&').replaceAll('&#39;', "'")
    const fields = [...text.matchAll(/<input type="hidden" name="(.+?)" value="(.*?)">/g)]
    const body = new URLSearchParams(fields.map(([, name = '', value]) => [name, unescape(value)]))
    body.append('user_id', 'auth0|bob')
    const reply = await send(emulator, '/authorize/login', { method: 'POST', body })
    expect(answer(reply)['state']).toBe('a state & more')
    const tokens = await exchange(emulator, codeGrant(codeOf(reply), { code_verifier: 'x'.repeat(43) }))
    expect(claims(tokens, 'id_token')).toMatchObject({ sub: 'auth0|bob', nonce: 'a nonce' })
  })

  it('lists the members of the organization alone, and never a blocked user', async () => {
    const users = { ...withUser('auth0|alice', { blocked: true }) }
    const blocked = await authorize(seeded(users), loginRequest())
    expect(blocked.text).not.toContain('auth0|alice')
    const members = seeded({ organizations: [{ id: 'org_1', members: ['auth0|bob'] }] })
    const { text } = await authorize(members, loginRequest({ organization: 'org_1' }))
    expect([text.includes('auth0|alice'), text.includes('auth0|bob')]).toEqual([false, true])
  })

  it('holds what was sent as text alone', async () => {
    const canary = `"><script>alert('1')</script>&`
    const names = withClient('customer-app', { name: canary })
    const { text } = await authorize(seeded({ ...names, ...withUser('auth0|bob', { name: canary }) }), {
      ...loginRequest({ state: canary, nonce: canary, scope: canary, login_hint: canary }),
    })
    expect(text).not.toContain('<script')
    expect(text).toContain('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;')
  })
})

describe('a request whose answer has no safe place to go is a page', () => {
  const NO_CALLBACK = 'The redirect_uri is not one of the callbacks of the client.'

  it.each<[string, Parameters, string]>([
    ['no client', { client_id: undefined }, 'Missing required parameter: client_id'],
    ['an unknown client', { client_id: '__proto__' }, 'There is no client with this client_id.'],
    ['no callback', { redirect_uri: undefined }, 'Missing required parameter: redirect_uri'],
    ['another host', { redirect_uri: 'http://127.0.0.2:4711/callback' }, NO_CALLBACK],
    ['another path', { redirect_uri: 'http://127.0.0.1:4711/callback/x' }, NO_CALLBACK],
    ['another case', { redirect_uri: 'http://127.0.0.1:4711/Callback' }, NO_CALLBACK],
    ['a query', { redirect_uri: `${CALLBACK}?x` }, NO_CALLBACK],
    ['a fragment', { redirect_uri: `${CALLBACK}#x` }, NO_CALLBACK],
    ['an empty fragment', { redirect_uri: `${CALLBACK}#` }, NO_CALLBACK],
    ['userinfo', { redirect_uri: 'http://evil@127.0.0.1:4711/callback' }, NO_CALLBACK],
    ['https on loopback', { redirect_uri: 'https://127.0.0.1:4711/callback' }, NO_CALLBACK],
    ['a port on https', { redirect_uri: 'https://customer.example.com:444/callback' }, NO_CALLBACK],
    ['a longer host', { redirect_uri: 'http://127.0.0.1.evil.example/callback' }, NO_CALLBACK],
    ['line breaks', { redirect_uri: `${CALLBACK}\r\nX: y` }, NO_CALLBACK],
    ['something twice', { state: ['a', 'b'] }, 'Parameter must not be repeated: state'],
  ])('%s', async (_name, overrides, text) => {
    for (const reply of [await authorize(emulator, loginRequest(overrides)), await signIn(emulator, overrides)]) {
      expect(reply.status).toBe(400)
      expect(reply.text).toContain(`<p>${text}</p>`)
    }
  })

  it.each([
    ['a malformed query', '/authorize?a=%zz', 'The query has an invalid percent escape.'],
    ['a query that is not UTF-8', '/authorize?a=%ff', 'The query has percent escapes that are not valid UTF-8.'],
  ])('%s', async (_name, path, text) => {
    const reply = await send(emulator, path)
    expect([reply.status, reply.text.includes(text)]).toEqual([400, true])
  })
})

describe('what the access token is for', () => {
  it.each<[string, Parameters, string]>([
    ['an audience', { audience: 'https://mcp.example.com' }, 'https://mcp.example.com'],
    ['a resource', { resource: 'https://mcp.example.com' }, 'https://mcp.example.com'],
    [
      'an audience before a resource',
      { audience: 'https://mcp.example.com', resource: 'https://calendar.example.com' },
      'https://mcp.example.com',
    ],
  ])('%s', async (_name, parameters, api) => {
    const reply = await signIn(emulator, { scope: 'email', ...parameters })
    expect(claims(await exchange(emulator, codeGrant(codeOf(reply))), 'access_token')).toMatchObject({ aud: api })
  })
})

describe('a callback', () => {
  it.each([
    ['on any port of a loopback address', 'http://127.0.0.1/callback'],
    ['on any port of a loopback address', 'http://127.0.0.1:65535/callback'],
    ['on any port of the IPv6 one', 'http://[::1]:4711/callback'],
    ['on any port of localhost', 'http://localhost:4711/callback'],
    ['as it is registered', 'https://customer.example.com/callback'],
  ])('is accepted %s', async (_name, redirect_uri) => {
    const reply = await signIn(emulator, { redirect_uri })
    expect(reply.headers.get('Location')?.startsWith(`${redirect_uri}?code=`)).toBe(true)
  })

  it('on http has any port on loopback alone', async () => {
    const redirect_uri = 'http://app.example.com/callback'
    const server = seeded(withClient('customer-app', { callbacks: [redirect_uri] }))
    expect((await signIn(server, { redirect_uri })).status).toBe(302)
    expect((await signIn(server, { redirect_uri: 'http://app.example.com:81/callback' })).status).toBe(400)
  })

  it('keeps its own query', async () => {
    const callbacks = ['https://a.example/cb?tenant=a%20b']
    const [redirect_uri] = callbacks
    const reply = await signIn(seeded(withClient('customer-app', { callbacks })), { redirect_uri })
    expect(reply.headers.get('Location')).toMatch(/^https:\/\/a\.example\/cb\?tenant=a%20b&code=/)
  })
})

describe('a request that the client got wrong goes back to it', () => {
  const machine = seeded(withClient('customer-app', { grantTypes: ['client_credentials'] }))

  it.each<[string, Emulator, Parameters, string, string]>([
    [
      'no response type',
      emulator,
      { response_type: undefined },
      'invalid_request',
      'Missing required parameter: response_type',
    ],
    [
      'another response type',
      emulator,
      { response_type: 'token' },
      'unsupported_response_type',
      'Only the response type code is supported.',
    ],
    ...['fragment', 'form_post', 'web_message', 'Query'].map((mode): [string, Emulator, Parameters, string, string] => [
      `the response mode ${mode}`,
      emulator,
      { response_mode: mode },
      'invalid_request',
      'Only the response mode query is supported.',
    ]),
    ...['-1', '1.5', 'soon'].map((age): [string, Emulator, Parameters, string, string] => [
      `the age ${age}`,
      emulator,
      { max_age: age },
      'invalid_request',
      'The max_age is not a number of seconds.',
    ]),
    [
      'a client that may not',
      machine,
      {},
      'unauthorized_client',
      'Grant type `authorization_code` not allowed for the client.',
    ],
    [
      'an unknown audience',
      emulator,
      { audience: 'https://x.example' },
      'access_denied',
      'Service not enabled within domain: https://x.example',
    ],
    [
      'an unknown organization',
      emulator,
      { organization: 'org_x' },
      'invalid_request',
      'parameter organization is invalid: org_x',
    ],
    [
      'another challenge method',
      emulator,
      { code_challenge: 'x'.repeat(43), code_challenge_method: 's256' },
      'invalid_request',
      'The code_challenge_method is not supported.',
    ],
    [
      'a short challenge',
      emulator,
      { code_challenge: 'x'.repeat(42) },
      'invalid_request',
      'The code_challenge is malformed.',
    ],
    [
      'a public client without a challenge',
      emulator,
      { client_id: 'spa' },
      'invalid_request',
      'Missing required parameter: code_challenge',
    ],
    ['no page allowed', emulator, { prompt: 'login none' }, 'login_required', 'Login required'],
  ])('%s', async (_name, server, overrides, error, error_description) => {
    const reply = await authorize(server, loginRequest(overrides))
    expect(answer(reply)).toEqual({ error, error_description, state: 'a state & more' })
  })

  it('without a state when it sent none', async () => {
    const reply = await authorize(emulator, loginRequest({ state: undefined, response_type: 'token' }))
    expect(answer(reply)).not.toHaveProperty('state')
  })

  it.each<[string, Emulator, string | undefined, Parameters, string, string]>([
    ['no user', emulator, undefined, {}, 'invalid_request', 'Missing required parameter: user_id'],
    ['an unknown user', emulator, 'auth0|nobody', {}, 'invalid_request', 'There is no such user.'],
    [
      'a blocked user',
      seeded(withUser('auth0|bob', { blocked: true })),
      'auth0|bob',
      {},
      'access_denied',
      'user is blocked',
    ],
    [
      'a user outside of the organization',
      seeded({ organizations: [{ id: 'org_1', members: [] }] }),
      'auth0|bob',
      { organization: 'org_1' },
      'access_denied',
      'The user is not a member of the organization.',
    ],
  ])('%s', async (_name, server, user_id, overrides, error, error_description) => {
    expect(answer(await signIn(server, { ...overrides, user_id }))).toMatchObject({ error, error_description })
  })

  it('a login that is not a form', async () => {
    const reply = await send(emulator, '/authorize/login', {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
    })
    expect(reply.status).toBe(400)
    expect((await send(emulator, '/authorize/login', { method: 'POST', headers: FORM, body: '' })).status).toBe(400)
  })
})
