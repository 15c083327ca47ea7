import { without } from './extras.js'
import type { Mutant, MutantHooks } from './mutant.js'

function mapField(name: string, map: (value: string) => string): Pick<MutantHooks, 'form'> {
  return { form: (fields) => fields.map(([field, value]) => [field, field === name ? map(value) : value]) }
}

function renameField(from: string, to: string): Pick<MutantHooks, 'form'> {
  return { form: (fields) => fields.map(([field, value]) => [field === from ? to : field, value]) }
}

/** Mutants of the request as a whole. */
export const REQUEST_MUTANTS: readonly Mutant[] = [
  {
    id: 'asks-before-posting',
    title: 'The token endpoint is asked with GET first.',
    kills: { requirement: 'request-is-a-post', reason: 'not-a-post' },
    hooks: {
      network: async (request, send) => {
        await send({ ...request, method: 'GET' })
        return send(request)
      },
    },
  },
  {
    id: 'json-body',
    title: 'The parameters are sent as JSON.',
    kills: { requirement: 'request-is-a-form', reason: 'not-a-form' },
    hooks: {
      request: (request) => ({
        ...request,
        headers: [...request.headers.filter(([name]) => name !== 'content-type'), ['content-type', 'application/json']],
        body: JSON.stringify(Object.fromEntries(new URLSearchParams(request.body))),
      }),
    },
  },
  {
    id: 'form-called-text',
    title: 'The form is sent as plain text.',
    kills: { requirement: 'request-is-a-form', reason: 'not-a-form' },
    hooks: {
      request: (request) => ({
        ...request,
        headers: [...request.headers.filter(([name]) => name !== 'content-type'), ['content-type', 'text/plain']],
      }),
    },
  },
  {
    id: 'jwt-bearer-grant',
    title: 'The grant type of another extension is sent.',
    kills: { requirement: 'grant-type-is-token-exchange', reason: 'other-grant-type' },
    hooks: mapField('grant_type', () => 'urn:ietf:params:oauth:grant-type:jwt-bearer'),
  },
  {
    id: 'no-grant-type',
    title: 'The grant type is not sent.',
    kills: { requirement: 'grant-type-is-token-exchange', reason: 'other-grant-type' },
    hooks: { form: (fields) => without(fields, 'grant_type') },
  },
  {
    id: 'audience-lost',
    title: 'The audience is not sent.',
    kills: { requirement: 'typed-options-arrive', reason: 'option-lost' },
    hooks: { form: (fields) => without(fields, 'audience') },
  },
  {
    id: 'requested-type-renamed',
    title: 'The requested token type is sent under another name.',
    kills: { requirement: 'typed-options-arrive', reason: 'option-lost' },
    hooks: renameField('requested_token_type', 'requested_type'),
  },
  {
    id: 'scopes-joined-with-commas',
    title: 'Scopes are joined with commas.',
    kills: { requirement: 'typed-options-arrive', reason: 'option-changed' },
    hooks: mapField('scope', (value) => value.replaceAll(' ', ',')),
  },
  {
    id: 'audience-encoded-twice',
    title: 'The audience is percent-encoded twice.',
    kills: { requirement: 'typed-options-arrive', reason: 'option-changed' },
    hooks: mapField('audience', encodeURIComponent),
  },
  {
    id: 'remembers-the-scope',
    title: 'A call changes the scope of the next.',
    kills: { requirement: 'same-input-same-request', reason: 'request-differs' },
    hooks: () => {
      let calls = 0
      return { form: (fields) => (++calls % 2 === 0 ? [...fields, ['scope', 'openid']] : fields) }
    },
  },
  {
    id: 'extras-push-the-scope-out',
    title: 'A second extra parameter pushes the scope out.',
    kills: { requirement: 'unrelated-extra-changes-nothing', reason: 'other-parameters-changed' },
    hooks: { form: (fields, { extra = [] }) => (extra.length > 1 ? without(fields, 'scope') : fields) },
  },
  {
    id: 'first-extra-lost',
    title: 'The first extra parameter is lost.',
    kills: { requirement: 'extra-order-changes-nothing', reason: 'order-changes-request' },
    hooks: {
      form: (fields, { extra: [first] = [] }) => (first === undefined ? fields : without(fields, first[0])),
    },
  },
]
