import { ACCESS_TOKEN_TYPE } from '../../generated/constants.js'
import { without } from './extras.js'
import type { Mutant, MutantHooks } from './mutant.js'

function mapField(name: string, map: (value: string) => string): Pick<MutantHooks, 'form'> {
  return { form: (fields) => fields.map(([field, value]) => [field, field === name ? map(value) : value]) }
}

function renameField(from: string, to: string): Pick<MutantHooks, 'form'> {
  return { form: (fields) => fields.map(([field, value]) => [field === from ? to : field, value]) }
}

const lowerCased = (value: string): string => value.toLowerCase()

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
    id: 'audience-in-lower-case',
    title: 'The audience is sent in lower case.',
    kills: { requirement: 'typed-options-arrive', reason: 'option-changed' },
    hooks: mapField('audience', lowerCased),
  },
  {
    id: 'audience-without-slash',
    title: 'The closing slash of the audience is taken off.',
    kills: { requirement: 'typed-options-arrive', reason: 'option-changed' },
    hooks: mapField('audience', (value) => value.replace(/\/$/, '')),
  },
  {
    id: 'scope-in-lower-case',
    title: 'Scopes are sent in lower case.',
    kills: { requirement: 'typed-options-arrive', reason: 'option-changed' },
    hooks: mapField('scope', lowerCased),
  },
  {
    id: 'always-asks-for-an-access-token',
    title: 'Whatever type is asked for, an access token is.',
    kills: { requirement: 'typed-options-arrive', reason: 'option-changed' },
    hooks: mapField('requested_token_type', () => ACCESS_TOKEN_TYPE),
  },
  {
    id: 'subject-type-in-lower-case',
    title: 'The type of the subject token is sent in lower case.',
    kills: { requirement: 'subject-arrives', reason: 'subject-changed' },
    hooks: mapField('subject_token_type', lowerCased),
  },
  {
    id: 'actor-type-in-lower-case',
    title: 'The type of the actor token is sent in lower case.',
    kills: { requirement: 'actor-pair-arrives', reason: 'actor-pair-changed' },
    hooks: mapField('actor_token_type', lowerCased),
  },
  {
    id: 'organization-in-lower-case',
    title: 'The organization is sent in lower case.',
    kills: { requirement: 'organization-arrives', reason: 'organization-changed' },
    hooks: mapField('organization', lowerCased),
  },
  {
    id: 'obo-in-lower-case',
    title: 'The audience of an on-behalf-of call is sent in lower case.',
    kills: { requirement: 'obo-parameters-arrive', reason: 'option-changed' },
    hooks: mapField('audience', lowerCased),
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
