import { ACCESS_TOKEN_TYPE } from '../../generated/constants.js'
import type { ExchangeInput } from '../adapter.js'
import type { FormFields } from '../form.js'
import { without } from './extras.js'
import { refusal, type Mutant, type MutantHooks } from './mutant.js'

type Half = 'actor_token' | 'actor_token_type'

const isBlank = (value: string): boolean => value.trim() === ''

function hasHalf({ actor_token: token, actor_token_type: type }: ExchangeInput): boolean {
  return (token === undefined) !== (type === undefined)
}

function hasBlank({ actor_token: token, actor_token_type: type }: ExchangeInput): boolean {
  return token !== undefined && type !== undefined && (isBlank(token) || isBlank(type))
}

function withoutActor({ actor_token: _token, actor_token_type: _type, ...rest }: ExchangeInput): ExchangeInput {
  return rest
}

function withActor(fields: FormFields, input: ExchangeInput, halves: readonly Half[]): FormFields {
  return [...fields, ...halves.flatMap((half) => (input[half] === undefined ? [] : [[half, input[half]] as const]))]
}

/** Hides an actor from the SDK, and sends some of it. */
function bypass(when: (input: ExchangeInput) => boolean, halves: readonly Half[]): MutantHooks {
  return {
    input: (input) => (when(input) ? withoutActor(input) : input),
    form: (fields, input) => (when(input) ? withActor(fields, input, halves) : fields),
  }
}

function changePair(change: (token: string, type: string) => readonly [string, string]): MutantHooks {
  return {
    form: (fields, { actor_token: token, actor_token_type: type }) => {
      if (token === undefined || type === undefined) return fields
      const [newToken, newType] = change(token, type)
      return [
        ...without(without(fields, 'actor_token'), 'actor_token_type'),
        ['actor_token', newToken],
        ['actor_token_type', newType],
      ]
    },
  }
}

/** Mutants of what an SDK does with an actor. */
export const ACTOR_MUTANTS: readonly Mutant[] = [
  {
    id: 'actor-token-alone-sent',
    title: 'An actor token without a type is sent.',
    kills: { requirement: 'actor-token-has-type', reason: 'actor-token-without-type' },
    hooks: bypass((input) => hasHalf(input) && input.actor_token !== undefined, ['actor_token']),
  },
  {
    id: 'actor-type-lost-from-pair',
    title: 'The type of a pair is not sent.',
    kills: { requirement: 'actor-token-has-type', reason: 'actor-token-without-type' },
    hooks: { form: (fields) => without(fields, 'actor_token_type') },
  },
  {
    id: 'actor-type-alone-sent',
    title: 'An actor token type without a token is sent.',
    kills: { requirement: 'actor-type-has-token', reason: 'actor-type-without-token' },
    hooks: bypass((input) => hasHalf(input) && input.actor_token_type !== undefined, ['actor_token_type']),
  },
  {
    id: 'actor-type-by-default',
    title: 'An exchange for an organization carries a default actor token type.',
    kills: { requirement: 'actor-type-has-token', reason: 'actor-type-without-token' },
    hooks: {
      form: (fields, { organization, actor_token: token }) =>
        organization === undefined || token !== undefined
          ? fields
          : [...fields, ['actor_token_type', ACCESS_TOKEN_TYPE]],
    },
  },
  {
    id: 'empty-actor-token-skipped',
    title: 'An empty actor token is skipped, and its type is sent.',
    kills: { requirement: 'actor-type-has-token', reason: 'actor-type-without-token' },
    hooks: bypass((input) => input.actor_token === '' && input.actor_token_type !== undefined, ['actor_token_type']),
  },
  {
    id: 'half-dropped',
    title: 'Half a pair is left out in silence.',
    kills: { requirement: 'unpaired-actor-refused', reason: 'unpaired-actor-dropped' },
    hooks: bypass(hasHalf, []),
  },
  {
    id: 'half-refused-after-sending',
    title: 'Half a pair is refused after the request went out without it.',
    kills: { requirement: 'unpaired-actor-refused', reason: 'unpaired-actor-dropped' },
    hooks: {
      ...bypass(hasHalf, []),
      exchange: async (input, proceed) => {
        const answer = await proceed()
        return hasHalf(input) ? refusal('half a pair') : answer
      },
    },
  },
  {
    id: 'type-made-up',
    title: 'An actor token without a type is sent as an access token.',
    kills: { requirement: 'unpaired-actor-refused', reason: 'unpaired-actor-completed' },
    hooks: {
      input: (input) =>
        hasHalf(input) && input.actor_token !== undefined ? { ...input, actor_token_type: ACCESS_TOKEN_TYPE } : input,
    },
  },
  {
    id: 'pair-lost',
    title: 'A pair is not sent.',
    kills: { requirement: 'actor-pair-arrives', reason: 'actor-pair-lost' },
    hooks: { input: (input) => (hasHalf(input) || hasBlank(input) ? input : withoutActor(input)) },
  },
  {
    id: 'pair-swapped',
    title: 'The token and its type change places.',
    kills: { requirement: 'actor-pair-arrives', reason: 'actor-pair-swapped' },
    hooks: changePair((token, type) => [type, token]),
  },
  {
    id: 'subject-as-actor',
    title: 'The subject token is sent as the actor token.',
    kills: { requirement: 'actor-pair-arrives', reason: 'actor-pair-changed' },
    hooks: {
      form: (fields, input) =>
        fields.map(([name, value]) => [name, name === 'actor_token' ? input.subject_token : value]),
    },
  },
  {
    id: 'actor-type-overwritten',
    title: 'Every actor token is sent as an access token.',
    kills: { requirement: 'actor-pair-arrives', reason: 'actor-pair-changed' },
    hooks: changePair((token) => [token, ACCESS_TOKEN_TYPE]),
  },
  {
    id: 'every-actor-refused',
    title: 'Every actor is refused.',
    kills: { requirement: 'actor-pair-arrives', reason: 'actor-pair-refused' },
    hooks: {
      exchange: async (input, proceed) => (input.actor_token === undefined ? proceed() : refusal('no actors')),
    },
  },
  {
    id: 'blank-sent',
    title: 'A blank actor token is sent.',
    kills: { requirement: 'blank-actor-refused', reason: 'blank-actor-sent' },
    hooks: bypass(hasBlank, ['actor_token', 'actor_token_type']),
  },
  {
    id: 'blank-dropped',
    title: 'A pair with a blank half is left out in silence.',
    kills: { requirement: 'blank-actor-refused', reason: 'blank-actor-dropped' },
    hooks: bypass(hasBlank, []),
  },
]
