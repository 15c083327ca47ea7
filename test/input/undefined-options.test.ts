import { expect, it } from 'vitest'
import { createExchangeCache } from '../../src/cache.js'
import {
  ID_TOKEN_TYPE,
  REFRESH_TOKEN_TYPE,
  SESSION_TRANSFER_TOKEN_TYPE,
  TokenExchangeError,
  buildSessionTransferRedirect,
  type ChallengeOptions,
  type ConnectionTokenOptions,
  type DelegatedFetchOptions,
  type ExchangeTokenOptions,
  type OnBehalfOfOptions,
  type SessionTransferOptions,
  type SessionTransferRedirectOptions,
  type UserInfoOptions,
  type VerifyAccessTokenOptions,
} from '../../src/index.js'
import { EXCHANGE, ISSUER, TOKEN_RESPONSE } from '../support/scripted-server.js'
import { API, NOW, stillWorld } from '../support/still-world.js'
import { row, type Row } from '../support/undefined-members.js'

const world = stillWorld()
const ACTOR = { actorToken: 'canary-actor-token', actorTokenType: ID_TOKEN_TYPE }
const STT = { ...TOKEN_RESPONSE, issued_token_type: SESSION_TRANSFER_TOKEN_TYPE, token_type: 'N_A' }
const NEXT = {
  accessToken: { token: 'canary-subject-token', verifiedBy: 'caller' },
  audience: 'https://next.example.com',
} as const
const EXCHANGE_MEMBERS = {
  actorToken: undefined,
  actorTokenType: undefined,
  audience: undefined,
  resource: undefined,
  scope: undefined,
  organization: undefined,
  requestedTokenType: undefined,
  extra: undefined,
  cache: undefined,
  forceRefresh: undefined,
  expectActor: undefined,
  forwardedFor: undefined,
  dpop: undefined,
  retry: undefined,
  signal: undefined,
  timeoutMs: undefined,
  domainContext: undefined,
} as const
const ON_BEHALF_OF_MEMBERS = {
  scope: undefined,
  allowOwnAudience: undefined,
  cache: undefined,
  forceRefresh: undefined,
  forwardedFor: undefined,
  dpop: undefined,
  retry: undefined,
  signal: undefined,
  timeoutMs: undefined,
  domainContext: undefined,
} as const
const { signal: _signal, forceRefresh: _forceRefresh, ...DELEGATED_MEMBERS } = ON_BEHALF_OF_MEMBERS

const ROWS: readonly Row[] = [
  row<ExchangeTokenOptions>('exchangeToken', EXCHANGE_MEMBERS, (members) =>
    world.outcome(world.clientOf().exchangeToken({ ...EXCHANGE, ...members })),
  ),
  row<ExchangeTokenOptions>("exchangeToken with the client's retries and cache", EXCHANGE_MEMBERS, (members) => {
    world.failOnce()
    const client = world.clientOf({ retry: { attempts: 1 }, cache: createExchangeCache() })
    return world.outcome(client.exchangeToken({ ...EXCHANGE, ...members }))
  }),
  row<OnBehalfOfOptions>('getTokenOnBehalfOf, twice, and invalidate', ON_BEHALF_OF_MEMBERS, async (members) => {
    const client = world.clientOf({ cache: createExchangeCache() })
    const call = () => world.outcome(client.getTokenOnBehalfOf({ ...NEXT, ...members }))
    const before = [await call(), await call()]
    await client.invalidate({ ...NEXT, ...members })
    return [before, await call()]
  }),
  row<DelegatedFetchOptions>('delegatedFetch', DELEGATED_MEMBERS, async (members) => {
    const next = world.clientOf().delegatedFetch({ ...NEXT, origins: [NEXT.audience], ...members })
    return world.outcome((await next(`${NEXT.audience}/events`)).json())
  }),
  row<SessionTransferOptions>(
    'requestSessionTransferToken',
    {
      scope: undefined,
      organization: undefined,
      extra: undefined,
      forwardedFor: undefined,
      targetLoginUrl: undefined,
      signal: undefined,
      timeoutMs: undefined,
      domainContext: undefined,
    },
    (members) => {
      world.tenant.answer = () => Response.json(STT)
      return world.outcome(world.clientOf().requestSessionTransferToken({ ...EXCHANGE, ...ACTOR, ...members }))
    },
  ),
  row<ConnectionTokenOptions>(
    'getTokenForConnection',
    {
      loginHint: undefined,
      forwardedFor: undefined,
      retry: undefined,
      signal: undefined,
      timeoutMs: undefined,
      domainContext: undefined,
    },
    (members) => {
      world.failOnce()
      const subject = {
        subjectToken: 'canary-refresh-token',
        subjectTokenType: REFRESH_TOKEN_TYPE,
        connection: 'a',
      } as const
      return world.outcome(world.clientOf({ retry: { attempts: 1 } }).getTokenForConnection({ ...subject, ...members }))
    },
  ),
  row<UserInfoOptions>(
    'getUserInfo',
    {
      expectedSubject: undefined,
      dpop: undefined,
      signal: undefined,
      timeoutMs: undefined,
      domainContext: undefined,
    },
    (members) => world.outcome(world.clientOf().getUserInfo({ accessToken: 'canary-access-token', ...members })),
  ),
  row<VerifyAccessTokenOptions>(
    'verifyAccessToken',
    { requiredClaims: undefined, clockToleranceSeconds: undefined, domainContext: undefined },
    async (members) => {
      const claims = { iss: ISSUER, aud: API, sub: 'auth0|alice', iat: NOW, exp: NOW - 1 }
      return world.outcome(world.clientOf().verifyAccessToken(await world.tenant.sign(claims), members))
    },
  ),
  row<SessionTransferRedirectOptions>(
    'buildSessionTransferRedirect',
    { organization: undefined, allowedTargets: undefined },
    async (members) => {
      world.tenant.answer = () => Response.json(STT)
      const transfer = await world.clientOf().requestSessionTransferToken({ ...EXCHANGE, ...ACTOR })
      return buildSessionTransferRedirect('https://app.example.com/login?organization=a', transfer, members)
    },
  ),
  row<ChallengeOptions>('toChallenge', { realm: undefined, resourceMetadata: undefined, scope: undefined }, (members) =>
    new TokenExchangeError('verification_failed', 'a').toChallenge(members),
  ),
]

it.each(ROWS)('%s takes undefined for nothing', async (_call, members, act) => {
  const without = await act({})
  await world.begin()
  expect(await act(members)).toStrictEqual(without)
})
