import { describe, expect, it } from 'vitest'
import { clientSecretBasic, clientSecretPost, noClientAuthentication } from '../../src/index.js'
import { EXCHANGE, clientOf, scriptedServer } from '../support/scripted-server.js'

async function sent(config: Parameters<typeof clientOf>[1]) {
  const server = scriptedServer()
  await clientOf(server, config).exchangeToken(EXCHANGE)
  const [request] = server.tokenRequests
  const client = request?.form.filter(([name]) => name.startsWith('client_'))
  return { client, authorization: request?.headers.get('authorization') }
}

describe('client authentication', () => {
  it('post: id and secret in the body, no header', async () => {
    expect(await sent({ clientAuthentication: clientSecretPost('s&c=r t+é') })).toEqual({
      client: [
        ['client_id', 'web-app'],
        ['client_secret', 's&c=r t+é'],
      ],
      authorization: null,
    })
  })

  it('Basic: both halves form-encoded in the header, nothing in the body', async () => {
    const { client, authorization } = await sent({
      clientId: 'id:1 é',
      clientAuthentication: clientSecretBasic('s:%+ ü'),
    })
    expect(client).toEqual([])
    expect(atob(authorization?.replace('Basic ', '') ?? '')).toBe('id%3A1+%C3%A9:s%3A%25%2B+%C3%BC')
  })

  it('none: the id alone', async () => {
    expect(await sent({ clientAuthentication: noClientAuthentication() })).toEqual({
      client: [['client_id', 'web-app']],
      authorization: null,
    })
  })

  it('a method may be asynchronous and learns client and issuer', async () => {
    const clientAuthentication = {
      method: 'test',
      authenticate: (client: { clientId: string; issuer: string }) =>
        Promise.resolve({ authorization: `Test ${client.clientId} ${client.issuer}` }),
    }
    expect((await sent({ clientAuthentication })).authorization).toBe('Test web-app https://tenant.example.com/')
  })

  it.each([[clientSecretPost], [clientSecretBasic]])('a secret that cannot be one is refused: %s', (method) => {
    const blank = { code: 'invalid_configuration', field: 'clientSecret', reason: 'blank' }
    expect(() => method(' ')).toThrow(expect.objectContaining(blank) as Error)
    expect(() => method('\ud800')).toThrow(expect.objectContaining({ reason: 'lone_surrogate' }) as Error)
    expect(() => method(undefined as never)).toThrow(TypeError)
  })
})
