import { describe, expect, it } from 'vitest'
import { ACCESS_TOKEN_TYPE, ID_TOKEN_TYPE } from '../../../generated/constants.js'
import { defaultTenant } from '../../../src/emulator/index.js'
import { authorize, codeGrant, codeOf, loginRequest, mint, signIn } from '../authorize/login-support.js'
import { accessToken, claims, custom, exchange, member, onBehalfOf, seeded, send, toForm } from '../support.js'

const MCP = 'https://mcp.example.com'
const emulator = seeded()

describe('the default tenant', () => {
  it.each([
    ['legacy-session:bob', 'auth0|bob'],
    ['legacy-session:nobody', 'auth0|alice'],
    ['auth0|bob', 'auth0|alice'],
    ['anything', 'auth0|alice'],
  ])('the subject token %s is the user %s', async (subject_token, sub) => {
    expect(claims(await exchange(emulator, custom({ subject_token }))).sub).toBe(sub)
  })

  it.each([
    ['agent:support', 'auth0|support'],
    ['agent:', 'service'],
    ['agent:Not A Name', 'service'],
    ['anything', 'service'],
  ])('the actor token %s is the actor %s', async (actor_token, sub) => {
    const reply = await exchange(emulator, custom({ actor_token, actor_token_type: 'urn:acme:agent' }))
    expect(claims(reply)['act']).toEqual({ sub })
  })

  it('has no act without an actor token', async () => {
    expect(claims(await exchange(emulator, custom()))).not.toHaveProperty('act')
  })

  it('exchanges access tokens by profile when an actor comes along, or no requested type', async () => {
    const type = { subject_token_type: ACCESS_TOKEN_TYPE }
    const actor = { actor_token: 'x', actor_token_type: ACCESS_TOKEN_TYPE }
    expect(claims(await exchange(emulator, custom(type)))).toMatchObject({ sub: 'auth0|alice' })
    const withActor = custom({ ...type, ...actor, requested_token_type: ACCESS_TOKEN_TYPE })
    expect(claims(await exchange(emulator, withActor))['act']).toEqual({ sub: 'service' })
  })
})

describe('the default tenant lets the stories run', () => {
  it.each([
    ['web-app', 'https://app.example.com/'],
    ['support-console', 'https://support.example.com/'],
    ['customer-app', 'https://customer.example.com/'],
    ['web-app', 'http://localhost:3000/'],
    ['web-app', 'http://127.0.0.1:8080/'],
    ['web-app', 'http://[::1]:8080/'],
  ])('a logout from %s leads back to %s', async (client_id, post_logout_redirect_uri) => {
    const query = toForm({ client_id, post_logout_redirect_uri, confirm: 'yes' })
    const reply = await send(emulator, `/oidc/logout?${query}`)
    expect([reply.status, reply.headers.get('Location')]).toEqual([302, post_logout_redirect_uri])
  })

  it.each(['https://app.example.com/other', 'https://localhost:3000/', 'http://localhost.example:3000/'])(
    'a logout from web-app does not lead to %s',
    async (post_logout_redirect_uri) => {
      const query = toForm({ client_id: 'web-app', post_logout_redirect_uri, confirm: 'yes' })
      expect((await send(emulator, `/oidc/logout?${query}`)).status).toBe(400)
    },
  )

  it.each(['support-console', 'web-app'])('an agent gets the ID token that makes her an actor from %s', async (id) => {
    const client = { client_id: id, client_secret: `${id}-secret` }
    const login = custom({ ...client, subject_token: 'legacy-session:bob', scope: 'openid' })
    const actor_token = member(await exchange(emulator, login), 'id_token')
    const reply = await exchange(emulator, custom({ ...client, actor_token, actor_token_type: ID_TOKEN_TYPE }))
    expect(claims(reply)).toMatchObject({ sub: 'auth0|alice', act: { sub: 'auth0|bob' } })
  })

  it('from the support console into the session of a customer, and on behalf of her', async () => {
    const session_transfer_token = await mint(emulator)
    const code = codeOf(
      await authorize(emulator, loginRequest({ session_transfer_token, audience: MCP, scope: 'openid tools:call' })),
    )
    const reply = await exchange(emulator, codeGrant(code))
    const next = await exchange(emulator, onBehalfOf(accessToken(reply)))
    expect(claims(next)).toMatchObject({ sub: 'auth0|alice', act: { sub: 'mcp-server', act: { sub: 'auth0|bob' } } })
  })

  it.each(
    defaultTenant()
      .clients.filter(({ callbacks }) => callbacks)
      .map(({ clientId }) => clientId),
  )('users sign in at %s, on any port', async (client_id) => {
    const reply = await signIn(emulator, {
      client_id,
      redirect_uri: 'http://localhost:5173/callback',
      code_challenge: 'x'.repeat(43),
    })
    expect(codeOf(reply)).toMatch(/^[0-9a-f]{64}$/)
  })
})
