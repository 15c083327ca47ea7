import { describe, expect, it } from 'vitest'
import { mismatches, type Row } from './compile.js'

const VERIFIER = `const verifier = createAccessTokenVerifier({ domain: 'tenant.example.com', audience: 'https://api.example.com' })`
const TARGET = `audience: 'https://calendar.example.com'`

const CONFIG: readonly Row[] = [
  ['needs a domain', `createAccessTokenVerifier({ audience: 'a' })`, `Property 'domain' is missing`],
  ['needs an audience', `createAccessTokenVerifier({ domain: 'a' })`, `Property 'audience' is missing`],
  [
    'has no symmetric algorithm',
    `createAccessTokenVerifier({ domain: 'a', audience: 'b', algorithms: ['HS256'] })`,
    `Type '"HS256"' is not assignable`,
  ],
  [
    'has three modes of DPoP',
    `createAccessTokenVerifier({ domain: 'a', audience: 'b', dpop: { mode: 'optional' } })`,
    `Type '"optional"' is not assignable`,
  ],
  [
    'takes a list, or a function of what came in',
    `createAccessTokenVerifier({ domain: ['a', 'b'], audience: ['c'] })
     createAccessTokenVerifier({ domain: async ({ url, headers, unverifiedIssuer }) => [url ?? headers?.get('x') ?? unverifiedIssuer ?? 'a'], audience: 'c' })`,
    null,
  ],
]

const RESULT: readonly Row[] = [
  [
    'goes into an on-behalf-of call, from a token and from a request',
    `${VERIFIER}
     await client.getTokenOnBehalfOf({ accessToken: await verifier.verify(incomingToken), ${TARGET} })
     await client.getTokenOnBehalfOf({ accessToken: await verifier.verifyRequest(request), ${TARGET} })`,
    null,
  ],
  [
    'has an actor when one is required',
    `${VERIFIER}\nconst { actor } = await verifier.verifyRequest(request, { actor: { allow: ['a'] } })\nreturn actor.sub`,
    null,
  ],
  [
    'may have none when it is optional',
    `${VERIFIER}\nconst { actor } = await verifier.verifyRequest(request, { actor: { actor: 'optional', allow: ['a'] } })\nreturn actor.sub`,
    `'actor' is possibly 'undefined'`,
  ],
  [
    'may have none without a policy',
    `${VERIFIER}\nconst { actor } = await verifier.verifyRequest(request)\nreturn actor.sub`,
    `'actor' is possibly 'undefined'`,
  ],
  [
    'has the claims that every token has, and the act',
    `${VERIFIER}\nconst { claims, act, scopes } = await verifier.verify(incomingToken)\nconst all: [string, number, number, string | undefined, readonly string[]] = [claims.sub, claims.exp, claims.iat, act?.sub, scopes]\nreturn all`,
    null,
  ],
]

const TABLES = { 'the configuration of a verifier': CONFIG, 'what a verifier gives': RESULT }
const found = mismatches(Object.values(TABLES).flat())

describe.each(Object.entries(TABLES))('%s', (_name, rows) => {
  it.each(rows.map((row) => [row[0], row] as const))('%s', (_rule, row) => {
    expect(found.get(row)).toBeUndefined()
  })
})
