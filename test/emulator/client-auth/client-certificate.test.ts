import { describe, expect, it } from 'vitest'
import type { ConnectionOptions } from '../../../src/emulator/index.js'
import { createProver } from '../proof-of-possession/dpop-support.js'
import { claims, custom, expectFailure, FORM, ISSUER, seeded, send, toForm, withClient } from '../support.js'

const THUMBPRINT = 'A'.repeat(43)
const OTHER = 'B'.repeat(43)
const emulator = seeded(
  withClient('web-app', {
    certificateThumbprints: [THUMBPRINT],
    clientSecret: undefined,
    tokenEndpointAuthMethod: 'tls_client_auth',
  }),
)

const ask = (options: ConnectionOptions, overrides = {}, path = '/mtls/oauth/token', headers = {}) => {
  const body = toForm(custom({ client_secret: undefined, ...overrides }))
  return send(emulator, path, { method: 'POST', headers: { ...FORM, ...headers }, body }, options)
}

describe('a client with a certificate', () => {
  it.each(['/oauth/token', '/mtls/oauth/token'])('is accepted by its thumbprint at %s', async (path) => {
    const reply = await ask({ clientCertificateThumbprint: THUMBPRINT }, {}, path)
    expect(claims(reply)['azp']).toBe('web-app')
  })

  it.each([['self_signed_tls_client_auth' as const], [undefined]])('is accepted with the method %s', async (method) => {
    const tokenEndpointAuthMethod = method
    const client = { certificateThumbprints: [THUMBPRINT], clientSecret: undefined, tokenEndpointAuthMethod }
    const other = seeded(withClient('web-app', client))
    const body = toForm(custom({ client_secret: undefined }))
    const init = { method: 'POST', headers: FORM, body }
    const status = async (thumbprint: string) =>
      (await send(other, '/oauth/token', init, { clientCertificateThumbprint: thumbprint })).status
    expect([await status(THUMBPRINT), await status(OTHER)]).toEqual([200, 401])
  })

  it.each<[string, ConnectionOptions, object]>([
    ['without a certificate', {}, {}],
    ['with another certificate', { clientCertificateThumbprint: OTHER }, {}],
    ['with an empty thumbprint', { clientCertificateThumbprint: '' }, {}],
    ['with a secret', { clientCertificateThumbprint: THUMBPRINT }, { client_secret: 'web-app-secret' }],
    ['that has none', { clientCertificateThumbprint: THUMBPRINT }, { client_id: 'support-console' }],
  ])('is refused %s', async (_name, options, overrides) => {
    expectFailure(await ask(options, overrides), 401, 'invalid_client', 'Client authentication failed')
  })

  it('finds its endpoints in the metadata', async () => {
    const { body } = await send(emulator, '/.well-known/openid-configuration')
    expect(body).toMatchObject({
      mtls_endpoint_aliases: {
        token_endpoint: `${ISSUER}mtls/oauth/token`,
        userinfo_endpoint: `${ISSUER}mtls/userinfo`,
      },
    })
    expect(body['token_endpoint_auth_methods_supported']).toEqual(
      expect.arrayContaining(['tls_client_auth', 'self_signed_tls_client_auth']),
    )
  })

  it('proves possession for the endpoint that it uses', async () => {
    const { prove } = await createProver()
    const options = { clientCertificateThumbprint: THUMBPRINT }
    const right = await prove({ claims: { htu: `${ISSUER}mtls/oauth/token` } })
    expect((await ask(options, {}, '/mtls/oauth/token', right)).body['token_type']).toBe('DPoP')
    expect((await ask(options, {}, '/mtls/oauth/token', await prove())).body['error']).toBe('invalid_dpop_proof')
  })
})
