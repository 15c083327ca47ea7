import { ID_TOKEN_TYPE, JWT_TOKEN_TYPE } from '../../generated/constants.js'
import type { ExchangeInput } from '../adapter.js'
import { acceptAnyway, lastReply, mapTokens } from './answers.js'
import { answered, refusal, type Control } from './mutant.js'
import { tell } from './network.js'

/** Changes that keep every rule. When one of them is found, a check asks for more than its rule says. */
export const CONTROLS: readonly Control[] = [
  {
    id: 'other-names-of-browsers',
    title: 'Browsers are told apart by other names.',
    hooks: {
      session: async ({ steps }, proceed) =>
        proceed({ steps: steps.map((step) => ({ ...step, browser: `browser-${step.browser}` })) }),
    },
  },
  {
    id: 'other-field-order',
    title: 'The names of the form come in another order.',
    hooks: {
      // Values under one name keep their order, which does count.
      form: (fields) => [...fields].sort(([a], [b]) => (a < b ? 1 : a > b ? -1 : 0)),
    },
  },
  {
    id: 'space-as-percent-20',
    title: 'A space is encoded as %20.',
    hooks: { body: (text) => text.replaceAll('+', '%20') },
  },
  {
    id: 'tracing-header',
    title: 'A header is sent that nobody asked for.',
    hooks: { headers: { 'x-trace-id': 'canary-trace' } },
  },
  {
    id: 'other-error-words',
    title: 'Errors have other words and another class.',
    hooks: {
      exchange: async (_input, proceed) => {
        const answer = await proceed()
        return answer.outcome === 'rejected'
          ? {
              outcome: 'rejected',
              error: { ...answer.error, class: 'ValueError', message: 'that will not do', stack: '' },
            }
          : answer
      },
    },
  },
  {
    id: 'current-actor-from-chain',
    title: 'The current actor is the head of the chain, so that a malformed inner node is an error for both helpers.',
    hooks: {
      currentActor: async (_claims, _answer, ask) => {
        const chain = await ask('delegation_chain')
        return chain.outcome === 'value' && Array.isArray(chain.value)
          ? answered((chain.value[0] as string | undefined) ?? null)
          : chain
      },
    },
  },
  {
    id: 'null-act-is-an-error',
    title: 'Both helpers take a null act for an error.',
    hooks: {
      currentActor: (claims, answer) => refusedWhenNull(claims) ?? answer,
      delegationChain: (claims, answer) => refusedWhenNull(claims) ?? answer,
    },
  },
  {
    id: 'null-inside-is-an-error',
    title: 'A chain that ends with a null is an error.',
    hooks: {
      delegationChain: (claims, answer) => (endsWithNull(claims) ? refusal('an act is null') : answer),
    },
  },
  {
    id: 'prototype-name-refused',
    title: 'An extra parameter with the name __proto__ is refused.',
    hooks: {
      exchange: async ({ extra = [] }, proceed) =>
        extra.some(([name]) => name === '__proto__') ? refusal('not that name') : proceed(),
    },
  },
  {
    id: 'jwt-must-look-like-one',
    title: 'An actor token of a type that says JWT is refused when it has no three parts.',
    hooks: {
      perform: async ({ request: { input } }, proceed) => {
        const { actor_token: token, actor_token_type: type = '' } = input as Partial<ExchangeInput>
        const isJwt = [JWT_TOKEN_TYPE, ID_TOKEN_TYPE].includes(type)
        return token !== undefined && isJwt && token.split('.').length !== 3 ? refusal('no JWT') : proceed()
      },
    },
  },
  {
    id: 'token-type-in-lower-case',
    title: 'The token_type of a result is in lower case.',
    hooks: mapTokens((tokens) =>
      tokens.token_type === undefined ? tokens : { ...tokens, token_type: tokens.token_type.toLowerCase() },
    ),
  },
  {
    id: 'lifetime-required',
    title: 'An answer without expires_in is refused.',
    hooks: {
      perform: async (_call, proceed) => {
        const answer = await proceed()
        const isWithout = answer.outcome === 'tokens' && answer.tokens.expires_in === undefined
        return isWithout ? refusal('no expires_in') : answer
      },
    },
  },
  {
    id: 'no-actor-on-result',
    title: 'A result never names an actor.',
    hooks: mapTokens(({ act: _act, ...tokens }) => tokens),
  },
  {
    id: 'lifetime-with-skew',
    title: 'A token ends half a minute before its lifetime is over.',
    hooks: mapTokens((tokens) =>
      typeof tokens.expires_at === 'number' ? { ...tokens, expires_at: tokens.expires_at - 30 } : tokens,
    ),
  },
  {
    id: 'client-id-beside-basic',
    title: 'The client_id is sent in the body too when the secret is in the header.',
    hooks: {
      form: (fields, _input, { request: { client } }) =>
        client.authentication === 'client_secret_basic' ? [...fields, ['client_id', client.id]] : fields,
    },
  },
  {
    id: 'subject-trimmed',
    title: 'Whitespace around a subject token is taken off, and the rest is sent.',
    hooks: {
      input: (input) =>
        input.subject_token.trim() === '' ? input : { ...input, subject_token: input.subject_token.trim() },
    },
  },
  {
    id: 'another-try-after-503',
    title: 'After a status of 500 or more the request is sent once more.',
    hooks: {
      network: async (request, send) => {
        const response = await send(request)
        return response.status >= 500 ? send(request) : response
      },
    },
  },
  {
    id: 'error-beside-token-ignored',
    title: 'An error beside a token is a member that is not known.',
    hooks: acceptAnyway(({ status }, { error, access_token: token }) => status === 200 && !!error && !!token),
  },
  {
    id: 'answer-quoted-in-message',
    title: 'The message of an error quotes the answer.',
    hooks: tell('message', (call) => lastReply(call)?.body ?? ''),
  },
  {
    id: 'transfer-actor-has-default-type',
    title: 'The actor of a session transfer without a type is an ID token.',
    hooks: {
      perform: async ({ request }, proceed) => {
        if (request.op !== 'session_transfer') return proceed()
        const { actor_token: token, actor_token_type: type = ID_TOKEN_TYPE, ...input } = request.input
        return token === undefined
          ? proceed()
          : proceed({ ...request, input: { ...input, actor_token: token, actor_token_type: type } })
      },
    },
  },
]

/** Without recursion, since a chain may be long. */
function endsWithNull(claims: unknown): boolean {
  const { act } = claims as { readonly act?: unknown }
  let node = act
  while (isNode(node)) node = node.act
  return node === null && act !== null
}

function isNode(value: unknown): value is { readonly act?: unknown } {
  return typeof value === 'object' && value !== null
}

function refusedWhenNull(claims: unknown) {
  return (claims as { act?: unknown }).act === null
    ? ({ outcome: 'rejected', error: { class: 'ActError', message: 'act is null' } } as const)
    : undefined
}
