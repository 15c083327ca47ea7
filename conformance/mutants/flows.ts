import type { WireCall } from '../adapter.js'
import { lastReply, mapTokens, membersOf } from './answers.js'
import { without } from './extras.js'
import { gave, refusal, type Mutant, type MutantHooks } from './mutant.js'

type Op = WireCall['op']

/** Changes the fields that one kind of call sends. */
function fieldOf(op: Op, name: string, map: (value: string) => string): MutantHooks {
  return {
    form: (fields, _input, { request }) =>
      request.op === op ? fields.map(([field, value]) => [field, field === name ? map(value) : value]) : fields,
  }
}

function lose(op: Op, name: string): MutantHooks {
  return { form: (fields, _input, { request }) => (request.op === op ? without(fields, name) : fields) }
}

/** Gives what the server issued, though the SDK refused it for what it is. */
function acceptIssued(op: Op): MutantHooks {
  return {
    perform: async (call, proceed) => {
      const answer = await proceed()
      const token = membersOf(lastReply(call)?.body ?? '')['access_token']
      const isRefused = call.request.op === op && answer.outcome === 'rejected' && typeof token === 'string'
      return isRefused ? gave(token) : answer
    },
  }
}

function refuseWhen(op: Op, when: (request: WireCall, body: string) => boolean): MutantHooks {
  return {
    perform: async (call, proceed) => {
      const answer = await proceed()
      return call.request.op === op && when(call.request, lastReply(call)?.body ?? '') ? refusal('no') : answer
    },
  }
}

const JWT_TYPE = 'urn:acme:jwt'

/** Mutants of on-behalf-of calls and session transfers. */
export const FLOW_MUTANTS: readonly Mutant[] = [
  {
    id: 'obo-subject-of-another-type',
    title: 'An on-behalf-of call sends the access token as another type.',
    kills: { requirement: 'obo-token-types', reason: 'token-types-wrong' },
    hooks: fieldOf('on_behalf_of', 'subject_token_type', () => JWT_TYPE),
  },
  {
    id: 'obo-without-requested-type',
    title: 'An on-behalf-of call does not say what it asks for.',
    kills: { requirement: 'obo-token-types', reason: 'token-types-wrong' },
    hooks: lose('on_behalf_of', 'requested_token_type'),
  },
  {
    id: 'obo-scope-lost',
    title: 'An on-behalf-of call loses its scope.',
    kills: { requirement: 'obo-parameters-arrive', reason: 'option-lost' },
    hooks: lose('on_behalf_of', 'scope'),
  },
  {
    id: 'obo-audience-as-origin',
    title: 'The audience of an on-behalf-of call is cut to its origin.',
    kills: { requirement: 'obo-parameters-arrive', reason: 'option-changed' },
    hooks: fieldOf('on_behalf_of', 'audience', (value) => (value.startsWith('https:') ? new URL(value).origin : value)),
  },
  {
    id: 'obo-adds-openid',
    title: 'An on-behalf-of call asks for more scopes than it was given.',
    kills: { requirement: 'obo-parameters-arrive', reason: 'option-changed' },
    hooks: fieldOf('on_behalf_of', 'scope', (value) => `openid ${value}`),
  },
  {
    id: 'obo-gives-id-token',
    title: 'The result of an on-behalf-of call has the ID token.',
    kills: { requirement: 'obo-result-is-narrow', reason: 'further-tokens-given' },
    hooks: furtherTokens('id_token'),
  },
  {
    id: 'obo-gives-refresh-token',
    title: 'The result of an on-behalf-of call has the refresh token.',
    kills: { requirement: 'obo-result-is-narrow', reason: 'further-tokens-given' },
    hooks: furtherTokens('refresh_token'),
  },
  {
    id: 'obo-takes-any-token',
    title: 'An on-behalf-of call takes whatever was issued for an access token.',
    kills: { requirement: 'obo-not-applicable-refused', reason: 'not-applicable-accepted' },
    hooks: acceptIssued('on_behalf_of'),
  },
  {
    id: 'stt-without-actor-sent',
    title: 'A session transfer without an actor is sent.',
    kills: { requirement: 'stt-needs-actor', reason: 'actorless-sent' },
    hooks: {
      perform: async ({ request }, proceed) => {
        if (request.op !== 'session_transfer' || request.input.actor_token !== undefined) return proceed()
        const actor = { actor_token: 'placeholder', actor_token_type: 'urn:acme:agent' }
        return proceed({ ...request, input: { ...actor, ...request.input } })
      },
      form: (fields) =>
        fields.some(([name, value]) => name === 'actor_token' && value === 'placeholder')
          ? without(without(fields, 'actor_token'), 'actor_token_type')
          : fields,
    },
  },
  {
    id: 'stt-audience-of-the-vendor',
    title: 'The audience of a session transfer names no domain.',
    kills: { requirement: 'stt-audience', reason: 'stt-audience-wrong' },
    hooks: fieldOf('session_transfer', 'audience', () => 'urn:auth0:session_transfer'),
  },
  {
    id: 'stt-audience-with-scheme',
    title: 'The audience of a session transfer has the URL of the issuer in it.',
    kills: { requirement: 'stt-audience', reason: 'stt-audience-wrong' },
    hooks: fieldOf('session_transfer', 'audience', () => 'urn:https://tenant.example.com/:session_transfer'),
  },
  {
    id: 'stt-takes-any-token',
    title: 'Whatever was issued is given as a session transfer token.',
    kills: { requirement: 'stt-other-type-refused', reason: 'other-type-accepted' },
    hooks: acceptIssued('session_transfer'),
  },
  {
    id: 'stt-by-token-type',
    title: 'What N_A is the type of is given as a session transfer token.',
    kills: { requirement: 'stt-other-type-refused', reason: 'other-type-accepted' },
    hooks: {
      perform: async (call, proceed) => {
        const answer = await proceed()
        const { token_type: usage, access_token: token } = membersOf(lastReply(call)?.body ?? '')
        const isTaken = call.request.op === 'session_transfer' && usage === 'N_A' && typeof token === 'string'
        return isTaken && answer.outcome === 'rejected' ? gave(token) : answer
      },
    },
  },
  {
    id: 'stt-must-be-bearer',
    title: 'A session transfer token with the token_type N_A is refused.',
    kills: { requirement: 'stt-not-applicable-accepted', reason: 'not-applicable-refused' },
    hooks: refuseWhen('session_transfer', (_request, body) => membersOf(body)['token_type'] === 'N_A'),
  },
]

function furtherTokens(name: 'id_token' | 'refresh_token'): MutantHooks {
  return mapTokens((tokens, call) => {
    const value = membersOf(lastReply(call)?.body ?? '')[name]
    return call.request.op === 'on_behalf_of' && typeof value === 'string' ? { ...tokens, [name]: value } : tokens
  })
}
