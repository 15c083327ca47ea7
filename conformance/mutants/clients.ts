import { createPrivateKey, sign } from 'node:crypto'
import type { FormFields } from '../form.js'
import { without } from './extras.js'
import type { HookedCall, Mutant, MutantHooks, SentRequest } from './mutant.js'

/** Changes what a client with this method sends. */
function withMethod(
  method: HookedCall['request']['client']['authentication'],
  change: (request: SentRequest, client: HookedCall['request']['client']) => SentRequest,
): MutantHooks {
  return {
    request: (sent, { request: { client } }) => (client.authentication === method ? change(sent, client) : sent),
  }
}

function withForm(request: SentRequest, change: (fields: FormFields) => FormFields): SentRequest {
  const fields: FormFields = [...new URLSearchParams(request.body)]
  return { ...request, body: new URLSearchParams(change(fields).map(([name, value]) => [name, value])).toString() }
}

function withHeader(request: SentRequest, name: string, value: string): SentRequest {
  return { ...request, headers: [...request.headers.filter(([field]) => field !== name), [name, value]] }
}

function setField(request: SentRequest, name: string, value: string): SentRequest {
  return withForm(request, (fields) => [...without(fields, name), [name, value]])
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

/** An assertion signed with the client's own key. */
function assertion(claims: object, privateKey = ''): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = `${part({ alg: 'ES256' })}.${part(claims)}`
  const key = { key: createPrivateKey(privateKey), dsaEncoding: 'ieee-p1363' } as const
  return `${head}.${sign('sha256', Buffer.from(head), key).toString('base64url')}`
}

function claimsFor(id: string, audience: string): object {
  const now = Math.floor(Date.now() / 1000)
  return { iss: id, sub: id, aud: audience, iat: now, exp: now + 60, jti: crypto.randomUUID() }
}

const ISSUER = 'https://tenant.example.com/'

/** Mutants of how a client shows who it is. */
export const CLIENT_MUTANTS: readonly Mutant[] = [
  {
    id: 'secret-in-body-and-header',
    title: 'The secret is sent in the body and in the header.',
    kills: { requirement: 'one-authentication-method', reason: 'two-methods' },
    hooks: withMethod('client_secret_post', (request, { id, secret }) =>
      withHeader(request, 'authorization', basic(encodeURIComponent(id), encodeURIComponent(secret))),
    ),
  },
  {
    id: 'secret-beside-assertion',
    title: 'A secret is sent beside the assertion.',
    kills: { requirement: 'one-authentication-method', reason: 'two-methods' },
    hooks: withMethod('private_key_jwt', (request) => setField(request, 'client_secret', 'left-over')),
  },
  {
    id: 'credentials-in-url',
    title: 'The client id and the secret are sent in the URL too.',
    kills: { requirement: 'credentials-not-in-url', reason: 'credentials-in-url' },
    hooks: withMethod('client_secret_post', (request, { id, secret }) => ({
      ...request,
      url: `${request.url}?${new URLSearchParams({ client_id: id, client_secret: secret }).toString()}`,
    })),
  },
  {
    id: 'secret-trimmed',
    title: 'The secret is cut at its first special character.',
    kills: { requirement: 'secret-post-arrives', reason: 'credentials-changed' },
    hooks: withMethod('client_secret_post', (request, { secret }) =>
      setField(request, 'client_secret', /^[\w-]*/.exec(secret)?.[0] ?? ''),
    ),
  },
  {
    id: 'post-sent-as-basic',
    title: 'The secret is sent in the header where the body was asked for.',
    kills: { requirement: 'secret-post-arrives', reason: 'credentials-lost' },
    hooks: withMethod('client_secret_post', (request, { id, secret }) =>
      withHeader(
        withForm(request, (fields) => without(fields, 'client_secret')),
        'authorization',
        basic(id, secret),
      ),
    ),
  },
  {
    id: 'basic-not-encoded',
    title: 'The id and the secret are joined as they are.',
    kills: { requirement: 'secret-basic-arrives', reason: 'credentials-not-encoded' },
    hooks: withMethod('client_secret_basic', (request, { id, secret }) =>
      withHeader(request, 'authorization', basic(id, secret)),
    ),
  },
  {
    id: 'basic-encoded-twice',
    title: 'The secret is encoded twice.',
    kills: { requirement: 'secret-basic-arrives', reason: 'credentials-changed' },
    hooks: withMethod('client_secret_basic', (request, { id, secret }) =>
      withHeader(
        request,
        'authorization',
        basic(encodeURIComponent(id), encodeURIComponent(encodeURIComponent(secret))),
      ),
    ),
  },
  {
    id: 'basic-sent-as-post',
    title: 'The secret is sent in the body where the header was asked for.',
    kills: { requirement: 'secret-basic-arrives', reason: 'credentials-lost' },
    hooks: withMethod('client_secret_basic', (request, { secret }) => ({
      ...setField(request, 'client_secret', secret),
      headers: request.headers.filter(([name]) => name !== 'authorization'),
    })),
  },
  {
    id: 'no-assertion',
    title: 'The assertion is not sent.',
    kills: { requirement: 'assertion-names-the-client', reason: 'assertion-missing' },
    hooks: withMethod('private_key_jwt', (request) =>
      withForm(request, (fields) => without(fields, 'client_assertion')),
    ),
  },
  {
    id: 'assertion-of-two-parts',
    title: 'The assertion has no signature at all.',
    kills: { requirement: 'assertion-names-the-client', reason: 'assertion-malformed' },
    hooks: withMethod('private_key_jwt', (request) =>
      withForm(request, (fields) =>
        fields.map(([name, value]) => [
          name,
          name === 'client_assertion' ? value.split('.').slice(0, 2).join('.') : value,
        ]),
      ),
    ),
  },
  {
    id: 'assertion-not-signed',
    title: 'The signature of the assertion is empty.',
    kills: { requirement: 'assertion-names-the-client', reason: 'assertion-not-signed' },
    hooks: withMethod('private_key_jwt', (request) =>
      withForm(request, (fields) =>
        fields.map(([name, value]) => [name, name === 'client_assertion' ? value.replace(/[^.]*$/, '') : value]),
      ),
    ),
  },
  {
    id: 'assertion-about-nobody',
    title: 'The subject of the assertion is not the client.',
    kills: { requirement: 'assertion-names-the-client', reason: 'assertion-claims-wrong' },
    hooks: withMethod('private_key_jwt', (request, { id, private_key: key }) =>
      setField(request, 'client_assertion', assertion({ ...claimsFor(id, ISSUER), sub: 'service' }, key)),
    ),
  },
  {
    id: 'assertion-without-end',
    title: 'The assertion does not end.',
    kills: { requirement: 'assertion-names-the-client', reason: 'assertion-claims-wrong' },
    hooks: withMethod('private_key_jwt', (request, { id, private_key: key }) =>
      setField(request, 'client_assertion', assertion({ ...claimsFor(id, ISSUER), exp: undefined }, key)),
    ),
  },
  {
    id: 'assertion-for-another-server',
    title: 'The audience of the assertion is the API.',
    kills: { requirement: 'assertion-audience-is-the-server', reason: 'assertion-audience-wrong' },
    hooks: withMethod('private_key_jwt', (request, { id, private_key: key }) =>
      setField(request, 'client_assertion', assertion(claimsFor(id, 'https://api.example.com'), key)),
    ),
  },
  {
    id: 'another-id-beside-basic',
    title: 'The body names another client than the header.',
    kills: { requirement: 'secret-basic-arrives', reason: 'credentials-changed' },
    hooks: withMethod('client_secret_basic', (request) => setField(request, 'client_id', 'default-client')),
  },
  {
    id: 'another-id-beside-assertion',
    title: 'The body names another client than the assertion.',
    kills: { requirement: 'assertion-names-the-client', reason: 'credentials-changed' },
    hooks: withMethod('private_key_jwt', (request) => setField(request, 'client_id', 'default-client')),
  },
  {
    id: 'assertion-with-one-jti',
    title: 'Every assertion has the same jti.',
    kills: { requirement: 'assertion-used-once', reason: 'assertion-repeated' },
    hooks: withMethod('private_key_jwt', (request, { id, private_key: key }) =>
      setField(request, 'client_assertion', assertion({ ...claimsFor(id, ISSUER), jti: id }, key)),
    ),
  },
  {
    id: 'assertion-kept',
    title: 'One assertion is used for every request of a client.',
    kills: { requirement: 'assertion-used-once', reason: 'assertion-repeated' },
    hooks: () => {
      const kept = new Map<string, string>()
      return withMethod('private_key_jwt', (request, { id }) => {
        const own = new URLSearchParams(request.body).get('client_assertion') ?? ''
        const first = kept.get(id) ?? own
        kept.set(id, first)
        return setField(request, 'client_assertion', first)
      })
    },
  },
  {
    id: 'public-client-id-lost',
    title: 'A public client does not say who it is.',
    kills: { requirement: 'public-client-names-itself', reason: 'client-id-lost' },
    hooks: withMethod('none', (request) => withForm(request, (fields) => without(fields, 'client_id'))),
  },
  {
    id: 'public-client-with-a-secret',
    title: 'A public client sends a made-up secret.',
    kills: { requirement: 'public-client-names-itself', reason: 'credentials-made-up' },
    hooks: withMethod('none', (request) => setField(request, 'client_secret', 'none')),
  },
  {
    id: 'public-client-id-encoded-twice',
    title: 'The id of a public client is encoded twice.',
    kills: { requirement: 'public-client-names-itself', reason: 'credentials-changed' },
    hooks: withMethod('none', (request, { id }) => setField(request, 'client_id', encodeURIComponent(id))),
  },
]
