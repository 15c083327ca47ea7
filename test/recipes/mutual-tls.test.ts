import { Agent } from 'undici'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TokenExchangeClient, mutualTls } from '../../src/index.js'
import { createNodeFetch } from '../../src/node.js'
import { EXCHANGE, TOKEN_RESPONSE, thrownBy } from '../support/scripted-server.js'
import { createAuthority, type Authority } from './certificates.js'
import { createClientWithCertificate } from './mutual-tls.js'
import { serveTenant, type TenantServer } from './tenant-server.js'

let authority: Authority
let open: TenantServer
let guarded: TenantServer
let domain: string
const shown: string[] = []

beforeAll(async () => {
  authority = createAuthority()
  const tls = { ...authority.server, ca: authority.ca, requestCert: true, rejectUnauthorized: true }
  const answer = { fetch: () => Promise.resolve(Response.json(TOKEN_RESPONSE)) }
  guarded = await serveTenant(answer, tls, (socket) => {
    shown.push(String(socket.getPeerCertificate().subject.CN))
  })
  // Discovery asks for no certificate, and its token endpoint would not take one.
  const metadata = () => ({
    issuer: `${domain}/`,
    token_endpoint: `${domain}/closed`,
    jwks_uri: `${domain}/jwks`,
    mtls_endpoint_aliases: { token_endpoint: `https://localhost:${guarded.port}/oauth/token` },
  })
  open = await serveTenant({ fetch: () => Promise.resolve(Response.json(metadata())) }, authority.server)
  domain = `https://localhost:${open.port}`
})

afterAll(async () => {
  await open.close()
  await guarded.close()
})

it('the server sees the certificate', async () => {
  const client = createClientWithCertificate(domain, { ...authority.client, ca: authority.ca })
  expect((await client.exchangeToken(EXCHANGE)).accessToken).toBe(TOKEN_RESPONSE.access_token)
  expect(shown).toEqual(['mcp-server'])
})

it('without a certificate the call fails', async () => {
  const dispatcher = new Agent({ connect: { ca: authority.ca } })
  const config = { domain, clientId: 'mcp-server', clientAuthentication: mutualTls() }
  const client = new TokenExchangeClient({ ...config, fetch: createNodeFetch({ dispatcher }) })
  expect(await thrownBy(client.exchangeToken(EXCHANGE))).toMatchObject({ code: 'network_error' })
  expect(shown).toEqual(['mcp-server'])
})

it('a certificate of a stranger does not do', async () => {
  const client = createClientWithCertificate(domain, { ...createAuthority().client, ca: authority.ca })
  expect(await thrownBy(client.exchangeToken(EXCHANGE))).toMatchObject({ code: 'network_error' })
  expect(shown).toEqual(['mcp-server'])
})
