import { beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../../src/transport/connection.js'
import * as signedTokens from '../../src/tokens/signed-tokens.js'
import { clientSecretPost } from '../../src/index.js'
import { findAccessToken } from '../../src/session/kept-tokens.js'
import { createRefresh, type Need } from '../../src/session/refresh.js'
import type { SessionState } from '../../src/session/state.js'
import { ISSUER, thrownBy } from '../support/scripted-server.js'
import { createWorld, START, type World } from './support/world.js'

let world: World
let state: SessionState
let requests: number

beforeEach(async () => {
  world = await createWorld()
  requests = 0
  state = {
    issuer: ISSUER,
    idToken: await world.tenant.sign(world.claims()),
    refreshToken: 'canary-refresh-1',
    login: {},
    accessTokens: [],
    createdAt: START / 1000,
    expiresAt: START / 1000 + 86_400,
  }
})

function createCalls() {
  const { sender, tenantFor } = connect(
    {
      domain: ISSUER,
      clientId: 'web-app',
      clientAuthentication: clientSecretPost('canary-client-secret'),
      fetch: world.tenant.fetch,
      now: () => world.now,
    },
    () => signedTokens,
  )
  const refresh = createRefresh(sender, { dpop: undefined, onEvent: undefined })
  const saved: SessionState[] = []
  const call = async (scope: string, of = state) =>
    refresh(await tenantFor(undefined), of, need(scope), (next) => {
      saved.push(next)
      return Promise.resolve()
    })
  return { call, saved }
}

const need = (scope: string): Need => ({
  wanted: { scope },
  isMet: ({ accessTokens }) => findAccessToken(accessTokens, { scope }, world.now) !== undefined,
})

/** Answers each request with another access token, and the refresh tokens that a test wants. */
function answer(refreshToken: (request: number) => string | undefined): void {
  world.tenant.answer = () => {
    requests++
    const members = { token_type: 'Bearer', expires_in: 60, refresh_token: refreshToken(requests) }
    return Response.json({ access_token: `canary-${requests}`, ...members })
  }
}

describe('calls of a session at the same time', () => {
  it('that fail, fail with one request, and the next one tries again', async () => {
    const { call } = createCalls()
    world.tenant.answer = () => {
      requests++
      return new Response('', { status: 500 })
    }
    for (const error of await Promise.all(Array.from({ length: 10 }, () => thrownBy(call('a'))))) {
      expect(error).toMatchObject({ code: 'invalid_response', status: 500 })
    }
    expect(requests).toBe(1)
    answer(() => undefined)
    expect((await call('a')).accessTokens).toHaveLength(1)
  })

  it('that want something else go on when the one before them fails', async () => {
    const { call } = createCalls()
    world.tenant.answer = ({ body }) => {
      requests++
      if (body.includes('scope=a')) return Response.json({ error: 'access_denied' }, { status: 403 })
      return Response.json({ access_token: 'canary-b', token_type: 'Bearer' })
    }
    const [error, next] = await Promise.all([thrownBy(call('a')), call('b')])
    expect([error, next.accessTokens, requests]).toMatchObject([{ code: 'token_exchange_failed' }, [{ scope: 'b' }], 2])
  })

  it('with a refresh token that does not rotate send one request for each thing that is wanted', async () => {
    const { call, saved } = createCalls()
    answer(() => undefined)
    const states = await Promise.all(['a', 'b', 'a', 'b'].map((scope) => call(scope)))
    expect([requests, saved.length]).toEqual([2, 2])
    expect(states.map(({ accessTokens }) => accessTokens.at(-1)?.requested.scope)).toEqual(['a', 'b', 'a', 'b'])
    expect(states[3]?.accessTokens).toHaveLength(2)
  })

  it('use each refresh token once', async () => {
    const { call } = createCalls()
    answer((request) => `canary-refresh-${request + 1}`)
    await Promise.all(['a', 'b', 'c', 'a', 'b', 'c'].map((scope) => call(scope)))
    const used = world.tenant.tokenRequests.map(({ form }) => Object.fromEntries(form)['refresh_token'])
    expect(used).toEqual(['canary-refresh-1', 'canary-refresh-2', 'canary-refresh-3'])
  })

  it.each<[string, Partial<SessionState>]>([
    ['users', { idToken: 'canary-other' }],
    ['servers', { issuer: 'https://other.example/' }],
    ['logins', { createdAt: 1 }],
  ])('of two %s share nothing, even with the same refresh token', async (_name, other) => {
    const { call } = createCalls()
    answer(() => undefined)
    const states = await Promise.all([call('a'), call('a', { ...state, ...other })])
    expect(new Set(states.map(({ accessTokens }) => accessTokens[0]?.accessToken)).size).toBe(2)
  })

  it('share a request also while another session begins one', async () => {
    const { call } = createCalls()
    answer(() => undefined)
    const states = await Promise.all([call('a'), call('a', { ...state, createdAt: 1 }), call('a')])
    expect([requests, states[2]]).toEqual([2, states[0]])
  })

  it('keep what was saved in the order of the requests', async () => {
    const { call, saved } = createCalls()
    answer((request) => `canary-refresh-${request + 1}`)
    await Promise.all(['a', 'b', 'c'].map((scope) => call(scope)))
    expect(saved.map(({ accessTokens }) => accessTokens.length)).toEqual([1, 2, 3])
  })
})

it('an access token takes the place of what was asked for in the same way', async () => {
  const { call } = createCalls()
  answer(() => undefined)
  for (const scope of ['a', 'b']) state = await call(scope)
  world.now += 60_000
  state = await call('b')
  expect(state.accessTokens.map(({ accessToken, scope }) => [accessToken, scope])).toEqual([
    ['canary-1', 'a'],
    ['canary-3', 'b'],
  ])
})

it('a session keeps the five newest access tokens', async () => {
  const { call } = createCalls()
  answer(() => undefined)
  for (const scope of ['a', 'b', 'c', 'd', 'e', 'f', 'b']) state = await call(scope)
  expect(state.accessTokens.map(({ scope }) => scope)).toEqual(['b', 'c', 'd', 'e', 'f'])
})
