import { describe, expect, it } from 'vitest'
import type { Emulator, TenantConfig } from '../../../src/emulator/index.js'
import { answer, authorizeAgain, codeGrant, codeOf, mint, sessionOf, signIn } from '../authorize/login-support.js'
import { claims, custom, exchange, seeded, withApi, withClient } from '../support.js'

const API = withApi('https://api.example.com', { skipConsent: false })
const THIRD_PARTY = withClient('customer-app', { isFirstParty: false })
const DELEGATED = {
  isFirstParty: false,
  sessionTransfer: { allowDelegatedAccess: true, allowedAuthenticationMethods: ['query'] },
} as const

describe.each<[string, Partial<TenantConfig>]>([
  ['an API', API],
  ['an application that is not the own one', THIRD_PARTY],
])('%s that needs consent', (_what, overrides) => {
  const ask = async (emulator: Emulator) => sessionOf(await signIn(emulator))

  it('has a page that asks after the login', async () => {
    const reply = await signIn(seeded(overrides))
    expect(reply.status).toBe(200)
    expect(reply.text).toContain('<button name="consent" value="allow">')
    expect(reply.text).toContain('https://api.example.com')
    expect(reply.text).toContain('<input type="hidden" name="user_id" value="auth0|alice">')
  })

  it('gets its code once the user allows it, and then without a question', async () => {
    const emulator = seeded(overrides)
    const reply = await signIn(emulator, { consent: 'allow' })
    expect(claims(await exchange(emulator, codeGrant(codeOf(reply)))).sub).toBe('auth0|alice')
    expect((await authorizeAgain(emulator, sessionOf(reply))).status).toBe(302)
    expect((await signIn(emulator, {}, 'auth0|bob')).status).toBe(200)
  })

  it('gets none when the user does not, and is asked again', async () => {
    const emulator = seeded(overrides)
    expect(answer(await signIn(emulator, { consent: 'deny' }))).toMatchObject({ error: 'access_denied' })
    expect((await authorizeAgain(emulator, await ask(emulator))).text).toContain('<h1>Consent</h1>')
  })

  it('gets consent_required with prompt=none', async () => {
    const emulator = seeded(overrides)
    const reply = await authorizeAgain(emulator, await ask(emulator), { prompt: 'none' })
    expect(answer(reply)).toMatchObject({ error: 'consent_required', error_description: 'Consent required' })
  })

  it('takes no consent from a link', async () => {
    const emulator = seeded(overrides)
    const reply = await authorizeAgain(emulator, await ask(emulator), { consent: 'allow' })
    expect(reply.text).toContain('<h1>Consent</h1>')
  })
})

it('whoever acts for a user cannot consent', async () => {
  const emulator = seeded(withClient('customer-app', DELEGATED))
  const session_transfer_token = await mint(emulator)
  expect(answer(await authorizeAgain(emulator, {}, { session_transfer_token }))).toMatchObject({
    error: 'interaction_required',
  })
})

it('a delegated session cannot consent later either', async () => {
  const { clients } = withClient('customer-app', { ...DELEGATED, isFirstParty: true })
  const emulator = seeded({ clients, ...withApi('https://mcp.example.com', { skipConsent: false }) })
  const session = sessionOf(await authorizeAgain(emulator, {}, { session_transfer_token: await mint(emulator) }))
  const reply = await authorizeAgain(emulator, session, { audience: 'https://mcp.example.com' })
  expect(answer(reply)).toMatchObject({ error: 'interaction_required' })
})

it('consent at a login does not open exchanges, which cannot ask', async () => {
  const emulator = seeded(API)
  await signIn(emulator, { consent: 'allow', client_id: 'web-app' })
  expect((await exchange(emulator, custom())).body['error']).toBe('consent_required')
})
