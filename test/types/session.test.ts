import { describe, expect, it } from 'vitest'
import { mismatches, type Row } from './compile.js'

const SUBJECT = `subjectToken, subjectTokenType: 'urn:acme:legacy-session'`
const STORE = `{ request, headers }`
const LOGIN = `sessions.loginWithCustomTokenExchange`
const CONFIG = `domain: 'tenant.example.com', clientId: 'app', clientAuthentication: clientSecretPost('a'), appBaseUrl: 'https://app.example.com', secrets: new Uint8Array(32)`

const CALLS: readonly Row[] = [
  ['a login compiles', `await ${LOGIN}({ ${SUBJECT} }, ${STORE})`, null],
  [
    'with an actor it compiles',
    `await ${LOGIN}({ ${SUBJECT}, actorToken, actorTokenType: ID_TOKEN_TYPE }, ${STORE})`,
    null,
  ],
  [
    'with half an actor it does not',
    `await ${LOGIN}({ ${SUBJECT}, actorToken }, ${STORE})`,
    `'actorTokenType' is missing`,
  ],
  ['without a store it does not', `await ${LOGIN}({ ${SUBJECT} })`, 'Expected 2 arguments'],
  [
    'without the headers of the answer it does not',
    `await ${LOGIN}({ ${SUBJECT} }, { request })`,
    `'headers' is missing`,
  ],
  [
    'for another token type it does not',
    `await ${LOGIN}({ ${SUBJECT}, requestedTokenType: 'a' }, ${STORE})`,
    `'requestedTokenType' does not exist`,
  ],
  ['for several audiences it does not', `await ${LOGIN}({ ${SUBJECT}, audience: ['a'] }, ${STORE})`, 'not assignable'],
  ['out of a cache it does not', `await ${LOGIN}({ ${SUBJECT}, cache: true }, ${STORE})`, `'cache' does not exist`],
  [
    'a session has no token',
    `return (await sessions.getSession({ request }))?.accessToken`,
    `'accessToken' does not exist`,
  ],
  ['a session may be none', `return (await sessions.getSession({ request })).user`, 'possibly'],
  [
    'an actor may be none',
    `const session = await sessions.getSession({ request })\nreturn session?.user.act.sub`,
    'possibly',
  ],
  [
    'a delegated session has one',
    `const session = await sessions.getSession({ request })\nreturn isDelegated(session) ? session.user.act.sub : ''`,
    null,
  ],
  [
    'a user fits a policy',
    `const user = await sessions.getUser({ request })\nif (user) requireActor(user, { allow: ['a'] })`,
    null,
  ],
  [
    'an access token takes an audience and a scope',
    `await sessions.getAccessToken({ audience: 'a', scope: 'b' }, ${STORE})`,
    null,
  ],
  ['and no resource', `await sessions.getAccessToken({ resource: 'a' }, ${STORE})`, `'resource' does not exist`],
  [
    'a session transfer has the agent as its actor',
    `await sessions.requestSessionTransferToken({ ${SUBJECT} }, ${STORE})`,
    null,
  ],
  [
    'or another one, whole',
    `await sessions.requestSessionTransferToken({ ${SUBJECT}, actorToken }, ${STORE})`,
    `'actorTokenType' is missing`,
  ],
  [
    'and the domain of the request',
    `await sessions.requestSessionTransferToken({ ${SUBJECT}, domainContext: 'a' }, ${STORE})`,
    `'domainContext' does not exist`,
  ],
  [
    'a returnTo is a text',
    `await sessions.startInteractiveLogin({ returnTo: new URL('a:b') }, ${STORE})`,
    'not assignable',
  ],
  [
    'the request of Node fits',
    `import type { IncomingMessage } from 'node:http'\nconst incoming = {} as IncomingMessage & { method: string; url: string }\nreturn sessions.getUser({ request: incoming })`,
    null,
  ],
]

const CONFIGURATION: readonly Row[] = [
  ['sessions in cookies compile', `return new SessionClient({ ${CONFIG} })`, null],
  [
    'sessions in a store compile',
    `return new SessionClient({ ${CONFIG}, store: new Map<string, string>(), storeTimeoutMs: 9 })`,
    null,
  ],
  [
    'a deadline without a store does not',
    `return new SessionClient({ ${CONFIG}, storeTimeoutMs: 9 })`,
    'not assignable',
  ],
  ['no secrets do not', `return new SessionClient({ ...{ ${CONFIG} }, secrets: undefined })`, 'not assignable'],
  ['a secret as text does not', `return new SessionClient({ ...{ ${CONFIG} }, secrets: 'a' })`, 'not assignable'],
  [
    'a cache does not',
    `return new SessionClient({ ${CONFIG}, cache: createExchangeCache() })`,
    `'cache' does not exist`,
  ],
  [
    'a domain that depends on the request compiles',
    `return new SessionClient({ ...{ ${CONFIG} }, domain: ({ url }) => url })`,
    null,
  ],
]

const found = mismatches([...CALLS, ...CONFIGURATION])

describe.each(Object.entries({ 'calls of a session client': CALLS, 'its configuration': CONFIGURATION }))(
  '%s',
  (_name, rows) => {
    it.each(rows.map((row) => [row[0], row] as const))('%s', (_rule, row) => {
      expect(found.get(row)).toBeUndefined()
    })
  },
)
