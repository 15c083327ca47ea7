import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import type { FormFields } from '../../../conformance/form.js'
import { exchangeEvidence, ISSUER, sentWith, type EvidenceDetails } from '../evidence.js'
import { row, type OracleRow } from './row.js'

const KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const SECRET_FIELDS = ['client_id', 'client_secret']

function assertion(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = `${part({ alg: 'ES256' })}.${part({ iss: 'web-app', sub: 'web-app', aud: ISSUER, exp: 2000, ...claims })}`
  const key = { key: createPrivateKey(KEY), dsaEncoding: 'ieee-p1363' } as const
  return `${head}.${sign('sha256', Buffer.from(head), key).toString('base64url')}`
}

function by(
  authentication: 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt' | 'none',
  fields: FormFields,
  { client, ...details }: EvidenceDetails = {},
) {
  return exchangeEvidence({}, [sentWith(fields, SECRET_FIELDS)], {
    ...details,
    client: { authentication, private_key: KEY.toString(), ...client },
  })
}

function withAssertion(text: string, type = ASSERTION_TYPE, id = 'web-app') {
  return by('private_key_jwt', [
    ['client_id', id],
    ['client_assertion_type', type],
    ['client_assertion', text],
  ])
}

function basic(pair: string, secret = 'web-app-secret', fields: FormFields = []) {
  const headers = [['authorization', `Basic ${Buffer.from(pair).toString('base64')}`]] as const
  return by('client_secret_basic', fields, { headers, client: { secret } })
}

const ID = ['client_id', 'web-app'] as const
const SECRET = ['client_secret', 'web-app-secret'] as const

export const CLIENT_ROWS: readonly OracleRow[] = [
  row('secret-post-arrives', 'ok', 'both in the body pass', by('client_secret_post', [ID, SECRET])),
  row('secret-post-arrives', 'credentials-lost', 'no secret fails', by('client_secret_post', [ID])),
  row(
    'secret-post-arrives',
    'credentials-changed',
    'another fails',
    by('client_secret_post', [ID, ['client_secret', 'x']]),
  ),
  row('one-authentication-method', 'ok', 'one method passes', by('client_secret_post', [ID, SECRET])),
  row(
    'one-authentication-method',
    'two-methods',
    'a secret beside the header fails',
    by('client_secret_post', [ID, SECRET], { headers: [['Authorization', 'Basic eDp5']] }),
  ),
  row(
    'one-authentication-method',
    'ok',
    'the id beside the header passes',
    by('client_secret_basic', [ID], { headers: [['authorization', 'Basic eDp5']] }),
  ),
  row(
    'credentials-not-in-url',
    'credentials-in-url',
    'a secret in the URL fails',
    by('client_secret_post', [ID, SECRET], { url: `${ISSUER}oauth/token?client_secret=x` }),
  ),
  row('credentials-not-in-url', 'ok', 'a bare URL passes', by('client_secret_post', [ID, SECRET])),
  row('secret-basic-arrives', 'ok', 'a plain pair passes', basic('web-app:web-app-secret')),
  row('secret-basic-arrives', 'ok', 'an encoded pair passes', basic('web%2Dapp:a%3Ab+c', 'a:b c')),
  row('secret-basic-arrives', 'credentials-not-encoded', 'a joined pair fails', basic('web-app:a+b%', 'a+b%')),
  row('secret-basic-arrives', 'credentials-changed', 'another pair fails', basic('web-app:x')),
  row(
    'secret-basic-arrives',
    'ok',
    'the id beside it passes',
    basic('web-app:web-app-secret', 'web-app-secret', [['client_id', 'web-app']]),
  ),
  row(
    'secret-basic-arrives',
    'credentials-changed',
    'another id beside it fails',
    basic('web-app:web-app-secret', 'web-app-secret', [['client_id', 'x']]),
  ),
  row('secret-basic-arrives', 'credentials-lost', 'no header fails', by('client_secret_basic', [ID, SECRET])),
  row('assertion-names-the-client', 'ok', 'a signed assertion passes', withAssertion(assertion({}))),
  row('assertion-names-the-client', 'assertion-missing', 'none fails', by('private_key_jwt', [ID])),
  row('assertion-names-the-client', 'assertion-missing', 'another type fails', withAssertion(assertion({}), 'x')),
  row('assertion-names-the-client', 'assertion-malformed', 'no JWT fails', withAssertion('a.b')),
  row(
    'assertion-names-the-client',
    'assertion-not-signed',
    'an empty signature fails',
    withAssertion(assertion({}).replace(/[^.]*$/, '')),
  ),
  row(
    'assertion-names-the-client',
    'assertion-claims-wrong',
    'another subject fails',
    withAssertion(assertion({ sub: 'x' })),
  ),
  row('assertion-names-the-client', 'assertion-claims-wrong', 'a past end fails', withAssertion(assertion({ exp: 1 }))),
  row(
    'assertion-names-the-client',
    'credentials-changed',
    'another id beside it fails',
    withAssertion(assertion({}), ASSERTION_TYPE, 'x'),
  ),
  row('assertion-audience-is-the-server', 'ok', 'the issuer passes', withAssertion(assertion({}))),
  row(
    'assertion-audience-is-the-server',
    'ok',
    'the token endpoint in a list passes',
    withAssertion(assertion({ aud: [`${ISSUER}oauth/token`] })),
  ),
  row(
    'assertion-audience-is-the-server',
    'ok',
    'the issuer without its slash passes',
    withAssertion(assertion({ aud: ISSUER.slice(0, -1) })),
  ),
  row(
    'assertion-audience-is-the-server',
    'assertion-audience-wrong',
    'an API fails',
    withAssertion(assertion({ aud: 'https://api.example.com' })),
  ),
  row('public-client-names-itself', 'ok', 'the id alone passes', by('none', [ID])),
  row('public-client-names-itself', 'client-id-lost', 'nothing fails', by('none', [])),
  row('public-client-names-itself', 'credentials-made-up', 'a secret fails', by('none', [ID, SECRET])),
  row('public-client-names-itself', 'credentials-changed', 'another id fails', by('none', [['client_id', 'x']])),
]
