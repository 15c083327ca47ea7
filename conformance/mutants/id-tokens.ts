import type { Observation } from '../adapter.js'
import { lastReply, mapTokens, membersOf } from './answers.js'
import { without } from './extras.js'
import { answered, gave, refusal, type HookedCall, type Mutant, type MutantHooks } from './mutant.js'

type Claims = Readonly<Record<string, unknown>>

/** The claims of a token in the last answer, without a look at its signature. */
function claimsIn(call: HookedCall, name: 'id_token' | 'access_token'): Claims {
  const token = membersOf(lastReply(call)?.body ?? '')[name]
  const [, payload] = typeof token === 'string' ? token.split('.') : []
  return payload === undefined ? {} : membersOf(Buffer.from(payload, 'base64url').toString('utf8'))
}

function headerOf(call: HookedCall): Claims {
  const token = membersOf(lastReply(call)?.body ?? '')['access_token']
  const [header] = typeof token === 'string' ? token.split('.') : []
  return header === undefined ? {} : membersOf(Buffer.from(header, 'base64url').toString('utf8'))
}

/** Names another actor on the result. */
function actFrom(read: (call: HookedCall) => unknown): MutantHooks {
  return mapTokens((tokens, call) => {
    const act = call.request.op === 'exchange' ? read(call) : undefined
    return isObject(act) ? { ...tokens, act } : tokens
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function acceptOrganization(when: (claims: Claims) => boolean): MutantHooks {
  return {
    exchange: async (input, proceed, call) => {
      const answer = await proceed()
      const isAbout = input.organization !== undefined && answer.outcome === 'rejected' && call.replies.length > 0
      return isAbout && when(claimsIn(call, 'id_token')) ? gave('canary-issued-access-token') : answer
    },
  }
}

const isBlank = (text: string | undefined): boolean => text?.trim() === ''

/** Mutants of what an SDK reads out of the tokens that it gets, and of organizations. */
export const ID_TOKEN_MUTANTS: readonly Mutant[] = [
  {
    id: 'innermost-actor-on-result',
    title: 'The result names the actor before the current one.',
    kills: { requirement: 'result-act-read', reason: 'result-act-wrong' },
    hooks: mapTokens((tokens) => ({ ...tokens, ...(isObject(tokens.act?.['act']) && { act: tokens.act['act'] }) })),
  },
  {
    id: 'act-of-access-token-first',
    title: 'The actor is read from the access token though the ID token names another.',
    kills: { requirement: 'result-act-read', reason: 'result-act-wrong' },
    hooks: actFrom((call) => claimsIn(call, 'access_token')['act']),
  },
  {
    id: 'act-of-any-id-token',
    title: 'The claims of an ID token are not checked.',
    kills: { requirement: 'result-act-claims-checked', reason: 'act-from-invalid-id-token' },
    hooks: actFrom((call) => claimsIn(call, 'id_token')['act']),
  },
  {
    id: 'act-of-expired-id-token',
    title: 'The end of an ID token is not checked.',
    kills: { requirement: 'result-act-claims-checked', reason: 'act-from-invalid-id-token' },
    hooks: actFrom((call) => {
      const { act, exp } = claimsIn(call, 'id_token')
      return typeof exp === 'number' && exp < Date.now() / 1000 ? act : undefined
    }),
  },
  {
    id: 'act-for-another-client',
    title: 'The audience of an ID token is not checked.',
    kills: { requirement: 'result-act-claims-checked', reason: 'act-from-invalid-id-token' },
    hooks: actFrom((call) => {
      const { act, aud } = claimsIn(call, 'id_token')
      return aud === 'another-client' ? act : undefined
    }),
  },
  {
    id: 'act-for-a-similar-client',
    title: 'The audience of an ID token is searched for the id of the client.',
    kills: { requirement: 'result-act-claims-checked', reason: 'act-from-invalid-id-token' },
    hooks: actFrom((call) => {
      const { act, aud } = claimsIn(call, 'id_token')
      return String(aud).includes(call.request.client.id) ? act : undefined
    }),
  },
  {
    id: 'act-of-a-similar-issuer',
    title: 'The issuer of an ID token is compared as far as the expected one goes.',
    kills: { requirement: 'result-act-claims-checked', reason: 'act-from-invalid-id-token' },
    hooks: actFrom((call) => {
      const { act, iss } = claimsIn(call, 'id_token')
      return String(iss).startsWith(call.request.target.issuer) ? act : undefined
    }),
  },
  ...(['iss', 'aud', 'exp'] as const).map((name): Mutant => ({
    id: `act-without-${name}`,
    title: `An ID token without ${name} is taken for one that holds.`,
    kills: { requirement: 'result-act-claims-checked', reason: 'act-from-invalid-id-token' },
    hooks: actFrom((call) => {
      const claims = claimsIn(call, 'id_token')
      return claims[name] === undefined ? claims['act'] : undefined
    }),
  })),
  {
    id: 'act-of-at-jwt',
    title: 'Without an actor in the ID token, the one of an access token of the type at+jwt is taken.',
    kills: { requirement: 'at-jwt-not-read', reason: 'act-from-access-token' },
    hooks: actFrom((call) => (headerOf(call)['typ'] === 'at+jwt' ? claimsIn(call, 'access_token')['act'] : undefined)),
  },
  {
    id: 'act-of-access-token',
    title: 'Without an ID token, the actor is read from the access token.',
    kills: { requirement: 'access-token-not-read', reason: 'act-from-access-token' },
    hooks: actFrom((call) => (headerOf(call)['typ'] === 'JWT' ? claimsIn(call, 'access_token')['act'] : undefined)),
  },
  {
    id: 'chain-without-repeats',
    title: 'An actor that comes twice is listed once.',
    kills: { requirement: 're-exchange-keeps-chain', reason: 'chain-changed' },
    hooks: {
      delegationChain: (_claims, answer: Observation) =>
        answer.outcome === 'value' && Array.isArray(answer.value)
          ? answered([...new Set(answer.value as readonly string[])])
          : answer,
    },
  },
  {
    id: 'organization-lost',
    title: 'The organization is not sent.',
    kills: { requirement: 'organization-arrives', reason: 'organization-lost' },
    hooks: { form: (fields) => without(fields, 'organization') },
  },
  {
    id: 'organization-without-prefix',
    title: 'The id of an organization is sent without its prefix.',
    kills: { requirement: 'organization-arrives', reason: 'organization-changed' },
    hooks: {
      form: (fields) =>
        fields.map(([name, value]) => [name, name === 'organization' ? value.replace(/^org_/, '') : value]),
    },
  },
  {
    id: 'blank-organization-dropped',
    title: 'A blank organization is left out in silence.',
    kills: { requirement: 'blank-organization-refused', reason: 'blank-organization-sent' },
    hooks: {
      input: ({ organization, ...rest }) =>
        organization === undefined || isBlank(organization) ? rest : { ...rest, organization },
    },
  },
  {
    id: 'organization-not-checked',
    title: 'The organization of an ID token is not looked at.',
    kills: { requirement: 'organization-claim-checked', reason: 'other-organization-accepted' },
    hooks: acceptOrganization(() => true),
  },
  {
    id: 'missing-organization-accepted',
    title: 'An ID token without an organization is taken for one of any.',
    kills: { requirement: 'organization-claim-checked', reason: 'other-organization-accepted' },
    hooks: acceptOrganization((claims) => claims['sub'] !== undefined && claims['org_id'] === undefined),
  },
  {
    id: 'own-organization-refused',
    title: 'An ID token that names the organization is refused.',
    kills: { requirement: 'organization-claim-checked', reason: 'own-organization-refused' },
    hooks: {
      exchange: async (_input, proceed, call) => {
        const answer = await proceed()
        const isOwn = answer.outcome === 'tokens' && claimsIn(call, 'id_token')['org_id'] !== undefined
        return isOwn ? refusal('no organizations') : answer
      },
    },
  },
]
