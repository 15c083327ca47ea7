import { describe, expect, it } from 'vitest'
import { mutualTls } from '../../src/index.js'
import { EXCHANGE, METADATA, clientOf, thrownBy } from '../support/scripted-server.js'
import { signingTenant } from '../support/signing-tenant.js'

describe('a client certificate', () => {
  const aliases = { mtls_endpoint_aliases: { token_endpoint: 'https://mtls.tenant.example.com/oauth/token' } }

  it.each<[string, object, string]>([
    ['the alias that discovery names', { ...METADATA, ...aliases }, 'https://mtls.tenant.example.com/oauth/token'],
    ['the ordinary endpoint without one', METADATA, METADATA.token_endpoint],
  ])('is shown at %s', async (_rule, metadata, endpoint) => {
    const tenant = await signingTenant(metadata)
    await clientOf(tenant, { clientAuthentication: mutualTls() }).exchangeToken(EXCHANGE)
    expect(tenant.tokenRequests[0]?.url).toBe(endpoint)
    expect(tenant.tokenRequests[0]?.form).toContainEqual(['client_id', 'web-app'])
    expect(tenant.tokenRequests[0]?.body).not.toContain('secret')
  })

  it('is not shown by a client of another method, whatever aliases there are', async () => {
    const tenant = await signingTenant({ ...METADATA, ...aliases })
    await clientOf(tenant).exchangeToken(EXCHANGE)
    expect(tenant.tokenRequests[0]?.url).toBe(METADATA.token_endpoint)
  })

  it('needs a fetch that has one', () => {
    expect(() => clientOf({ fetch: undefined as never }, { clientAuthentication: mutualTls() })).toThrow(
      expect.objectContaining({ code: 'invalid_configuration', field: 'fetch' }) as Error,
    )
  })

  it('an alias over http is refused', async () => {
    const tenant = await signingTenant({
      ...METADATA,
      mtls_endpoint_aliases: { token_endpoint: 'http://mtls.tenant.example.com/t' },
    })
    const call = clientOf(tenant, { clientAuthentication: mutualTls() }).exchangeToken(EXCHANGE)
    expect(await thrownBy(call)).toMatchObject({ code: 'invalid_metadata', reason: 'insecure' })
    expect(tenant.tokenRequests).toEqual([])
  })
})
