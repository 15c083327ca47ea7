import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import {
  getDelegationChain,
  requireActor,
  type ActorPolicy,
  type AllowedActor,
  type DelegationChainOptions,
} from '../../src/act.js'
import { isTokenExchangeError } from '../../src/index.js'
import {
  createAccessTokenVerifier,
  createMemoryReplayStore,
  type AccessTokenVerifier,
  type AccessTokenVerifierConfig,
  type DPoPVerification,
  type MemoryReplayStoreOptions,
  type VerifyOptions,
  type VerifyRequestOptions,
} from '../../src/verify.js'
import { thrownBy } from '../support/scripted-server.js'
import { row, type Row } from '../support/undefined-members.js'
import { API, CLAIMS, DOMAIN, NOW, RESOURCE, keyOf, proof, requestWith, setting, sign, thumbprint } from './support.js'

const key = await keyOf('ES256')
const ACT = { sub: 'mcp-server', act: { sub: 'spa' } }
const token = await sign({ ...CLAIMS, act: ACT }, key, { kid: 'ES256' })
const bound = await sign({ ...CLAIMS, cnf: { jkt: await thumbprint(key) } }, key, { kid: 'ES256' })

beforeEach(() => {
  vi.spyOn(Date, 'now').mockReturnValue(NOW * 1000)
  vi.stubGlobal('fetch', setting([key]).fetch)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const verifierOf = (config: Partial<AccessTokenVerifierConfig> = {}): AccessTokenVerifier =>
  createAccessTokenVerifier({ domain: DOMAIN, audience: API, ...config })

/** A token, one that is bound with a proof that is used twice, and none. */
async function judgements(verifier: AccessTokenVerifier): Promise<readonly unknown[]> {
  const proofJwt = await proof(key, { token: bound })
  const again = () => verifier.verifyRequest(requestWith(bound, proofJwt))
  const verified = [await verifier.verifyRequest(requestWith(token)), await again()]
  const errors = [await thrownBy(again()), await thrownBy(verifier.verifyRequest(new Request(RESOURCE)))]
  return [...verified, ...errors.map((error) => isTokenExchangeError(error) && [error.code, error.toChallenge()])]
}

const ROWS: readonly Row[] = [
  row<AccessTokenVerifierConfig>(
    'a verifier',
    {
      algorithms: undefined,
      profile: undefined,
      requiredClaims: undefined,
      clockToleranceSeconds: undefined,
      dpop: undefined,
      fetch: undefined,
      timeoutMs: undefined,
      now: undefined,
    },
    (members) => judgements(verifierOf(members)),
  ),
  row<DPoPVerification>(
    'dpop of a verifier',
    {
      mode: undefined,
      publicUrl: undefined,
      algorithms: undefined,
      maxAgeSeconds: undefined,
      leewaySeconds: undefined,
      replayStore: undefined,
    },
    (members) => judgements(verifierOf({ dpop: members })),
  ),
  row<VerifyOptions>(
    'verify',
    { requiredClaims: undefined, dpop: undefined, url: undefined, headers: undefined },
    (members) => verifierOf().verify(token, members),
  ),
  row<VerifyRequestOptions>(
    'verifyRequest',
    { requiredClaims: undefined, scope: undefined, actor: undefined },
    (members) => verifierOf().verifyRequest(requestWith(token), members),
  ),
  row<MemoryReplayStoreOptions>('a replay store', { maxEntries: undefined, now: undefined }, async (members) => {
    const store = createMemoryReplayStore(members)
    return [await store.addIfAbsent('a', 1000), await store.addIfAbsent('a', 1000)]
  }),
  row<Exclude<ActorPolicy, { readonly actor: 'forbidden' }>>(
    'a policy',
    { actor: undefined, maxDepth: undefined },
    (members) => requireActor({ ...CLAIMS, act: ACT }, { allow: ['mcp-server'], ...members }),
  ),
  row<Exclude<AllowedActor, string>>('an allowed actor', { iss: undefined }, (members) => {
    const actor = { sub: 'mcp-server', ...members }
    return requireActor({ ...CLAIMS, act: ACT }, { allow: [actor] })
  }),
  row<DelegationChainOptions>('getDelegationChain', { maxDepth: undefined }, (members) =>
    getDelegationChain({ act: ACT }, members),
  ),
]

it.each(ROWS)('%s takes undefined for nothing', async (_call, members, act) => {
  expect(await act(members)).toStrictEqual(await act({}))
})
