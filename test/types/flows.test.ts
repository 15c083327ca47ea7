import { describe, expect, it } from 'vitest'
import { mismatches, type Row } from './compile.js'

const SUBJECT = `subjectToken, subjectTokenType: 'urn:acme:legacy-session'`
const STT = `const transfer = await client.requestSessionTransferToken({ ${SUBJECT}, actorToken, actorTokenType: ID_TOKEN_TYPE })`

const SESSION_TRANSFER: readonly Row[] = [
  ['needs an actor', `await client.requestSessionTransferToken({ ${SUBJECT} })`, `missing the following properties`],
  [
    'needs the type of the actor',
    `await client.requestSessionTransferToken({ ${SUBJECT}, actorToken })`,
    `Property 'actorTokenType' is missing`,
  ],
  [
    'has an audience of its own',
    `await client.requestSessionTransferToken({ ${SUBJECT}, actorToken, actorTokenType: ID_TOKEN_TYPE, audience: 'a' })`,
    `'audience' does not exist`,
  ],
  [
    'is never retried',
    `await client.requestSessionTransferToken({ ${SUBJECT}, actorToken, actorTokenType: ID_TOKEN_TYPE, retry: { attempts: 1 } })`,
    `'retry' does not exist`,
  ],
  ['gives no access token', `${STT}\nreturn transfer.accessToken`, `'accessToken' does not exist`],
  [
    'goes into the redirect',
    `${STT}\nreturn buildSessionTransferRedirect('https://app.example.com/login', transfer)`,
    null,
  ],
  [
    'an access token does not go into the redirect',
    `const result = await client.exchangeToken({ ${SUBJECT} })\nreturn buildSessionTransferRedirect('https://app.example.com/login', result)`,
    `is not assignable to parameter of type 'SessionTransferTokenResult'`,
  ],
]

const RESULTS: readonly Row[] = [
  [
    'without a requested type it is an access token',
    `const result = await client.exchangeToken({ ${SUBJECT} })\nconst token: string = result.accessToken\nreturn token`,
    null,
  ],
  [
    'with another requested type it has to be looked at',
    `const result = await client.exchangeToken({ ${SUBJECT}, requestedTokenType: ID_TOKEN_TYPE })\nreturn result.accessToken`,
    `'accessToken' does not exist on type`,
  ],
  [
    'a JWT has to be looked at, which may be no access token',
    `const result = await client.exchangeToken({ ${SUBJECT}, requestedTokenType: JWT_TOKEN_TYPE })\nreturn result.accessToken`,
    `'accessToken' does not exist on type`,
  ],
  [
    'and then narrows',
    `const result = await client.exchangeToken({ ${SUBJECT}, requestedTokenType: ID_TOKEN_TYPE })\nreturn 'accessToken' in result ? result.accessToken : result.issuedToken`,
    null,
  ],
  [
    'act is there or not, and says who',
    `const { act } = await client.exchangeToken({ ${SUBJECT} })\nconst sub: string | undefined = act?.sub\nreturn sub`,
    null,
  ],
  [
    'a subject of Token Vault is one of two types',
    `await client.getTokenForConnection({ subjectToken, subjectTokenType: ID_TOKEN_TYPE, connection: 'google-oauth2' })`,
    `is not assignable to type`,
  ],
]

const POLICY: readonly Row[] = [
  ['a required actor is there', `const sub: string = requireActor({}, { allow: ['a'] }).sub\nreturn sub`, null],
  [
    'an optional actor may not be',
    `const sub: string = requireActor({}, { actor: 'optional', allow: ['a'] }).sub\nreturn sub`,
    `Object is possibly 'undefined'`,
  ],
  ['a required actor needs a list', `return requireActor({}, { actor: 'required' })`, `No overload matches this call`],
  [
    'a forbidden actor has no list',
    `return requireActor({}, { actor: 'forbidden', allow: ['a'] })`,
    `No overload matches this call`,
  ],
]

const TABLES = { 'a session transfer': SESSION_TRANSFER, 'a result': RESULTS, 'a policy': POLICY }
const found = mismatches(Object.values(TABLES).flat())

describe.each(Object.entries(TABLES))('%s', (_name, rows) => {
  it.each(rows.map((row) => [row[0], row] as const))('%s', (_rule, row) => {
    expect(found.get(row)).toBeUndefined()
  })
})
