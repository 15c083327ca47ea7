import fc from 'fast-check'
import { ACCESS_TOKEN_TYPE, ID_TOKEN_TYPE, SESSION_TRANSFER_TOKEN_TYPE } from '../../generated/constants.js'
import { jsonReply, SESSION_TRANSFER_MEMBERS, textReply, TOKEN_MEMBERS } from '../replies.js'
import type { WireReply } from '../wire-program.js'
import type { Json } from './act-node.js'
import { PROTOTYPE_NAMES } from './pools.js'

const ISSUED_TOKENS = ['canary-issued-1', 'canary-issued+2/x==', '{{access-token}}', 'canary issued 3'] as const
const MEDIA_TYPES = [
  'application/json',
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'Application/Json',
  'APPLICATION/JSON; charset="utf-8"',
  'application/json ;charset=utf-8',
] as const
const UNKNOWN_NAMES = ['ext_expires_in', 'x', 'Access_Token', ...PROTOTYPE_NAMES] as const

/** A success that nothing speaks against. */
export function validReplies(): fc.Arbitrary<WireReply> {
  const members = fc.record(
    {
      access_token: fc.constantFrom(...ISSUED_TOKENS),
      issued_token_type: fc.constant(ACCESS_TOKEN_TYPE),
      token_type: fc.constantFrom('Bearer', 'bearer', 'BEARER'),
      expires_in: fc.constantFrom(0, 1, 60, 7200, 86_400, 315_360_000),
      scope: fc.constantFrom('read:data', 'read:data write:data', 'openid'),
      refresh_token: fc.constant('canary-refresh-1'),
      id_token: fc.constant('{{id-token}}'),
    },
    { requiredKeys: ['access_token', 'issued_token_type', 'token_type', 'expires_in'] },
  )
  const mediaType = fc.oneof({ weight: 4, arbitrary: fc.constant(MEDIA_TYPES[0]) }, fc.constantFrom(...MEDIA_TYPES))
  return fc.tuple(members, unknownMembers(), fc.boolean(), mediaType).map(([known, unknown, knownFirst, type]) => {
    const all = knownFirst ? [...Object.entries(known), ...unknown] : [...unknown, ...Object.entries(known)]
    return textReply(200, objectText(all), type)
  })
}

/** The same without expires_in. */
export function repliesWithoutLifetime(): fc.Arbitrary<WireReply> {
  const { expires_in: _lifetime, ...rest } = TOKEN_MEMBERS
  return fc
    .record({ scope: fc.constantFrom('read:data', 'openid') }, { requiredKeys: [] })
    .map((further) => jsonReply(200, { ...rest, ...further }))
}

/** Status 200 without a usable access token. */
export function malformedReplies(): fc.Arbitrary<WireReply> {
  const { access_token: _token, ...rest } = TOKEN_MEMBERS
  const token = fc.constantFrom<(Json | undefined)[]>(undefined, null, '', ' ', 0, 17, true, [], ['canary-issued-1'], {
    value: 'canary-issued-1',
  })
  const members = token.map((value) => jsonReply(200, value === undefined ? rest : { ...rest, access_token: value }))
  const others = fc.constantFrom<Json[]>([], [TOKEN_MEMBERS], 'canary-issued-1', null, 0, true)
  return fc.oneof(
    { weight: 2, arbitrary: members },
    others.map((value) => jsonReply(200, value)),
    foreignReplies(200),
  )
}

/** Status 200 with an error in it, alone or beside a token. */
export function errorsInSuccesses(): fc.Arbitrary<WireReply> {
  return fc
    .tuple(errorCodes(), fc.boolean(), fc.boolean())
    .map(([error, hasToken, first]) =>
      jsonReply(200, { ...(first ? { error } : {}), ...(hasToken ? TOKEN_MEMBERS : {}), error }),
    )
}

/** Tokens with the status of a failure. */
export function tokensInFailures(): fc.Arbitrary<WireReply> {
  return fc.constantFrom(400, 401, 403, 404, 409, 429, 500, 502, 503).map((status) => jsonReply(status, TOKEN_MEMBERS))
}

/** An OAuth error. */
export function refusals(): fc.Arbitrary<WireReply> {
  const members = fc.record(
    {
      error: errorCodes(),
      error_description: fc.constantFrom('no', 'The subject token is not valid.', 'a "quoted" reason', ''),
      error_uri: fc.constant('https://docs.example.com/errors'),
    },
    { requiredKeys: ['error'] },
  )
  return fc
    .tuple(
      fc.constantFrom(400, 401, 403, 429),
      members,
      fc.constantFrom('application/json', 'application/json; charset=utf-8'),
    )
    .map(([status, given, type]) => textReply(status, JSON.stringify(given), type))
}

/** An answer that is not JSON. */
export function foreignReplies(...statuses: readonly [number, ...number[]]): fc.Arbitrary<WireReply> {
  const bodies = fc.constantFrom(
    '',
    ' ',
    'OK',
    '<html></html>',
    'canary-issued-1',
    '{"access_token":"canary-issued-1"',
    "{'access_token':'canary-issued-1'}",
    'access_token=canary-issued-1&token_type=Bearer',
    '\ufeff{"access_token":"canary-issued-1"} x',
    'undefined',
  )
  return fc
    .tuple(fc.constantFrom(...statuses), bodies, fc.constantFrom('application/json', 'text/html', 'text/plain'))
    .map(([status, body, type]) => textReply(status, body, type))
}

/** An answer that breaks off, or never comes. */
export function brokenReplies(): fc.Arbitrary<WireReply> {
  const whole = jsonReply(200, TOKEN_MEMBERS)
  const length = (whole.body ?? '').length
  return fc.oneof(
    fc.constant<WireReply>({ status: 200, headers: [], reset: true }),
    fc.integer({ min: 0, max: length - 1 }).map((truncateAfter) => ({ ...whole, truncateAfter })),
    fc.constant<WireReply>({ ...whole, body: `${whole.body ?? ''}${' '.repeat(100)}`, truncateAfter: length }),
  )
}

/** A redirect to another origin. */
export function redirectReplies(): fc.Arbitrary<WireReply> {
  const location = fc.constantFrom(
    'https://elsewhere.example/oauth/token',
    'https://tenant.example.com.evil.example/oauth/token',
    'https://tenant.example.com:8443/oauth/token',
    '//elsewhere.example/',
  )
  return fc
    .tuple(fc.constantFrom(301, 302, 303, 307, 308), location)
    .map(([status, to]) => ({ status, headers: [['location', to]] as const, body: '' }))
}

/** What a server answers to an on-behalf-of call, with more than was asked for. */
export function generousReplies(): fc.Arbitrary<WireReply> {
  return fc
    .record(
      { id_token: fc.constant('{{id-token}}'), refresh_token: fc.constant('canary-refresh-1') },
      { requiredKeys: [] },
    )
    .map((further) => jsonReply(200, { ...TOKEN_MEMBERS, ...further }))
}

/** A token that is no access token. */
export function notApplicableReplies(): fc.Arbitrary<WireReply> {
  return fc
    .constantFrom<string[]>(ACCESS_TOKEN_TYPE, ID_TOKEN_TYPE, SESSION_TRANSFER_TOKEN_TYPE)
    .map((type) => jsonReply(200, { ...TOKEN_MEMBERS, token_type: 'N_A', issued_token_type: type }))
}

/** A session transfer token. */
export function sessionTransferReplies(): fc.Arbitrary<WireReply> {
  return fc
    .tuple(fc.constantFrom('N_A', 'n_a'), fc.constantFrom(60, 1, 0))
    .map(([token_type, expires_in]) => jsonReply(200, { ...SESSION_TRANSFER_MEMBERS, token_type, expires_in }))
}

/** Another token where a session transfer token was asked for. */
export function otherTypeReplies(): fc.Arbitrary<WireReply> {
  return fc
    .tuple(
      fc.constantFrom(ACCESS_TOKEN_TYPE, ID_TOKEN_TYPE, 'urn:acme:other', SESSION_TRANSFER_TOKEN_TYPE.toUpperCase()),
      fc.constantFrom('N_A', 'Bearer'),
    )
    .map(([issued_token_type, token_type]) =>
      jsonReply(200, { ...SESSION_TRANSFER_MEMBERS, issued_token_type, token_type }),
    )
}

/** A success with the ID token and the access token of these names. */
export function signedReply(accessToken: string, idToken: string | undefined): WireReply {
  return jsonReply(200, {
    ...TOKEN_MEMBERS,
    access_token: `{{${accessToken}}}`,
    ...(idToken === undefined ? {} : { id_token: `{{${idToken}}}` }),
  })
}

/** Codes that a server sends, or could. None asks for another try. */
function errorCodes(): fc.Arbitrary<string> {
  return fc.constantFrom(
    'invalid_request',
    'invalid_target',
    'invalid_client',
    'invalid_grant',
    'invalid_scope',
    'unauthorized_client',
    'unsupported_grant_type',
    'access_denied',
    'mfa_required',
    'consent_required',
    'too_many_attempts',
    'acme_blocked',
    'constructor',
    '__proto__',
    'x',
  )
}

function unknownMembers(): fc.Arbitrary<[string, Json][]> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<[string, Json][]>([]) },
    fc.uniqueArray(
      fc.tuple(
        fc.constantFrom<string[]>(...UNKNOWN_NAMES),
        fc.constantFrom<Json[]>('canary-other', 1, true, null, [], { a: 1 }),
      ),
      { minLength: 1, maxLength: 3, selector: ([name]) => name },
    ),
  )
}

/** The text of an object, put together by hand so that `__proto__` is a member like any other. */
function objectText(members: readonly (readonly [name: string, value: unknown])[]): string {
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`
}
