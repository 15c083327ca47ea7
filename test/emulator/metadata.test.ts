import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/emulator/index.js'
import { seeded, send } from './support.js'

const get = (path: string, method = 'GET', emulator = seeded()) => send(emulator, path, { method })

describe('metadata', () => {
  it.each(['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'])(
    '%s describes the server under its issuer',
    async (path) => {
      const { status, body } = await get(path)
      expect([status, body]).toEqual([
        200,
        {
          issuer: 'https://tenant.example.com/',
          authorization_endpoint: 'https://tenant.example.com/authorize',
          token_endpoint: 'https://tenant.example.com/oauth/token',
          userinfo_endpoint: 'https://tenant.example.com/userinfo',
          end_session_endpoint: 'https://tenant.example.com/oidc/logout',
          jwks_uri: 'https://tenant.example.com/.well-known/jwks.json',
          grant_types_supported: [
            'urn:ietf:params:oauth:grant-type:token-exchange',
            'urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token',
            'authorization_code',
            'refresh_token',
            'client_credentials',
            'http://auth0.com/oauth/grant-type/mfa-otp',
          ],
          response_types_supported: ['code'],
          response_modes_supported: ['query'],
          scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
          claims_supported: [
            ...['sub', 'iss', 'aud', 'iat', 'exp', 'auth_time', 'nonce', 'org_id', 'org_name', 'act'],
            ...['name', 'given_name', 'family_name', 'nickname', 'picture', 'email', 'email_verified'],
          ],
          subject_types_supported: ['public'],
          request_parameter_supported: false,
          request_uri_parameter_supported: false,
          id_token_signing_alg_values_supported: ['RS256'],
          token_endpoint_auth_methods_supported: [
            'client_secret_basic',
            'client_secret_post',
            'private_key_jwt',
            'none',
          ],
          token_endpoint_auth_signing_alg_values_supported: ['RS256', 'RS384', 'PS256', 'PS384', 'ES256', 'ES384'],
          code_challenge_methods_supported: ['S256', 'plain'],
          dpop_signing_alg_values_supported: ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA', 'Ed25519'],
        },
      ])
    },
  )

  it('follows a configured issuer, whatever address the request had', async () => {
    const { body } = await get('/.well-known/openid-configuration', 'GET', createEmulator({ issuer: 'https://a.test' }))
    expect(body).toMatchObject({
      issuer: 'https://a.test/',
      jwks_uri: 'https://a.test/.well-known/jwks.json',
    })
  })

  it.each([
    ['seeded', seeded()],
    ['made at start', createEmulator()],
  ])('keys that are %s are published without their private part', async (_name, emulator) => {
    const { body } = await get('/.well-known/jwks.json', 'GET', emulator)
    expect(body).toEqual({
      keys: [
        {
          kty: 'RSA',
          use: 'sig',
          alg: 'RS256',
          kid: expect.any(String) as string,
          n: expect.any(String) as string,
          e: 'AQAB',
        },
      ],
    })
  })
})

describe('routes', () => {
  it.each(['/', '/oauth', '/oauth/token/', '/oauth/token/x', '/authorize/', '/mtls', '/__proto__', '/%00'])(
    'an unknown path is 404: %s',
    async (path) => {
      expect(await get(path)).toMatchObject({ status: 404, body: { error: 'not_found' } })
    },
  )

  it.each([
    ['GET', '/oauth/token', 'POST'],
    ['PUT', '/oauth/token', 'POST'],
    ['OPTIONS', '/oauth/token', 'POST'],
    ['POST', '/.well-known/openid-configuration', 'GET, HEAD'],
    ['POST', '/.well-known/oauth-authorization-server', 'GET, HEAD'],
    ['DELETE', '/.well-known/jwks.json', 'GET, HEAD'],
    ['POST', '/authorize', 'GET, HEAD'],
    ['GET', '/authorize/login', 'POST'],
    ['PUT', '/oidc/logout', 'GET, HEAD, POST'],
    ['POST', '/v2/logout', 'GET, HEAD'],
    ['POST', '/userinfo', 'GET, HEAD'],
    ['GET', '/mtls/oauth/token', 'POST'],
    ['DELETE', '/mtls/userinfo', 'GET, HEAD'],
  ])('a wrong method is 405 and says what is allowed: %s %s', async (method, path, allow) => {
    const reply = await get(path, method)
    expect(reply).toMatchObject({ status: 405, body: { error: 'method_not_allowed' } })
    expect(reply.headers.get('Allow')).toBe(allow)
  })

  it('HEAD answers as GET does, without a body', async () => {
    const { status, text } = await get('/.well-known/jwks.json', 'HEAD')
    expect([status, text]).toEqual([200, ''])
  })
})
