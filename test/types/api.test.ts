import { describe, expect, it } from 'vitest'
import { TokenExchangeErrorCode } from '../../src/index.js'
import { mismatches, type Row } from './compile.js'

const SUBJECT = `subjectToken, subjectTokenType: 'urn:acme:legacy-session'`
const BODY = `grant_type: TOKEN_EXCHANGE_GRANT_TYPE, subject_token: 'a', subject_token_type: 'urn:acme:legacy-session'`
const RAW = `const raw = createTokenEndpointClient({ domain: 'tenant.example.com' })`
const CONFIG = `domain: 'tenant.example.com', clientId: 'app'`

const codes = Object.values(TokenExchangeErrorCode)

function exhaustiveSwitch(cases: readonly string[]): string {
  const labels = cases.map((code) => `case '${code}':`).join(' ')
  return `switch (error.code) { ${labels} return 1; default: { const rest: never = error.code; return rest } }`
}

const ACTOR: readonly Row[] = [
  ['neither actor option compiles', `await client.exchangeToken({ ${SUBJECT} })`, null],
  ['both compile', `await client.exchangeToken({ ${SUBJECT}, actorToken, actorTokenType: ID_TOKEN_TYPE })`, null],
  [
    'an actor token without its type does not',
    `await client.exchangeToken({ ${SUBJECT}, actorToken })`,
    `Property 'actorTokenType' is missing`,
  ],
  [
    'an actor token type without its token does not',
    `await client.exchangeToken({ ${SUBJECT}, actorTokenType: ID_TOKEN_TYPE })`,
    `Property 'actorToken' is missing`,
  ],
  [
    'an actor token with an undefined type does not',
    `await client.exchangeToken({ ${SUBJECT}, actorToken, actorTokenType: undefined })`,
    `'undefined' is not assignable`,
  ],
  [
    'a pair that is spread in compiles',
    `const actor: ActorOptions = { actorToken, actorTokenType: ID_TOKEN_TYPE }\nawait client.exchangeToken({ ${SUBJECT}, ...actor })`,
    null,
  ],
  [
    'half a pair is no ActorOptions',
    `const actor: ActorOptions = { actorToken }\nreturn actor`,
    `Property 'actorTokenType' is missing`,
  ],
]

/**
 * Under `exactOptionalPropertyTypes` the compiler lets such objects through, whatever the union looks like; the check at
 * run time is what remains there.
 */
const ACTOR_THAT_MAY_BE_MISSING: readonly Row[] = [
  [
    'a token without its type for sure does not compile',
    `const options: { actorToken: string; actorTokenType?: string } = { actorToken }\nawait client.exchangeToken({ ${SUBJECT}, ...options })`,
    `is not assignable to parameter of type 'ExchangeTokenOptions'`,
  ],
  [
    'a pair of which either may be missing does not compile',
    `const options: { actorToken?: string; actorTokenType?: string } = {}\nawait client.exchangeToken({ ${SUBJECT}, ...options })`,
    `is not assignable to parameter of type 'ExchangeTokenOptions'`,
  ],
]

const EXCHANGE: readonly Row[] = [
  [
    'a subject token needs its type',
    `await client.exchangeToken({ subjectToken })`,
    `Property 'subjectTokenType' is missing`,
  ],
  [
    'a type needs its subject token',
    `await client.exchangeToken({ subjectTokenType: JWT_TOKEN_TYPE })`,
    `Property 'subjectToken' is missing`,
  ],
  [
    'audience and resource take one text or several',
    `await client.exchangeToken({ ${SUBJECT}, audience: ['a', 'b'], resource: 'c' })`,
    null,
  ],
  [
    'a wire name is no option',
    `await client.exchangeToken({ ${SUBJECT}, requested_token_type: 'a' })`,
    `requested_token_type`,
  ],
  [
    'extra takes a text or several',
    `await client.exchangeToken({ ${SUBJECT}, extra: { device: 'a', tag: ['b', 'c'] } })`,
    null,
  ],
  [
    'extra with a number does not compile',
    `await client.exchangeToken({ ${SUBJECT}, extra: { depth: 3 } })`,
    `Type 'number' is not assignable`,
  ],
  [
    'extra with numbers in a list does not compile',
    `await client.exchangeToken({ ${SUBJECT}, extra: { depth: [3] } })`,
    `Type 'number' is not assignable`,
  ],
  [
    'extra with null does not compile',
    `await client.exchangeToken({ ${SUBJECT}, extra: { depth: null } })`,
    `Type 'null' is not assignable`,
  ],
  [
    'optional members may be missing from a result',
    `const { expiresAt } = await client.exchangeToken({ ${SUBJECT} })\nreturn expiresAt.toFixed()`,
    `'expiresAt' is possibly 'undefined'`,
  ],
  [
    'a result is not to be changed',
    `const result = await client.exchangeToken({ ${SUBJECT} })\nresult.scope = 'a'`,
    `read-only`,
  ],
  ['a result has an ID token', `const { idToken } = await client.exchangeToken({ ${SUBJECT} })\nreturn idToken`, null],
]

const TARGET = `audience: 'https://calendar.example.com'`
const ON_BEHALF_OF: readonly Row[] = [
  [
    'what verifyAccessToken gave compiles',
    `const accessToken = await client.verifyAccessToken(incomingToken)\nawait client.getTokenOnBehalfOf({ accessToken, ${TARGET} })`,
    null,
  ],
  [
    'a token that the caller vouches for compiles',
    `await client.getTokenOnBehalfOf({ accessToken: { token: incomingToken, verifiedBy: 'caller' }, ${TARGET} })`,
    null,
  ],
  [
    'a text does not',
    `await client.getTokenOnBehalfOf({ accessToken: incomingToken, ${TARGET} })`,
    `Type 'string' is not assignable to type 'SubjectAccessToken'`,
  ],
  [
    'the ID token of an exchange does not',
    `const { idToken = '' } = await client.exchangeToken({ ${SUBJECT} })\nawait client.getTokenOnBehalfOf({ accessToken: idToken, ${TARGET} })`,
    `Type 'string' is not assignable to type 'SubjectAccessToken'`,
  ],
  [
    'the result of an exchange does not',
    `const result = await client.exchangeToken({ ${SUBJECT} })\nawait client.getTokenOnBehalfOf({ accessToken: result, ${TARGET} })`,
    `is not assignable to type 'SubjectAccessToken'`,
  ],
  [
    'a token that nobody vouches for does not',
    `await client.getTokenOnBehalfOf({ accessToken: { token: incomingToken }, ${TARGET} })`,
    `is not assignable to type 'SubjectAccessToken'`,
  ],
  [
    'only the caller can vouch',
    `await client.getTokenOnBehalfOf({ accessToken: { token: incomingToken, verifiedBy: 'gateway' }, ${TARGET} })`,
    `Type '"gateway"' is not assignable to type '"caller"'`,
  ],
  [
    'an object literal is no verified token',
    `const forged: VerifiedAccessToken = { token: incomingToken, claims, act: undefined, clientId: 'a', scopes: [] }\nreturn forged`,
    `[verifiedBrand]`,
  ],
  [
    'a copy has the type of a verified token: only the run time can tell',
    `const copy: VerifiedAccessToken = { ...verified }\nreturn copy.claims`,
    null,
  ],
  [
    'a target is needed',
    `await client.getTokenOnBehalfOf({ accessToken: verified })`,
    `Property 'audience' is missing`,
  ],
  [
    'there is one target',
    `await client.getTokenOnBehalfOf({ accessToken: verified, audience: ['a', 'b'] })`,
    `Type 'string[]' is not assignable to type 'string'`,
  ],
  ...['subjectToken', 'actorToken', 'requestedTokenType', 'organization', 'extra'].map((name): Row => [
    `${name} is no option`,
    `await client.getTokenOnBehalfOf({ accessToken: verified, ${TARGET}, ${name}: 'a' })`,
    `'${name}' does not exist`,
  ]),
  ...['idToken', 'refreshToken'].map((name): Row => [
    `a result has no ${name}`,
    `const result = await client.getTokenOnBehalfOf({ accessToken: verified, ${TARGET} })\nreturn result.${name}`,
    `Property '${name}' does not exist`,
  ]),
]

const ERRORS: readonly Row[] = [
  ['a switch over every code compiles', exhaustiveSwitch(codes), null],
  ...codes.map((code): Row => [
    `a switch without ${code} does not`,
    exhaustiveSwitch(codes.filter((other) => other !== code)),
    `Type '"${code}"' is not assignable to type 'never'`,
  ]),
  ['a code that does not exist is no case', `return error.code === 'no_such_code'`, `have no overlap`],
  [
    'a code is a constant and a type',
    `const code: TokenExchangeErrorCode = TokenExchangeErrorCode.TIMEOUT\nreturn code`,
    null,
  ],
  ['a constant has its own type', `const code: 'timeout' = TokenExchangeErrorCode.TIMEOUT\nreturn code`, null],
  ['a kind is one of a few', `return error.kind === 'oauth'`, null],
  ['a kind that does not exist is none', `return error.kind === 'http'`, `have no overlap`],
  ["the server's words may be missing", `return error.oauth.error`, `possibly 'undefined'`],
]

const CONFIGURATION: readonly Row[] = [
  [
    'a client says how it authenticates',
    `return new TokenExchangeClient({ ${CONFIG}, clientAuthentication: clientSecretPost('a') })`,
    null,
  ],
  [
    'a client that does not say so does not compile',
    `return new TokenExchangeClient({ ${CONFIG} })`,
    `Property 'clientAuthentication' is missing`,
  ],
  [
    'a bare secret is no client authentication',
    `return new TokenExchangeClient({ ${CONFIG}, clientAuthentication: 'secret' })`,
    `Type 'string' is not assignable to type 'ClientAuthentication'`,
  ],
  [
    'a client without an id does not compile',
    `return new TokenExchangeClient({ domain: 'a', clientAuthentication: noClientAuthentication() })`,
    `Property 'clientId' is missing`,
  ],
  [
    'a mistyped option does not compile',
    `return new TokenExchangeClient({ ${CONFIG}, clientAuthentication: noClientAuthentication(), timeout: 1 })`,
    `'timeout' does not exist`,
  ],
  [
    'the global fetch is a fetch',
    `return new TokenExchangeClient({ ${CONFIG}, clientAuthentication: noClientAuthentication(), fetch })`,
    null,
  ],
  [
    'a URN is its own type',
    `const urn: typeof ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'\nreturn urn`,
    null,
  ],
  [
    'a URN is no other one',
    `const urn: typeof ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:id_token'\nreturn urn`,
    `is not assignable to type '"urn:ietf:params:oauth:token-type:access_token"'`,
  ],
  [
    'a protected name is one of a list',
    `const name: (typeof PROTECTED_PARAMETERS)[number] = 'subject_token'\nreturn name`,
    null,
  ],
  [
    'another name is not',
    `const name: (typeof PROTECTED_PARAMETERS)[number] = 'device'\nreturn name`,
    `Type '"device"' is not assignable`,
  ],
  ['the current actor may be nobody', `return getCurrentActor({ sub: 'a' }).length`, `possibly 'undefined'`],
  ['claims are an object', `return getCurrentActor('header.claims.signature')`, `'string' is not assignable`],
]

const TOKEN_ENDPOINT: readonly Row[] = [
  ['a body with what is required compiles', `${RAW}\nawait raw.POST('/oauth/token', { body: { ${BODY} } })`, null],
  [
    'an actor pair compiles',
    `${RAW}\nawait raw.POST('/oauth/token', { body: { ${BODY}, actor_token: 'a', actor_token_type: ID_TOKEN_TYPE } })`,
    null,
  ],
  [
    'an actor token without its type does not',
    `${RAW}\nawait raw.POST('/oauth/token', { body: { ${BODY}, actor_token: 'a' } })`,
    `Property 'actor_token_type' is missing`,
  ],
  [
    'an actor token type without its token does not',
    `${RAW}\nawait raw.POST('/oauth/token', { body: { ${BODY}, actor_token_type: 'a' } })`,
    `Property 'actor_token' is missing`,
  ],
  [
    'a body without a subject token does not',
    `${RAW}\nawait raw.POST('/oauth/token', { body: { grant_type: TOKEN_EXCHANGE_GRANT_TYPE, subject_token_type: 'a' } })`,
    `subject_token`,
  ],
  [
    'a body of another grant does not',
    `const body: TokenExchangeRequest = { grant_type: 'client_credentials', subject_token: 'a', subject_token_type: 'b' }\nreturn body`,
    `Type '"client_credentials"' is not assignable`,
  ],
  ['a request without a body does not', `${RAW}\nawait raw.POST('/oauth/token', {})`, `Property 'body' is missing`],
  ['an unknown path does not', `${RAW}\nawait raw.POST('/oauth/tokens', { body: {} })`, `"/oauth/tokens"`],
  ['another method does not', `${RAW}\nawait raw.GET('/oauth/token', {})`, `"/oauth/token"`],
  [
    'resource and audience may be lists',
    `${RAW}\nawait raw.POST('/oauth/token', { body: { ${BODY}, resource: ['a', 'b'], audience: ['c'] } })`,
    null,
  ],
  [
    'scope may not',
    `${RAW}\nawait raw.POST('/oauth/token', { body: { ${BODY}, scope: ['a', 'b'] } })`,
    `Type 'string[]' is not assignable to type 'string'`,
  ],
  [
    'data is a token response',
    `${RAW}\nconst { data } = await raw.POST('/oauth/token', { body: { ${BODY} } })\nconst response: TokenResponse | undefined = data\nreturn response?.token_type === 'Bearer'`,
    null,
  ],
  [
    'data has no member that the description does not have',
    `${RAW}\nconst { data } = await raw.POST('/oauth/token', { body: { ${BODY} } })\nreturn data?.accessToken`,
    `Property 'accessToken' does not exist`,
  ],
  [
    'a token type is one of a few',
    `${RAW}\nconst { data } = await raw.POST('/oauth/token', { body: { ${BODY} } })\nreturn data?.token_type === 'MAC'`,
    `have no overlap`,
  ],
  [
    'error is an OAuth error',
    `${RAW}\nconst { error } = await raw.POST('/oauth/token', { body: { ${BODY} } })\nconst oauth: OAuthError | undefined = error\nreturn oauth?.error`,
    null,
  ],
  [
    'metadata and keys are typed too',
    `${RAW}\nconst { data } = await raw.GET('/.well-known/openid-configuration')\nconst uri: string | undefined = data?.jwks_uri\nreturn uri`,
    null,
  ],
  ['a parameter that is protected is a type', `const name: TokenParameter = 'actor_token'\nreturn name`, null],
  ['an alias is no parameter', `const name: TokenParameter = 'aud'\nreturn name`, `Type '"aud"' is not assignable`],
]

/** Each says the opposite of what holds. */
const WRONG: readonly Row[] = [
  ['half a pair compiles', `await client.exchangeToken({ ${SUBJECT}, actorToken })`, null],
  [
    'a whole pair does not',
    `await client.exchangeToken({ ${SUBJECT}, actorToken, actorTokenType: 'a' })`,
    'is missing',
  ],
  ['the error is another one', `await client.exchangeToken({ ${SUBJECT}, actorToken })`, 'does not exist'],
  ['a second error goes unseen', `const a: string = 1\nconst b: string = true\nreturn [a, b]`, `Type 'number'`],
  ['a mistake in the grammar goes unseen', `const = 1`, null],
  ['an unknown name goes unseen', `return nobodyDeclaredThis`, null],
  ['an unknown import goes unseen', `import { nothing } from 'onbehalf'\nreturn nothing`, null],
]

const TABLES = {
  'an actor': ACTOR,
  exchangeToken: EXCHANGE,
  getTokenOnBehalfOf: ON_BEHALF_OF,
  TokenExchangeError: ERRORS,
  'configuration, constants and act': CONFIGURATION,
  'the raw client': TOKEN_ENDPOINT,
}
const found = mismatches([...Object.values(TABLES).flat(), ...WRONG])

describe.each(Object.entries(TABLES))('%s', (_name, rows) => {
  it.each(named(rows))('%s', (_rule, row) => {
    expect(found.get(row)).toBeUndefined()
  })
})

describe('an actor, where exactOptionalPropertyTypes is off', () => {
  const rows = [...ACTOR, ...ACTOR_THAT_MAY_BE_MISSING]
  const foundThere = mismatches(rows, { exactOptionalPropertyTypes: false })

  it.each(named(rows))('%s', (_rule, row) => {
    expect(foundThere.get(row)).toBeUndefined()
  })
})

describe('the harness reports a wrong row', () => {
  it.each(named(WRONG))('%s', (_rule, row) => {
    expect(found.get(row)).toMatch(/^should (?:compile|have one error)/)
  })
})

function named(rows: readonly Row[]): (readonly [rule: string, row: Row])[] {
  return rows.map((row) => [row[0], row])
}
