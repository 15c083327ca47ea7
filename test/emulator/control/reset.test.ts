import { describe, expect, it } from 'vitest'
import { defaultTenant, type Emulator } from '../../../src/emulator/index.js'
import { createProver } from '../proof-of-possession/dpop-support.js'
import { authorize, codeGrant, codeOf, loginRequest, mint, signIn } from '../authorize/login-support.js'
import {
  custom,
  exchange,
  FORM,
  mcpToken,
  member,
  onBehalfOf,
  seeded,
  send,
  TEST_TYPE,
  toForm,
  withAction,
} from '../support.js'

const NOW = Date.parse('2030-01-01T00:00:00Z')

/** Everything that an emulator makes up by itself. */
async function identifiers(emulator: Emulator) {
  const tokens = await exchange(emulator, custom({ scope: 'openid offline_access' }))
  return [
    ...['access_token', 'id_token', 'refresh_token'].map((name) => member(tokens, name)),
    await mint(emulator),
    codeOf(await signIn(emulator)),
  ]
}

describe('after a reset', () => {
  it('the same seed gives the same tokens and identifiers again', async () => {
    const emulator = seeded({}, () => NOW)
    const first = await identifiers(emulator)
    const later = await identifiers(emulator)
    emulator.reset()
    expect(await identifiers(emulator)).toEqual(first)
    expect(later.filter((identifier) => first.includes(identifier))).toEqual([first[1]])
  })

  it('there are no requests, no faults, and the clock is that of the config', async () => {
    const emulator = seeded({}, () => NOW)
    await exchange(emulator, custom())
    emulator.faults.push({ status: 503 })
    emulator.advance(1000)
    expect([emulator.requests.length, emulator.faults.pending.length, emulator.now()]).toEqual([1, 1, NOW + 1000])
    emulator.reset()
    expect([emulator.requests.length, emulator.faults.pending.length, emulator.now()]).toEqual([0, 0, NOW])
    await exchange(emulator, custom())
    expect(emulator.requests.map(({ id, time, status }) => [id, time, status])).toEqual([[1, NOW, 200]])
  })

  it('nothing from before can be redeemed', async () => {
    const emulator = seeded()
    const code = codeOf(await signIn(emulator))
    const refresh_token = member(await exchange(emulator, custom({ scope: 'offline_access' })), 'refresh_token')
    const session_transfer_token = await mint(emulator)
    emulator.reset()
    const refresh = { client_id: 'web-app', client_secret: 'web-app-secret', refresh_token }
    for (const grant of [codeGrant(code), { grant_type: 'refresh_token', ...refresh }]) {
      expect((await exchange(emulator, grant)).body['error']).toBe('invalid_grant')
    }
    expect((await authorize(emulator, loginRequest({ session_transfer_token }))).status).toBe(200)
  })

  it('what was used up can be used again: attempts, requests a second, proofs', async () => {
    const emulator = seeded({ rateLimit: { requestsPerSecond: 10 } }, () => NOW)
    const { prove } = await createProver()
    const proof = await prove({ now: NOW })
    const attempt = async () => (await exchange(emulator, custom({ subject_token: 'invalid' }))).body['error']
    for (const _ of ['first', 'after the reset']) {
      expect((await exchange(emulator, custom(), proof)).status).toBe(200)
      for (let index = 0; index < 9; index++) expect(await attempt()).toBe('invalid_request')
      expect(await attempt()).toBe('too_many_requests')
      emulator.reset()
    }
  })

  it('users that an Action added are gone', async () => {
    const emulator = withAction((_, api) => {
      api.authentication.setUserByConnection('legacy', { user_id: 'carol' })
    })
    await exchange(emulator, custom(TEST_TYPE))
    const page = async () => (await authorize(emulator, loginRequest())).text
    expect(await page()).toContain('legacy|carol')
    emulator.reset()
    expect(await page()).not.toContain('legacy|carol')
    expect(await page()).toContain(defaultTenant().users[0]?.userId)
  })

  it('a token from before is valid, unless the keys begin anew, too', async () => {
    const emulator = seeded()
    const kids = async () =>
      JSON.stringify((await send(emulator, '/.well-known/jwks.json')).body).match(/"kid":"[^"]+/g)
    const first = await kids()
    await emulator.rotateKeys()
    const token = await mcpToken(emulator)
    const rotated = await kids()
    emulator.reset()
    expect(await kids()).toEqual(rotated)
    expect((await exchange(emulator, onBehalfOf(token))).status).toBe(200)
    emulator.reset({ keys: true })
    expect(await kids()).toEqual(first)
    expect((await exchange(emulator, onBehalfOf(token))).status).toBe(401)
  })

  it('a request that was under way is answered, and leaves no trace', async () => {
    let finish = (): void => undefined
    let begun = (): void => undefined
    const isBegun = new Promise<void>((resolve) => (begun = resolve))
    const emulator = withAction(async (_, api) => {
      begun()
      await new Promise<void>((resolve) => (finish = resolve))
      api.authentication.setUserById('auth0|alice')
    })
    const reply = exchange(emulator, custom(TEST_TYPE))
    await isBegun
    emulator.reset()
    finish()
    expect((await reply).status).toBe(200)
    expect(emulator.requests).toEqual([])
  })

  it('the address where it listens is the same', async () => {
    const emulator = seeded()
    const { url, issuer, close } = await emulator.listen()
    emulator.reset()
    const response = await fetch(`${url}/oauth/token`, { method: 'POST', headers: FORM, body: toForm(custom()) })
    await close()
    expect([response.status, emulator.issuer, emulator.requests.length]).toEqual([200, issuer, 1])
  })
})
