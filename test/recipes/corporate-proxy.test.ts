import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { ISSUER, thrownBy } from '../support/scripted-server.js'
import { signingTenant, type SigningTenant } from '../support/signing-tenant.js'
import { createAuthority, type Authority } from './certificates.js'
import { createClientBehindProxy } from './corporate-proxy.js'
import { serveTenant, type TenantServer } from './tenant-server.js'

let authority: Authority
let tenant: SigningTenant
let server: TenantServer
const asked: (string | undefined)[] = []

// The proxy alone knows where tenant.example.com is.
const proxy = createServer((_request, response) => response.writeHead(403).end())
proxy.on('connect', (request, socket) => {
  asked.push(request.url)
  const tunnel = connect(server.port, 'localhost', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    socket.pipe(tunnel).pipe(socket)
  })
  tunnel.on('error', () => socket.destroy())
  socket.on('error', () => tunnel.destroy())
})

function proxyUrl(): string {
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
}

beforeAll(async () => {
  vi.stubEnv('CLIENT_SECRET', 'canary-client-secret')
  authority = createAuthority()
  tenant = await signingTenant()
  server = await serveTenant(tenant, authority.server)
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await server.close()
  proxy.closeAllConnections()
  proxy.close()
})

it('discovery, keys and exchange go through the proxy', async () => {
  const globalFetch = vi.spyOn(globalThis, 'fetch')
  const client = createClientBehindProxy(proxyUrl(), authority.ca)
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: ISSUER, sub: 'auth0|alice', aud: 'https://mcp.example.com', iat: now, exp: now + 60 }
  const accessToken = await client.verifyAccessToken(await tenant.sign(claims))
  const result = await client.getTokenOnBehalfOf({ accessToken, audience: 'https://calendar.example.com' })
  expect(result.accessToken).toBe('issued-access-token')
  expect(tenant.urls.map((url) => new URL(url).pathname)).toEqual([
    '/.well-known/openid-configuration',
    '/.well-known/jwks.json',
    '/oauth/token',
  ])
  expect(asked.length).toBeGreaterThan(0)
  expect(new Set(asked)).toEqual(new Set(['tenant.example.com:443']))
  expect(globalFetch).not.toHaveBeenCalled()
})

it('the certificate of the server is checked behind the proxy too', async () => {
  const client = createClientBehindProxy(proxyUrl())
  const call = client.exchangeToken({ subjectToken: 'canary-subject', subjectTokenType: 'urn:acme:legacy-session' })
  expect(await thrownBy(call)).toMatchObject({ code: 'network_error' })
})
