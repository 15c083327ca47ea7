import { generateKeyPair, jwtVerify, type CryptoKey, type GenerateKeyPairResult } from 'jose'
import { describe, expect, it, vi } from 'vitest'
import {
  ACCESS_TOKEN_TYPE,
  ID_TOKEN_TYPE,
  JWT_TOKEN_TYPE,
  REFRESH_TOKEN_TYPE,
  mutualTls,
  privateKeyJwt,
  type ExchangeEvent,
  type ExchangeTokenResult,
  type OnEvent,
  type TokenExchangeClient,
  type TokenExchangeClientConfig,
} from '../../src/index.js'
import { EXCHANGE, METADATA, TOKEN_RESPONSE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'
import { signingTenant } from '../support/signing-tenant.js'

describe('private_key_jwt', () => {
  const NOW = 1_800_000_000_000

  it('signs an assertion for the configured issuer, new for every request', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256')
    const answers = [Response.json({ error: 'server_error' }, { status: 500 })]
    const server = scriptedServer(() => answers.shift() ?? Response.json(TOKEN_RESPONSE))
    const clientAuthentication = privateKeyJwt(privateKey, { alg: 'RS256', kid: 'key-1', now: () => NOW })
    await clientOf(server, { clientAuthentication, retry: { attempts: 1, firstDelayMs: 1 } }).exchangeToken(EXCHANGE)
    const ids = []
    for (const { form } of server.tokenRequests) {
      const parameters = Object.fromEntries(form)
      expect(parameters).toMatchObject({
        client_id: 'web-app',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      })
      const { payload, protectedHeader } = await jwtVerify(parameters['client_assertion'] ?? '', publicKey, {
        currentDate: new Date(NOW),
      })
      expect(protectedHeader).toEqual({ alg: 'RS256', kid: 'key-1' })
      expect(payload).toMatchObject({
        iss: 'web-app',
        sub: 'web-app',
        aud: 'https://tenant.example.com/',
        iat: NOW / 1000,
        exp: NOW / 1000 + 60,
      })
      ids.push(payload.jti)
    }
    expect(new Set(ids).size).toBe(2)
  })

  it.each([1, 300])('a lifetime of %i seconds begins with the second that has begun', async (lifetimeSeconds) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const server = scriptedServer()
    const clientAuthentication = privateKeyJwt(privateKey, { alg: 'ES256', lifetimeSeconds, now: () => NOW + 999 })
    await clientOf(server, { clientAuthentication }).exchangeToken(EXCHANGE)
    const { client_assertion: assertion = '' } = Object.fromEntries(server.tokenRequests[0]?.form ?? [])
    const { payload } = await jwtVerify(assertion, publicKey, { currentDate: new Date(NOW) })
    expect(payload).toMatchObject({ iat: NOW / 1000, exp: NOW / 1000 + lifetimeSeconds })
  })

  it.each<[string, object]>([
    ['a lifetime of nothing', { lifetimeSeconds: 0 }],
    ['a lifetime over five minutes', { lifetimeSeconds: 301 }],
    ['a lifetime that is no number', { lifetimeSeconds: Number.NaN }],
    ['a lifetime as a text', { lifetimeSeconds: '60' }],
    ['a name that is none', { lifetime: 60 }],
    ['no algorithm', { alg: undefined }],
    ['a key id that is no text', { kid: 7 }],
    ['a clock that stands still', { now: 0 }],
  ])('%s is a TypeError', async (_rule, changes) => {
    const { privateKey } = await generateKeyPair('ES256')
    expect(() => privateKeyJwt(privateKey, { alg: 'ES256', ...changes })).toThrow(TypeError)
  })

  it.each<[string, (pair: GenerateKeyPairResult) => unknown]>([
    ['PEM', () => '-----BEGIN PRIVATE KEY-----'],
    ['the public key', ({ publicKey }) => publicKey],
    ['nothing', () => undefined],
  ])('%s is no private key', async (_what, keyOf) => {
    const key = keyOf(await generateKeyPair('ES256')) as CryptoKey
    expect(() => privateKeyJwt(key, { alg: 'ES256' })).toThrow(/needs a private CryptoKey/)
  })

  it('options that are missing are named', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const create = privateKeyJwt as unknown as (key: CryptoKey) => unknown
    expect(() => create(privateKey)).toThrow('privateKeyJwt needs an options object')
  })
})

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

describe('a domain that is chosen for each call', () => {
  const brands = new Map([
    ['a', 'a.example.com'],
    ['b', 'b.example.com'],
  ])

  const OF_BRAND_B = [{ alg: 'ES256' }, { iss: 'https://b.example.com/' }, {}]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')

  function resolving(config: Partial<TokenExchangeClientConfig> = {}) {
    const urls: string[] = []
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      urls.push(url)
      const { origin } = new URL(url)
      return Promise.resolve(
        Response.json(
          init.method === 'POST'
            ? TOKEN_RESPONSE
            : {
                issuer: `${origin}/`,
                token_endpoint: `${origin}/t`,
                jwks_uri: `${origin}/k`,
                userinfo_endpoint: `${origin}/u`,
              },
        ),
      )
    }
    const domain = (context: unknown) => Promise.resolve(brands.get(String(context)) ?? '')
    return { urls, client: clientOf({ fetch }, { domain, ...config }) }
  }

  it('is where discovery and the exchange go, and is discovered once', async () => {
    const { urls, client } = resolving()
    for (const domainContext of ['a', 'b', 'a', 'b']) await client.exchangeToken({ ...EXCHANGE, domainContext })
    expect(urls.filter((url) => url.includes('well-known'))).toHaveLength(2)
    expect(urls.filter((url) => url.endsWith('/t'))).toEqual([
      'https://a.example.com/t',
      'https://b.example.com/t',
      'https://a.example.com/t',
      'https://b.example.com/t',
    ])
  })

  it.each<[string, (client: TokenExchangeClient) => Promise<unknown>]>([
    [
      'getTokenOnBehalfOf',
      (client) =>
        client.getTokenOnBehalfOf({
          accessToken: { token: 'canary-token', verifiedBy: 'caller' },
          audience: 'https://api.example.com',
          domainContext: 'b',
        }),
    ],
    [
      'requestSessionTransferToken',
      (client) =>
        client.requestSessionTransferToken({
          ...EXCHANGE,
          actorToken: 'canary-actor',
          actorTokenType: 'urn:acme:agent',
          domainContext: 'b',
        }),
    ],
    [
      'getTokenForConnection',
      (client) =>
        client.getTokenForConnection({
          subjectToken: 'canary-refresh-token',
          subjectTokenType: REFRESH_TOKEN_TYPE,
          connection: 'a',
          domainContext: 'b',
        }),
    ],
    ['getUserInfo', (client) => client.getUserInfo({ accessToken: 'canary-token', domainContext: 'b' })],
    ['verifyAccessToken', (client) => client.verifyAccessToken(OF_BRAND_B, { domainContext: 'b' })],
  ])('is where %s goes', async (_call, make) => {
    const { urls, client } = resolving({ audience: 'https://mcp.example.com' })
    await make(client).catch(() => undefined)
    expect(urls).not.toEqual([])
    for (const url of urls) expect(url).toMatch(/^https:\/\/b\.example\.com\//)
  })

  it('is in the events', async () => {
    const onEvent = vi.fn<OnEvent>()
    const { client } = resolving({ onEvent })
    await client.exchangeToken({ ...EXCHANGE, domainContext: 'b' })
    expect(onEvent).toHaveBeenCalledWith(expect.objectContaining({ issuer: 'https://b.example.com/' }))
  })

  it('that the resolver does not know is an error before any request', async () => {
    const { urls, client } = resolving()
    expect(await thrownBy(client.exchangeToken({ ...EXCHANGE, domainContext: 'c' }))).toMatchObject({
      code: 'invalid_configuration',
      field: 'domain',
    })
    expect(urls).toEqual([])
  })

  it('is asked for after the options were checked', async () => {
    const client = clientOf(scriptedServer(), { domain: () => expect.fail('resolved too early') })
    expect(await thrownBy(client.exchangeToken({ ...EXCHANGE, subjectToken: '' }))).toMatchObject({
      code: 'invalid_token_format',
    })
  })
})

describe('the type that is asked for', () => {
  const idTokenAnswer = {
    access_token: 'an-id-token',
    issued_token_type: ID_TOKEN_TYPE,
    token_type: 'N_A',
    expires_in: 60,
  }

  it('and issued is given as what it is', async () => {
    const server = scriptedServer(() => Response.json(idTokenAnswer))
    const result = await clientOf(server, { now: () => 999 }).exchangeToken({
      ...EXCHANGE,
      requestedTokenType: ID_TOKEN_TYPE,
    })
    expect(result).toEqual({
      issuedToken: 'an-id-token',
      issuedTokenType: ID_TOKEN_TYPE,
      tokenType: 'N_A',
      expiresIn: 60,
      expiresAt: 60,
    })
  })

  it.each([
    [
      'a JWT that is no access token',
      'N_A',
      { issuedToken: 'a-jwt', issuedTokenType: JWT_TOKEN_TYPE, tokenType: 'N_A' },
    ],
    ['a JWT that is one', 'Bearer', { accessToken: 'a-jwt', issuedTokenType: JWT_TOKEN_TYPE, tokenType: 'Bearer' }],
  ])('and issued may be %s', async (_what, tokenType, expected) => {
    const answer = { access_token: 'a-jwt', issued_token_type: JWT_TOKEN_TYPE, token_type: tokenType }
    const client = clientOf(scriptedServer(() => Response.json(answer)))
    const { actUnavailable: _, ...result } = (await client.exchangeToken({
      ...EXCHANGE,
      requestedTokenType: JWT_TOKEN_TYPE,
    })) as ExchangeTokenResult
    expect(result).toStrictEqual(expected)
  })

  it.each([undefined, ACCESS_TOKEN_TYPE])('is an access token, and a JWT for nobody is none: %s', async (type) => {
    const answer = { access_token: 'a-jwt', issued_token_type: JWT_TOKEN_TYPE, token_type: 'N_A' }
    const client = clientOf(scriptedServer(() => Response.json(answer)))
    expect(await thrownBy(client.exchangeToken({ ...EXCHANGE, requestedTokenType: type }))).toMatchObject({
      code: 'invalid_response',
      field: 'token_type',
    })
  })

  it('and issued may have no token_type', async () => {
    const server = scriptedServer(() =>
      Response.json({ access_token: 'an-id-token', issued_token_type: ID_TOKEN_TYPE }),
    )
    const result = await clientOf(server).exchangeToken({ ...EXCHANGE, requestedTokenType: ID_TOKEN_TYPE })
    expect(result).toStrictEqual({ issuedToken: 'an-id-token', issuedTokenType: ID_TOKEN_TYPE })
  })

  it('and not issued: what counts is what the server says', async () => {
    const result = await clientOf(scriptedServer()).exchangeToken({
      ...EXCHANGE,
      requestedTokenType: ID_TOKEN_TYPE,
    })
    expect(result).toMatchObject({ accessToken: 'issued-access-token' })
  })

  it('and not named by the server is an error', async () => {
    const server = scriptedServer(() => Response.json({ ...idTokenAnswer, issued_token_type: undefined }))
    expect(
      await thrownBy(clientOf(server).exchangeToken({ ...EXCHANGE, requestedTokenType: ID_TOKEN_TYPE })),
    ).toMatchObject({ code: 'invalid_response', field: 'issued_token_type' })
  })
})

describe('a token of a connection', () => {
  const options = {
    subjectToken: 'canary-refresh-token',
    subjectTokenType: REFRESH_TOKEN_TYPE,
    connection: 'google-oauth2',
    loginHint: 'alice@example.com',
  } as const

  it('is a Token Vault exchange', async () => {
    const server = scriptedServer(() =>
      Response.json({
        access_token: 'google-token',
        token_type: 'Bearer',
        expires_in: 60,
        issued_token_type: 'http://auth0.com/oauth/token-type/federated-connection-access-token',
        scope: 'calendar',
      }),
    )
    const result = await clientOf(server, { now: () => 0 }).getTokenForConnection(options)
    expect(Object.fromEntries(server.tokenRequests[0]?.form ?? [])).toMatchObject({
      grant_type: 'urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token',
      subject_token: 'canary-refresh-token',
      subject_token_type: REFRESH_TOKEN_TYPE,
      requested_token_type: 'http://auth0.com/oauth/token-type/federated-connection-access-token',
      connection: 'google-oauth2',
      login_hint: 'alice@example.com',
    })
    expect(result).toEqual({
      accessToken: 'google-token',
      tokenType: 'Bearer',
      expiresIn: 60,
      expiresAt: 60,
      scope: 'calendar',
    })
  })

  const issued = { access_token: 'google-token', token_type: 'Bearer' }

  it('is asked for with an access token too, and need not say its type or lifetime', async () => {
    const server = scriptedServer(() => Response.json(issued))
    const { loginHint: _loginHint, ...rest } = options
    const result = await clientOf(server).getTokenForConnection({ ...rest, subjectTokenType: ACCESS_TOKEN_TYPE })
    expect(result).toStrictEqual({ accessToken: 'google-token', tokenType: 'Bearer' })
    const form = new URLSearchParams(server.tokenRequests[0]?.body)
    expect([form.get('subject_token_type'), form.has('login_hint')]).toEqual([ACCESS_TOKEN_TYPE, false])
  })

  it('may be called an access token by the server', async () => {
    const server = scriptedServer(() => Response.json({ ...issued, issued_token_type: ACCESS_TOKEN_TYPE }))
    expect(await clientOf(server).getTokenForConnection(options)).toMatchObject({ accessToken: 'google-token' })
  })

  it.each<[string, object, string]>([
    ['of another type', { ...issued, issued_token_type: ID_TOKEN_TYPE }, 'issued_token_type'],
    ['without a token_type', { ...issued, token_type: undefined }, 'token_type'],
  ])('%s is an error', async (_rule, answer, field) => {
    const server = scriptedServer(() => Response.json(answer))
    expect(await thrownBy(clientOf(server).getTokenForConnection(options))).toMatchObject({
      code: 'invalid_response',
      field,
    })
  })

  it.each<[string, object, object]>([
    ['a blank login hint', { loginHint: ' ' }, { code: 'invalid_parameter', field: 'loginHint' }],
    ['a forwarded address that is none', { forwardedFor: 'x' }, { code: 'invalid_parameter', field: 'forwardedFor' }],
    ['a blank connection', { connection: ' ' }, { code: 'invalid_parameter', field: 'connection' }],
    ['a token with a scheme', { subjectToken: 'Bearer x' }, { code: 'invalid_token_format' }],
    ['another subject type', { subjectTokenType: ID_TOKEN_TYPE }, { name: 'TypeError' }],
    ['an option that does not exist', { audience: 'x' }, { name: 'TypeError' }],
  ])('%s is refused before any request', async (_rule, changes, expected) => {
    const server = scriptedServer()
    expect(await thrownBy(clientOf(server).getTokenForConnection({ ...options, ...changes }))).toMatchObject(expected)
    expect(server.urls).toEqual([])
  })
})

describe('events', () => {
  it('tell of a success without a token', async () => {
    const events: ExchangeEvent[] = []
    const client = clientOf(scriptedServer(), { onEvent: (event) => events.push(event), now: () => 7 })
    await client.exchangeToken({ ...EXCHANGE, audience: 'https://api.example.com', scope: 'a b' })
    expect(events).toEqual([
      {
        flow: 'exchange',
        outcome: 'success',
        cache: 'bypass',
        coalesced: false,
        startedAt: 7,
        durationMs: expect.any(Number) as number,
        issuer: 'https://tenant.example.com/',
        audience: 'https://api.example.com',
        scope: 'a b',
      },
    ])
    expect(JSON.stringify(events)).not.toContain('canary')
  })

  it('tell of an error with its code and status', async () => {
    const events: ExchangeEvent[] = []
    const server = scriptedServer(() => Response.json({ error: 'invalid_grant' }, { status: 400 }))
    const client = clientOf(server, { onEvent: (event) => events.push(event) })
    await thrownBy(client.exchangeToken(EXCHANGE))
    await thrownBy(client.exchangeToken({ ...EXCHANGE, subjectToken: '' }))
    expect(events).toMatchObject([
      { outcome: 'error', code: 'token_exchange_failed', status: 400 },
      { outcome: 'error', code: 'invalid_token_format' },
    ])
  })

  it('whose listener throws do not break a call', async () => {
    const client = clientOf(scriptedServer(), {
      onEvent: () => {
        throw new Error('listener')
      },
    })
    expect((await client.exchangeToken(EXCHANGE)).accessToken).toBe('issued-access-token')
  })

  it('whose listener rejects do not end the process', async () => {
    const rejected = vi.fn()
    process.on('unhandledRejection', rejected)
    try {
      const onEvent = (): Promise<never> => Promise.reject(new Error('listener'))
      const client = clientOf(scriptedServer(), { onEvent })
      expect((await client.exchangeToken(EXCHANGE)).accessToken).toBe('issued-access-token')
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(rejected).not.toHaveBeenCalled()
    } finally {
      process.off('unhandledRejection', rejected)
    }
  })
})
