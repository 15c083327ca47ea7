import { describe, expect, it } from 'vitest'
import { REFRESH_TOKEN_TYPE, TokenExchangeClient, clientSecretPost } from '../../src/index.js'
import { EXCHANGE, TOKEN_RESPONSE, scriptedServer } from '../support/scripted-server.js'

type Mutable = Record<string, unknown>

const audience = 'https://calendar.example.com'
const actor = { actorToken: 'canary-actor', actorTokenType: 'urn:x:agent' }
const vault = { subjectToken: 'canary-1', subjectTokenType: REFRESH_TOKEN_TYPE, connection: 'google-oauth2' }

/** A call, the options of the first one, what turns them into those of the second, and what each must send. */
const CALLS: readonly (readonly [
  call: 'exchangeToken' | 'getTokenOnBehalfOf' | 'requestSessionTransferToken' | 'getTokenForConnection',
  what: string,
  options: Mutable,
  change: (options: Mutable) => unknown,
  sent: readonly [field: string, first: string, second: string],
])[] = [
  [
    'exchangeToken',
    'a token',
    { ...EXCHANGE, subjectToken: 'canary-1' },
    (options) => (options['subjectToken'] = 'canary-2'),
    ['subject_token', 'canary-1', 'canary-2'],
  ],
  [
    'exchangeToken',
    'a list',
    { ...EXCHANGE, resource: ['https://a.example.com'] },
    (options) => ((options['resource'] as string[])[0] = 'https://b.example.com'),
    ['resource', 'https://a.example.com', 'https://b.example.com'],
  ],
  [
    'exchangeToken',
    'an extra parameter',
    { ...EXCHANGE, extra: { tenant_hint: ['a'] } },
    (options) => ((options['extra'] as Record<string, string[]>)['tenant_hint'] = ['b']),
    ['tenant_hint', 'a', 'b'],
  ],
  [
    'getTokenOnBehalfOf',
    'a token',
    { accessToken: { token: 'canary-1', verifiedBy: 'caller' }, audience },
    (options) => (options['accessToken'] = { token: 'canary-2', verifiedBy: 'caller' }),
    ['subject_token', 'canary-1', 'canary-2'],
  ],
  [
    'getTokenOnBehalfOf',
    'the token within the access token',
    { accessToken: { token: 'canary-1', verifiedBy: 'caller' }, audience },
    (options) => ((options['accessToken'] as { token: string }).token = 'canary-2'),
    ['subject_token', 'canary-1', 'canary-2'],
  ],
  [
    'requestSessionTransferToken',
    'a token',
    { ...EXCHANGE, ...actor, subjectToken: 'canary-1' },
    (options) => (options['subjectToken'] = 'canary-2'),
    ['subject_token', 'canary-1', 'canary-2'],
  ],
  [
    'requestSessionTransferToken',
    'an extra parameter',
    { ...EXCHANGE, ...actor, extra: { tenant_hint: ['a'] } },
    (options) => ((options['extra'] as Record<string, string[]>)['tenant_hint'] = ['b']),
    ['tenant_hint', 'a', 'b'],
  ],
  [
    'getTokenForConnection',
    'a token',
    vault,
    (options) => (options['subjectToken'] = 'canary-2'),
    ['subject_token', 'canary-1', 'canary-2'],
  ],
]

describe('an options object that is used again for the next call changes nothing of the first', () => {
  it.each(CALLS)('%s: %s', async (call, _what, first, change, [field, ...values]) => {
    const server = scriptedServer(() => Response.json(TOKEN_RESPONSE))
    const client = new TokenExchangeClient({
      domain: 'tenant.example.com',
      clientId: 'web-app',
      clientAuthentication: clientSecretPost('secret'),
      fetch: server.fetch,
    }) as unknown as Record<typeof call, (options: object) => Promise<unknown>>
    const options = structuredClone(first)
    const calls = [client[call](options)]
    change(options)
    calls.push(client[call](options))
    // A session transfer wants another type than the scripted one; what was sent is all that counts here.
    await Promise.allSettled(calls)
    const sent = server.tokenRequests.map(({ form }) => form.find(([name]) => name === field)?.[1])
    expect(sent).toEqual(values)
  })

  it('getUserInfo', async () => {
    const seen: (string | null)[] = []
    const { fetch } = scriptedServer()
    const client = new TokenExchangeClient({
      domain: 'tenant.example.com',
      clientId: 'web-app',
      clientAuthentication: clientSecretPost('secret'),
      async fetch(url, init) {
        if (!url.endsWith('/userinfo')) {
          const metadata = (await (await fetch(url, init)).json()) as object
          return Response.json({ ...metadata, userinfo_endpoint: 'https://tenant.example.com/userinfo' })
        }
        seen.push(new Headers(init.headers).get('authorization'))
        return Response.json({ sub: 'auth0|alice' })
      },
    })
    const options = { accessToken: 'canary-1' }
    const first = client.getUserInfo(options)
    options.accessToken = 'canary-2'
    await Promise.all([first, client.getUserInfo(options)])
    expect(seen).toEqual(['Bearer canary-1', 'Bearer canary-2'])
  })
})
