import { decodeJwt } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  clientSecretPost,
  ID_TOKEN_TYPE,
  noClientAuthentication,
  SESSION_TRANSFER_TOKEN_TYPE,
} from '../../src/index.js'
import type { SessionClient } from '../../src/session/index.js'
import { thrownBy } from '../support/scripted-server.js'
import { createBrowser, type Browser } from './support/browser.js'
import { APP, createWorld, lastForm, signIn, SUBJECT, type World } from './support/world.js'

let world: World
let sessions: SessionClient
let browser: Browser

const TRANSFER = {
  access_token: 'canary-stt',
  issued_token_type: SESSION_TRANSFER_TOKEN_TYPE,
  token_type: 'N_A',
  expires_in: 60,
}
const TARGET = 'https://customer.example.com/login'

beforeEach(async () => {
  world = await createWorld()
  sessions = world.sessions({ allowedTargets: [TARGET] })
  browser = createBrowser()
})

function mint(options = {}, init: RequestInit = { method: 'POST', headers: { Origin: APP } }) {
  return browser.visit(
    '/support',
    (store) => sessions.requestSessionTransferToken({ ...SUBJECT, ...options }, store),
    init,
  )
}

const sent = () => world.tenant.tokenRequests.map(({ form }) => Object.fromEntries(form)['grant_type'])

/** Signs the agent in, and lets the server mint from then on. */
async function agentSignsIn(claims = {}, members = {}): Promise<void> {
  world.answerWith({ sub: 'auth0|bob', ...claims }, members)
  await signIn(sessions, browser)
  world.tenant.answer = () => Response.json(TRANSFER)
  world.tenant.tokenRequests.length = 0
}

describe('a session transfer token', () => {
  it('is minted with the ID token of the signed-in agent as the actor', async () => {
    await agentSignsIn()
    const { sessionTransferToken, expiresIn } = await mint({ targetLoginUrl: TARGET, forwardedFor: '203.0.113.7' })
    expect([sessionTransferToken, expiresIn]).toEqual(['canary-stt', 60])
    const { actor_token: actor = '', ...form } = lastForm(world)
    expect(decodeJwt(actor)).toMatchObject({ sub: 'auth0|bob', aud: 'web-app' })
    expect(form).toMatchObject({
      actor_token_type: ID_TOKEN_TYPE,
      subject_token: SUBJECT.subjectToken,
      audience: 'urn:tenant.example.com:session_transfer',
    })
    expect(world.tenant.tokenRequests[0]?.headers.get('auth0-forwarded-for')).toBe('203.0.113.7')
  })

  it('may have another actor, with nobody signed in', async () => {
    world.tenant.answer = () => Response.json(TRANSFER)
    await mint({ actorToken: 'canary-actor', actorTokenType: 'urn:acme:agent' })
    expect(lastForm(world)).toMatchObject({ actor_token: 'canary-actor', actor_token_type: 'urn:acme:agent' })
  })

  it('goes with an answer that is not cached, and that shows no referrer', async () => {
    await agentSignsIn()
    let headers = new Headers()
    const init = { method: 'POST', headers: { Origin: APP } }
    await browser.visit(
      '/',
      (store) => sessions.requestSessionTransferToken(SUBJECT, { ...store, headers: (headers = store.headers) }),
      init,
    )
    expect([headers.get('Cache-Control'), headers.get('Referrer-Policy')]).toEqual(['no-store', 'no-referrer'])
  })
})

describe('a request that no page of the application sent is refused', () => {
  it.each<[string, RequestInit, string]>([
    ['a GET', { headers: { Origin: APP } }, 'method'],
    ['a PUT', { method: 'PUT', headers: { Origin: APP } }, 'method'],
    ['no Origin', { method: 'POST' }, 'origin'],
    ['an Origin that is null', { method: 'POST', headers: { Origin: 'null' } }, 'origin'],
    ['another Origin', { method: 'POST', headers: { Origin: 'https://evil.example' } }, 'origin'],
    ['another scheme', { method: 'POST', headers: { Origin: 'http://app.example.com' } }, 'origin'],
    ['another port', { method: 'POST', headers: { Origin: `${APP}:8443` } }, 'origin'],
    ['a longer Origin', { method: 'POST', headers: { Origin: `${APP}.evil.example` } }, 'origin'],
    ['a Referer alone', { method: 'POST', headers: { Referer: `${APP}/` } }, 'origin'],
  ])('%s', async (_name, init, reason) => {
    await agentSignsIn()
    expect(await thrownBy(mint({}, init))).toMatchObject({ code: 'cross_site_request', reason })
    expect(sent()).toEqual([])
  })
})

describe('without an agent nothing is sent', () => {
  it('nobody is signed in', async () => {
    expect(await thrownBy(mint())).toMatchObject({ code: 'actor_unavailable', reason: 'signed_out' })
    expect(world.tenant.urls).toEqual([])
  })

  it('somebody acts for the user already', async () => {
    await agentSignsIn({ act: { sub: 'auth0|carol' } })
    expect(await thrownBy(mint())).toMatchObject({ code: 'actor_unavailable', reason: 'delegated' })
    expect(sent()).toEqual([])
  })

  it('the agent is signed in at another domain', async () => {
    await agentSignsIn()
    const urls = world.tenant.urls.length
    sessions = world.sessions({ domain: () => 'other.example.com' })
    expect(await thrownBy(mint())).toMatchObject({ code: 'actor_unavailable', reason: 'another_domain' })
    expect(world.tenant.urls).toHaveLength(urls)
  })

  it('the ID token has expired and nothing refreshes it', async () => {
    await agentSignsIn({ exp: world.now / 1000 + 60 })
    world.now += 31_000
    expect(await thrownBy(mint())).toMatchObject({ code: 'actor_unavailable', reason: 'expired' })
    expect(sent()).toEqual([])
  })

  it('the key that signed the ID token is gone', async () => {
    await agentSignsIn()
    sessions = world.sessions()
    world.tenant.keys = () => Response.json({ keys: [] })
    expect(await thrownBy(mint())).toMatchObject({ code: 'verification_failed', reason: 'key' })
    expect(sent()).toEqual([])
  })

  it.each<[string, object, object]>([
    ['half an actor', { actorToken: 'canary-actor' }, { code: 'missing_actor_token_type' }],
    ['a target that is not allowed', { targetLoginUrl: 'https://evil.example/' }, { code: 'target_not_allowed' }],
    ['a blank organization', { organization: ' ' }, { code: 'invalid_parameter' }],
    ['a blank subject', { subjectToken: ' ' }, { code: 'invalid_token_format' }],
  ])('%s is refused before the agent is refreshed', async (_name, options, error) => {
    await agentSignsIn({ exp: world.now / 1000 + 60 }, { refresh_token: 'canary-refresh' })
    world.now += 61_000
    expect(await thrownBy(mint(options))).toMatchObject(error)
    expect(sent()).toEqual([])
  })

  it('a public client is refused', async () => {
    sessions = world.sessions({ clientAuthentication: noClientAuthentication() })
    await agentSignsIn()
    expect(await thrownBy(mint())).toMatchObject({ code: 'invalid_configuration', reason: 'public_client' })
  })
})

describe('an agent whose ID token has expired', () => {
  const refreshing = (claims: object) => async () => {
    world.tenant.answer = () => Response.json(TRANSFER)
    const id_token = await world.tenant.sign(world.claims({ sub: 'auth0|bob', ...claims }))
    return Response.json({
      access_token: 'canary-new',
      token_type: 'Bearer',
      expires_in: 60,
      id_token,
      refresh_token: 'b',
    })
  }

  beforeEach(async () => {
    await agentSignsIn({ exp: world.now / 1000 + 60 }, { refresh_token: 'canary-refresh' })
    world.now += 61_000
  })

  it('is refreshed first, and stays signed in', async () => {
    world.tenant.answer = refreshing({})
    await mint()
    expect(sent()).toEqual(['refresh_token', 'urn:ietf:params:oauth:grant-type:token-exchange'])
    expect(decodeJwt(lastForm(world)['actor_token'] ?? '').exp).toBe(world.now / 1000 + 36_000)
    await mint()
    expect(sent().slice(2)).toEqual(['urn:ietf:params:oauth:grant-type:token-exchange'])
  })

  it('and whose refresh fails may try again', async () => {
    world.tenant.answer = () => new Response('', { status: 503 })
    expect(await thrownBy(mint())).toMatchObject({ code: 'invalid_response', status: 503, retryable: true })
  })

  it.each<[string, () => Response | Promise<Response>, object]>([
    ['is refused', () => Response.json({ error: 'invalid_grant' }, { status: 403 }), { reason: 'refresh_refused' }],
    [
      'brings no ID token',
      () => Response.json({ access_token: 'canary-new', token_type: 'Bearer' }),
      { reason: 'expired' },
    ],
  ])('and whose refresh %s is no actor', async (_name, answer, error) => {
    world.tenant.answer = answer
    expect(await thrownBy(mint())).toMatchObject({ code: 'actor_unavailable', ...error })
    expect(sent()).toEqual(['refresh_token'])
  })
})

describe('what the server says to it', () => {
  it.each([
    ['setactor_required', 'setactor_required'],
    ['session_transfer_disabled', 'session_transfer_disabled'],
    ['invalid_request', 'token_exchange_failed'],
  ])('%s is %s', async (error, code) => {
    await agentSignsIn()
    world.tenant.answer = () => Response.json({ error }, { status: 400 })
    expect(await thrownBy(mint())).toMatchObject({ code })
  })

  it('an access token is an error', async () => {
    sessions = world.sessions({ clientAuthentication: clientSecretPost('canary-other') })
    await agentSignsIn()
    world.answerWith()
    expect(await thrownBy(mint())).toMatchObject({ code: 'invalid_response', field: 'issued_token_type' })
  })
})
