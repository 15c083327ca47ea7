import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../structure/manifest.js'
import { createProgram } from '../structure/program.js'
import { mismatches, type Row } from './compile.js'

const DOORS = ['index', 'act', 'cache', 'node', 'session/index', 'token-endpoint', 'verify'].map(
  (name) => `src/${name}.ts`,
)
const INPUT = /(?:Options|Config|Policy|Verification|Actor|Authentication|Credentials|Use|Keys|Context)$/
const OTHER_INPUTS = ['ExchangeParameters', 'SessionTransferRequest']
/** Their names end like those of inputs. */
const NO_INPUTS = ['CurrentActor']

/** The optional members of what users pass in, and whether each takes an explicit `undefined`. */
function optionalMembers(): (readonly [member: string, takesUndefined: boolean])[] {
  const program = createProgram(DOORS)
  const checker = program.getTypeChecker()
  const found = new Map<string, boolean>()
  for (const door of DOORS) {
    const source = program.getSourceFile(join(ROOT, door))
    const module = source && checker.getSymbolAtLocation(source)
    for (const symbol of module ? checker.getExportsOfModule(module) : []) {
      const { name } = symbol
      if (NO_INPUTS.includes(name) || !(INPUT.test(name) || OTHER_INPUTS.includes(name))) continue
      const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
      if (!(original.flags & ts.SymbolFlags.Type)) continue
      const type = checker.getDeclaredTypeOfSymbol(original)
      const members = (type.isUnion() ? type.types : [type]).flatMap((part) => part.getProperties())
      for (const member of members.filter(({ flags }) => flags & ts.SymbolFlags.Optional)) {
        found.set(
          `${name}.${member.name}`,
          (member.declarations ?? []).every(takesUndefined) && found.get(`${name}.${member.name}`) !== false,
        )
      }
    }
  }
  return [...found]

  function takesUndefined(declaration: ts.Declaration): boolean {
    if (!ts.isPropertySignature(declaration)) return true
    if (!declaration.type) return true
    const type = checker.getTypeFromTypeNode(declaration.type)
    const flags = (type.isUnion() ? type.types : [type]).reduce((all, part) => all | part.flags, 0)
    return (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Unknown)) !== 0
  }
}

it('every optional member of what users pass in takes an explicit undefined', () => {
  const members = optionalMembers()
  expect(members.length).toBeGreaterThan(150)
  expect(members.filter(([, takesUndefined]) => !takesUndefined).map(([member]) => member)).toEqual([])
})

const MAYBE = `const text = actorToken as string | undefined
const signal = request.signal as AbortSignal | undefined
const flag = (text === 'a') as boolean | undefined
`
const SUBJECT = `subjectToken, subjectTokenType: 'urn:acme:legacy-session'`
const STORE = `{ request, headers }`
const CLIENT = `domain: 'tenant.example.com', clientId: 'app', clientAuthentication: noClientAuthentication()`

const FITS: readonly Row[] = (
  [
    [
      'exchangeToken',
      `const { accessToken } = await client.exchangeToken({ ${SUBJECT}, audience: text, resource: text, scope: text, organization: text, signal, cache: flag, expectActor: flag, extra: undefined, retry: undefined, dpop: undefined, timeoutMs: undefined, requestedTokenType: undefined })
       return accessToken`,
    ],
    ['exchangeToken for whatever type', `await client.exchangeToken({ ${SUBJECT}, requestedTokenType: text })`],
    [
      'an actor that is not there',
      `await client.exchangeToken({ ${SUBJECT}, actorToken: undefined, actorTokenType: undefined })`,
    ],
    [
      'getTokenOnBehalfOf',
      `await client.getTokenOnBehalfOf({ accessToken: verified, audience: 'a', scope: text, signal, allowOwnAudience: flag, forceRefresh: flag })`,
    ],
    [
      'delegatedFetch',
      `client.delegatedFetch({ accessToken: verified, audience: 'a', origins: ['b'], scope: text, cache: flag })`,
    ],
    [
      'requestSessionTransferToken',
      `await client.requestSessionTransferToken({ ${SUBJECT}, actorToken, actorTokenType: 'a', targetLoginUrl: text, forwardedFor: text, signal })`,
    ],
    [
      'getTokenForConnection',
      `await client.getTokenForConnection({ subjectToken, subjectTokenType: REFRESH_TOKEN_TYPE, connection: 'a', loginHint: text, signal })`,
    ],
    ['getUserInfo', `await client.getUserInfo({ accessToken, expectedSubject: text, signal })`],
    [
      'verifyAccessToken',
      `await client.verifyAccessToken(incomingToken, { requiredClaims: undefined, clockToleranceSeconds: undefined })`,
    ],
    [
      'a client',
      `return new TokenExchangeClient({ ${CLIENT}, audience: text, fetch: undefined, cache: undefined, now: undefined })`,
    ],
    [
      'a verifier',
      `createAccessTokenVerifier({ domain: 'a', audience: 'b', profile: undefined, dpop: { publicUrl: text, mode: undefined } })`,
    ],
    [
      'a session client',
      `return new SessionClient({ ${CLIENT}, appBaseUrl: 'https://a.example', secrets: new Uint8Array(32), cookieName: text, store: undefined, storeTimeoutMs: undefined })`,
    ],
    ['a login', `await sessions.loginWithCustomTokenExchange({ ${SUBJECT}, audience: text, signal }, ${STORE})`],
    ['an interactive login', `await sessions.startInteractiveLogin({ returnTo: text, organization: text }, ${STORE})`],
    ['an access token', `await sessions.getAccessToken({ audience: text, scope: text }, ${STORE})`],
    ['a cache in memory', `return createExchangeCache({ maxEntries: undefined, store: undefined, keys: undefined })`],
    ['a fetch for Node', `return createNodeFetch({ dispatcher: undefined })`],
    ['a redirect', `return buildSessionTransferRedirect('https://a.example', transfer, { organization: text })`],
    [
      'a required actor',
      `const sub: string = requireActor({}, { actor: undefined, allow: [{ sub: 'a', iss: text }] }).sub
       return sub`,
    ],
  ] as const
).map(([name, code]) => [name, MAYBE + code, null])

/** What may be missing is one thing; half of a pair is another. */
const PAIRS: readonly Row[] = [
  [
    'an actor token that may be missing',
    `${MAYBE}await client.exchangeToken({ ${SUBJECT}, actorToken: text, actorTokenType: ID_TOKEN_TYPE })`,
    `is not assignable`,
  ],
  [
    'an actor token type that may be missing',
    `${MAYBE}await client.exchangeToken({ ${SUBJECT}, actorToken, actorTokenType: text })`,
    `is not assignable`,
  ],
  [
    'a pair of which either may be missing',
    `${MAYBE}await client.exchangeToken({ ${SUBJECT}, actorToken: text, actorTokenType: text })`,
    `is not assignable`,
  ],
  [
    'an actor token alone, which may be missing',
    `${MAYBE}await client.exchangeToken({ ${SUBJECT}, actorToken: text })`,
    `is not assignable`,
  ],
  [
    'half of the actor of a login',
    `${MAYBE}await sessions.loginWithCustomTokenExchange({ ${SUBJECT}, actorToken, actorTokenType: text }, ${STORE})`,
    `is not assignable`,
  ],
  [
    'an actor of a session transfer that may be missing',
    `${MAYBE}await client.requestSessionTransferToken({ ${SUBJECT}, actorToken: text, actorTokenType: 'a' })`,
    `Type 'undefined' is not assignable to type 'string'`,
  ],
  [
    'a store without its keys',
    `return createExchangeCache({ store: new Map<string, string>(), keys: undefined })`,
    `is not assignable`,
  ],
]

describe.each([true, false])('with exactOptionalPropertyTypes: %s', (exactOptionalPropertyTypes) => {
  const found = mismatches([...FITS, ...PAIRS], { exactOptionalPropertyTypes })

  it.each(FITS.map((row) => [row[0], row] as const))('%s takes what may be undefined', (_name, row) => {
    expect(found.get(row)).toBeUndefined()
  })
  it.each(PAIRS.map((row) => [row[0], row] as const))('%s does not compile', (_name, row) => {
    expect(found.get(row)).toBeUndefined()
  })
})
