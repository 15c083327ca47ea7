import {
  append,
  fill,
  hide,
  isAlias,
  isMalformed,
  isNamed,
  isProtected,
  isTyped,
  isVariant,
  renamed,
  replace,
  smuggle,
} from './extras.js'
import { refusal, type Mutant } from './mutant.js'

const ALIAS_OWNERS: Readonly<Record<string, string>> = {
  aud: 'audience',
  resources: 'resource',
  resource_indicator: 'resource',
}

/** Mutants of what an SDK does with protected names. */
export const PROTECTED_MUTANTS: readonly Mutant[] = [
  {
    id: 'append-extras-to-typed',
    title: 'Extra parameters are appended to the typed ones, whatever their names.',
    kills: { requirement: 'no-repeated-parameter', reason: 'repeated' },
    hooks: smuggle(isTyped, append),
  },
  {
    id: 'send-scope-twice',
    title: 'The scope is sent twice.',
    kills: { requirement: 'no-repeated-parameter', reason: 'repeated' },
    hooks: { form: (fields) => [...fields, ...fields.filter(([name]) => name === 'scope')] },
  },
  {
    id: 'merge-extras-over-core',
    title: 'Extra parameters are merged over the grant, the client and the subject.',
    kills: { requirement: 'core-extra-never-overrides', reason: 'typed-value-replaced' },
    hooks: smuggle(isNamed('grant_type', 'client_id', 'subject_token', 'subject_token_type'), replace),
  },
  {
    id: 'extra-client-secret-wins',
    title: 'An extra client_secret takes the place of the configured one.',
    kills: { requirement: 'core-extra-never-overrides', reason: 'typed-value-replaced' },
    hooks: smuggle(isNamed('client_secret'), replace),
  },
  {
    id: 'merge-extras-over-target',
    title: 'Extra parameters are merged over audience, scope and organization.',
    kills: { requirement: 'extra-never-overrides', reason: 'typed-value-replaced' },
    hooks: smuggle(isNamed('audience', 'scope', 'organization', 'requested_token_type'), replace),
  },
  {
    id: 'merge-extras-over-actor',
    title: 'An extra actor_token takes the place of the typed one.',
    kills: { requirement: 'extra-never-overrides', reason: 'typed-value-replaced' },
    hooks: smuggle(isNamed('actor_token', 'actor_token_type'), replace),
  },
  {
    id: 'append-extra-audience',
    title: 'An extra audience is added to the typed one.',
    kills: { requirement: 'extra-never-overrides', reason: 'typed-value-added-to' },
    hooks: smuggle(isNamed('audience'), append),
  },
  {
    id: 'remove-what-extra-names',
    title: 'An extra parameter with a typed name removes both values.',
    kills: { requirement: 'extra-never-overrides', reason: 'typed-value-lost' },
    hooks: smuggle(isNamed('scope', 'audience'), (fields, [name]) => fields.filter(([field]) => field !== name)),
  },
  {
    id: 'fill-unset-options-from-extra',
    title: 'A typed option that is not set is filled from the extra parameters.',
    kills: { requirement: 'protected-extra-never-sent', reason: 'protected-extra-sent' },
    hooks: smuggle(isTyped, fill),
  },
  {
    id: 'short-denylist',
    title: 'The denylist does not know the parameters of neighbouring grants.',
    kills: { requirement: 'protected-extra-never-sent', reason: 'protected-extra-sent' },
    hooks: smuggle(isNamed('subject_issuer', 'connection', 'login_hint', 'assertion'), append),
  },
  {
    id: 'drop-protected-extras',
    title: 'Protected extra parameters are left out in silence.',
    kills: { requirement: 'protected-extra-not-dropped-silently', reason: 'dropped-silently' },
    hooks: hide(isProtected),
  },
  {
    id: 'protected-extras-refused-after-sending',
    title: 'Protected extra parameters are refused after the request went out without them.',
    kills: { requirement: 'protected-extra-not-dropped-silently', reason: 'dropped-silently' },
    hooks: {
      ...hide(isProtected),
      exchange: async ({ extra = [] }, proceed) => {
        const answer = await proceed()
        return extra.some(isProtected) ? refusal('a protected name') : answer
      },
    },
  },
  {
    id: 'answer-without-request',
    title: 'A call with a protected extra parameter is answered from nowhere.',
    kills: { requirement: 'protected-extra-not-dropped-silently', reason: 'accepted-without-request' },
    hooks: {
      exchange: async ({ extra = [] }, proceed) =>
        extra.some(isProtected) ? { outcome: 'tokens', tokens: { access_token: 'canary-made-up' } } : proceed(),
    },
  },
  {
    id: 'case-sensitive-denylist',
    title: 'The denylist compares names with their case.',
    kills: { requirement: 'case-variant-refused', reason: 'case-variant-sent' },
    hooks: smuggle(isVariant, append),
  },
  {
    id: 'lower-case-after-denylist',
    title: 'Names are put into lower case after the denylist was asked.',
    kills: { requirement: 'case-variant-refused', reason: 'case-variant-normalised' },
    hooks: smuggle(
      isVariant,
      renamed(replace, (name) => name.toLowerCase()),
    ),
  },
  {
    id: 'no-aliases-in-denylist',
    title: 'The denylist has no aliases.',
    kills: { requirement: 'alias-refused', reason: 'alias-sent' },
    hooks: smuggle(isAlias, append),
  },
  {
    id: 'expand-aliases',
    title: 'An alias sets its parameter.',
    kills: { requirement: 'alias-refused', reason: 'alias-expanded' },
    hooks: smuggle(
      isAlias,
      renamed(append, (name) => ALIAS_OWNERS[name] ?? name),
    ),
  },
  {
    id: 'any-name',
    title: 'Names are not checked.',
    kills: { requirement: 'malformed-name-refused', reason: 'malformed-name-sent' },
    hooks: smuggle(isMalformed, append),
  },
  {
    id: 'clean-names-after-denylist',
    title: 'Brackets and invisible characters are taken out of names after the denylist was asked.',
    kills: { requirement: 'malformed-name-refused', reason: 'malformed-name-normalised' },
    hooks: smuggle(
      isMalformed,
      renamed(replace, (name) => name.replace(/\[.*$/su, '').replace(/[^\w.-]/gu, '') || 'x'),
    ),
  },
]
