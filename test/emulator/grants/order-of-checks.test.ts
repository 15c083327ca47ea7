import { describe, expect, it } from 'vitest'
import { defaultTenant } from '../../../src/emulator/config/default-tenant.js'
import { createSigningKeys } from '../../../src/emulator/tokens/keys.js'
import { createRandomId } from '../../../src/emulator/random.js'
import { createRequestLog } from '../../../src/emulator/journal/request-log.js'
import { createServer } from '../../../src/emulator/server.js'
import { createTenant } from '../../../src/emulator/tenant/tenant.js'
import { requestToken } from '../../../src/emulator/token-endpoint.js'
import { sessionTransfer } from '../authorize/login-support.js'
import { custom, FORM, mcpToken, onBehalfOf, seeded, toForm, TOKEN_URL, type Parameters } from '../support.js'

const keys = createSigningKeys(true)
const server = createServer({
  issuer: 'https://tenant.example.com/',
  tenant: createTenant(defaultTenant()),
  now: Date.now,
  randomId: createRandomId(1),
  keys: () => keys,
})

async function checksOf(parameters: Parameters) {
  const log = createRequestLog()
  const request = new Request(TOKEN_URL, { method: 'POST', headers: FORM, body: toForm(parameters) })
  const passed = await requestToken(server, request, { ip: '127.0.0.1', certificateThumbprint: undefined }, log).then(
    () => true,
    () => false,
  )
  return { passed, names: log.names }
}

const COMMON = [
  'request is within the rate limit',
  'request is well formed',
  'grant type is supported',
  'client authenticates',
  'client may use the grant type',
]
const CUSTOM = [
  ...COMMON,
  'address is not blocked',
  'client may exchange custom tokens',
  'required parameters are there',
  'actor token and its type come together',
  'actor token type is not reserved',
  'a profile exists for the subject token type',
  'requested token type is supported',
  'session transfer is enabled',
  'audience is known',
  'client has a grant for the audience',
  'organization is known',
  'actor ID token is valid',
  'proof of possession is valid',
  'proof of possession is there when the API requires it',
  'Action allows it',
  'Action set one user',
  'organization is that of the request',
  'user is a member of the organization',
  'no second factor is needed',
  'no consent is needed',
]
const SESSION_TRANSFER = [
  ...CUSTOM.slice(0, CUSTOM.indexOf('audience is known')),
  'organization is known',
  'actor ID token is valid',
  'Action allows it',
  'Action set one user',
  'organization is that of the request',
  'user is a member of the organization',
  'connection is enabled for the client',
  'Action set an actor',
  'actor is a single one',
]
const ON_BEHALF_OF = [
  ...COMMON,
  'client may exchange on behalf of users',
  'required parameters are there',
  'subject token is valid',
  'delegation chain is short enough',
  'audience is known',
  'proof of possession is valid',
  'proof of possession is there when the API requires it',
  'no consent is needed',
  'client has a grant for the audience',
  'a scope can be granted',
]

describe('the checks of a request', () => {
  it('are made in the documented order for a custom exchange', async () => {
    expect(await checksOf(custom())).toEqual({ passed: true, names: CUSTOM })
  })

  it('are made in the documented order on behalf of a user', async () => {
    expect(await checksOf(onBehalfOf(await mcpToken(seeded())))).toEqual({ passed: true, names: ON_BEHALF_OF })
  })

  it('are made in the documented order for a session transfer token', async () => {
    expect(await checksOf(sessionTransfer())).toEqual({ passed: true, names: SESSION_TRANSFER })
  })

  // Each override breaks one check. All later ones are broken too, so that only the order decides.
  const BREAKS: readonly (readonly [string, Parameters])[] = [
    ['request is well formed', { scope: ['a', 'b'] }],
    ['grant type is supported', { grant_type: 'password' }],
    ['client authenticates', { client_secret: 'wrong' }],
    ['required parameters are there', { subject_token: undefined }],
    ['actor token and its type come together', { actor_token: 'x' }],
    ['a profile exists for the subject token type', { subject_token_type: 'urn:acme:unknown' }],
    ['requested token type is supported', { requested_token_type: 'urn:acme:unknown' }],
    [
      'session transfer is enabled',
      { audience: ['urn:tenant.example.com:session_transfer', 'https://unknown.example'] },
    ],
    ['audience is known', { audience: 'https://unknown.example' }],
    ['organization is known', { organization: 'org_unknown' }],
    ['Action allows it', { subject_token: 'invalid' }],
  ]

  it.each(BREAKS.map(([name], index) => [name, index] as const))('%s: nothing after it runs', async (name, index) => {
    const later = BREAKS.slice(index).map(([, overrides]) => overrides)
    const { passed, names } = await checksOf(custom(Object.assign({}, ...later.reverse()) as Parameters))
    expect([passed, names.at(-1)]).toEqual([false, name])
  })
})
