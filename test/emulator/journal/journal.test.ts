import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../../src/emulator/index.js'
import { createProver } from '../proof-of-possession/dpop-support.js'
import {
  authorize,
  codeGrant,
  codeOf,
  loginRequest,
  mint,
  sessionTransfer,
  signIn,
} from '../authorize/login-support.js'
import {
  accessToken,
  custom,
  exchange,
  FORM,
  member,
  onBehalfOf,
  post,
  seeded,
  send,
  TEST_TYPE,
  withAction,
} from '../support.js'

const NOW = Date.parse('2030-01-01T00:00:00Z')

describe('the journal', () => {
  it('tells what was asked, by whom, what was checked and what came of it', async () => {
    const emulator = seeded({}, () => NOW)
    await exchange(
      emulator,
      custom({ organization: 'acme', audience: ['https://api.example.com', 'https://mcp.example.com'] }),
    )
    expect(emulator.requests).toEqual([
      {
        id: 1,
        time: NOW,
        method: 'POST',
        path: '/oauth/token',
        grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
        clientId: 'web-app',
        parameters: {
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          client_id: 'web-app',
          client_secret: '[redacted]',
          subject_token: '[redacted]',
          subject_token_type: 'urn:acme:legacy-session',
          audience: ['https://api.example.com', 'https://mcp.example.com'],
          scope: 'read:data',
          organization: 'acme',
        },
        status: 200,
        delegation: { subject: 'auth0|alice', actors: [] },
        grantedScopes: ['read:data'],
        checks: expect.arrayContaining(['client authenticates', 'Action allows it']) as string[],
        failedChecks: [],
      },
    ])
  })

  it('names the check that failed, the error, and what the client was told', async () => {
    const emulator = seeded()
    await exchange(emulator, custom({ client_secret: 'wrong' }))
    await exchange(emulator, custom({ audience: 'https://unknown.example.com' }))
    expect(emulator.requests[0]).toMatchObject({
      status: 401,
      error: 'invalid_client',
      errorDescription: 'Client authentication failed',
      clientId: 'web-app',
      checks: expect.arrayContaining(['request is well formed', 'client authenticates']) as string[],
      failedChecks: ['client authenticates'],
    })
    expect(emulator.requests[1]?.failedChecks).toEqual(['audience is known'])
  })

  it.each<[string, () => void, unknown]>([
    [
      'an error',
      () => {
        throw new TypeError('canary\n    at canary')
      },
      expect.stringMatching(/^TypeError at .*journal\.test\.ts:\d+:\d+$/),
    ],
    [
      'an error with a name of its own',
      () => {
        throw Object.assign(new Error('canary'), { name: 'canary of canaries' })
      },
      expect.stringMatching(/^Error at .*journal\.test\.ts:\d+:\d+$/),
    ],
    [
      'an error whose message came later',
      () => {
        throw Object.assign(new Error('first\n    at canary:1:1'), { message: 'second' })
      },
      expect.stringMatching(/^Error(?: at .*journal\.test\.ts:\d+:\d+)?$/),
    ],
    [
      'a text',
      () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- an Action in JavaScript may
        throw 'canary'
      },
      'a value that is no Error',
    ],
  ])('tells that an Action threw, and where, but nothing of the message: %s', async (_name, action, thrown) => {
    const emulator = withAction(action)
    await exchange(emulator, custom(TEST_TYPE))
    expect(emulator.requests[0]).toMatchObject({ status: 500, failedChecks: ['Action allows it'], thrown })
    expect(JSON.stringify(emulator.requests)).not.toContain('canary')
  })

  it('names the check that led to the login page, which came before one that passed', async () => {
    const emulator = seeded()
    await authorize(emulator, loginRequest({ session_transfer_token: 'unknown' }))
    await authorize(emulator, loginRequest({ session_transfer_token: 'unknown', prompt: 'none' }))
    const page = 'a page may be shown'
    expect(emulator.requests.map(({ checks, failedChecks }) => [checks.at(-1), failedChecks])).toEqual([
      [page, ['session transfer token is valid']],
      [page, ['session transfer token is valid', page]],
    ])
  })

  it('tells who acts for whom, from the exchange to the session and on', async () => {
    const emulator = seeded()
    const login = loginRequest({ session_transfer_token: await mint(emulator), audience: 'https://mcp.example.com' })
    const tokens = await exchange(emulator, codeGrant(codeOf(await authorize(emulator, login))))
    await exchange(emulator, onBehalfOf(accessToken(tokens)))
    await exchange(emulator, onBehalfOf(accessToken(tokens), { audience: 'https://reports.example.com' }))
    await send(emulator, '/userinfo', { headers: { Authorization: `Bearer ${accessToken(tokens)}` } })
    await signIn(emulator)
    await exchange(emulator, onBehalfOf('not a token'))
    const alice = (...actors: readonly string[]) => ({ subject: 'auth0|alice', actors })
    expect(emulator.requests.map(({ path, status, delegation }) => [path, status, delegation])).toEqual([
      ['/oauth/token', 200, alice('auth0|bob')],
      ['/authorize', 302, alice('auth0|bob')],
      ['/oauth/token', 200, alice('auth0|bob')],
      ['/oauth/token', 200, alice('mcp-server', 'auth0|bob')],
      ['/oauth/token', 403, alice('auth0|bob')],
      ['/userinfo', 200, alice('auth0|bob')],
      ['/authorize/login', 302, alice()],
      ['/oauth/token', 401, undefined],
    ])
  })

  it('has every request, also those that lead nowhere', async () => {
    const emulator = seeded()
    await send(emulator, '/nowhere?secret=1')
    await send(emulator, '/oauth/token')
    await post(emulator, 'a=%zz', FORM)
    await send(emulator, '/.well-known/jwks.json')
    expect(emulator.requests.map(({ method, path, status, error }) => [method, path, status, error])).toEqual([
      ['GET', '/nowhere', 404, 'not_found'],
      ['GET', '/oauth/token', 405, 'method_not_allowed'],
      ['POST', '/oauth/token', 400, 'invalid_request'],
      ['GET', '/.well-known/jwks.json', 200, undefined],
    ])
  })

  it('names the client and the error of a login', async () => {
    const emulator = seeded()
    await authorize(emulator, loginRequest({ response_type: 'token' }))
    await authorize(emulator, loginRequest({ client_id: 'unknown' }))
    expect(emulator.requests.map(({ path, status, error, clientId }) => [path, status, error, clientId])).toEqual([
      ['/authorize', 302, 'unsupported_response_type', 'customer-app'],
      ['/authorize', 400, 'invalid_request', 'unknown'],
    ])
  })

  it('keeps the newest 1,000, or as many as it is told', async () => {
    const [many, few] = [seeded(), createEmulator({ seed: 1, journalLength: 2 })]
    for (let index = 0; index < 1001; index++) await send(many, `/${index}`)
    for (let index = 0; index < 3; index++) await send(few, `/${index}`)
    expect([many.requests.length, many.requests[0]?.path]).toEqual([1000, '/1'])
    expect(few.requests.map(({ path }) => path)).toEqual(['/1', '/2'])
  })

  it('is a copy that later requests do not change', async () => {
    const emulator = seeded()
    const before = emulator.requests
    await send(emulator, '/nowhere')
    expect([before.length, emulator.requests.length]).toEqual([0, 1])
  })

  it('is small, whatever the request was', async () => {
    const emulator = seeded()
    const names = Array.from({ length: 300 }, (_, index) => [`${'n'.repeat(900)}${index}`, 'x'] as const)
    const scope = 'x'.repeat(500_000)
    await exchange(emulator, { ...custom({ scope }), ...Object.fromEntries(names) })
    expect(emulator.requests[0]).toMatchObject({ status: 200, parameters: { scope: `${scope.slice(0, 300)}…` } })
    expect(JSON.stringify(emulator.requests).length).toBeLessThan(30_000)
  })

  it('holds no secret and no token', async () => {
    const emulator = seeded()
    const { prove } = await createProver()
    const offline = await exchange(
      emulator,
      custom({ scope: 'openid offline_access', subject_token: 'canary-subject', custom: 'canary-custom' }),
      await prove(),
    )
    const secrets = ['canary', 'web-app-secret', 'support-console-secret', 'customer-app-secret']
    secrets.push(accessToken(offline), member(offline, 'id_token'), member(offline, 'refresh_token'))
    await send(emulator, '/userinfo', { headers: { Authorization: `Bearer ${accessToken(offline)}` } })
    await send(emulator, `/userinfo?access_token=${accessToken(offline)}`)
    await exchange(emulator, sessionTransfer({ actor_token: 'canary-actor' }))
    const transfer = await mint(emulator)
    await authorize(
      emulator,
      loginRequest({
        session_transfer_token: transfer,
        code_challenge: 'canary'.repeat(8),
        state: 'canary',
        nonce: 'canary',
        login_hint: 'canary',
      }),
    )
    const code = codeOf(await signIn(emulator))
    await exchange(emulator, codeGrant(code, { code_verifier: 'canary-verifier' }))
    secrets.push(transfer, code)
    const text = JSON.stringify(emulator.requests)
    expect(emulator.requests.length).toBeGreaterThan(6)
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
  })
})
