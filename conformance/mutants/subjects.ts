import type { ExchangeInput } from '../adapter.js'
import { without } from './extras.js'
import { refusal, type Mutant, type MutantHooks } from './mutant.js'

const PLACEHOLDER = 'placeholder-token'

/** Hides a subject token from the SDK, and sends it all the same. */
function bypass(when: (token: string) => boolean, map: (token: string) => string = (token) => token): MutantHooks {
  const isHidden = (input: Partial<ExchangeInput>): boolean => when(input.subject_token ?? 'x')
  return {
    input: (input) => (isHidden(input) ? { ...input, subject_token: PLACEHOLDER } : input),
    form: (fields, input) =>
      isHidden(input)
        ? fields.map(([name, value]) => [name, name === 'subject_token' ? map(input.subject_token) : value])
        : fields,
  }
}

const isBlank = (token: string): boolean => token.trim() === ''

/** Mutants of what an SDK does with a subject token. */
export const SUBJECT_MUTANTS: readonly Mutant[] = [
  {
    id: 'blank-subject-sent',
    title: 'A blank subject token is sent.',
    kills: { requirement: 'blank-subject-refused', reason: 'blank-token-sent' },
    hooks: bypass(isBlank),
  },
  {
    id: 'blank-subject-answered',
    title: 'A call with a blank subject token is answered from nowhere.',
    kills: { requirement: 'blank-subject-refused', reason: 'accepted-without-request' },
    hooks: {
      exchange: async (input, proceed) =>
        isBlank(input.subject_token) ? { outcome: 'tokens', tokens: { access_token: '' } } : proceed(),
    },
  },
  {
    id: 'padded-subject-sent',
    title: 'A subject token is sent with the whitespace around it.',
    kills: { requirement: 'padded-subject-refused', reason: 'padded-token-sent' },
    hooks: bypass((token) => !isBlank(token) && token !== token.trim()),
  },
  {
    id: 'prefixed-subject-sent',
    title: 'The value of an Authorization header is sent as the subject token.',
    kills: { requirement: 'prefixed-subject-refused', reason: 'prefixed-token-sent' },
    hooks: bypass((token) => token.startsWith('Bearer ')),
  },
  {
    id: 'whitespace-taken-out',
    title: 'Whitespace inside a subject token is taken out.',
    kills: { requirement: 'subject-arrives', reason: 'subject-changed' },
    hooks: {
      form: (fields) =>
        fields.map(([name, value]) => [name, name === 'subject_token' ? value.replaceAll(/\s/g, '') : value]),
    },
  },
  {
    id: 'every-subject-is-an-access-token',
    title: 'Every subject token is sent as an access token.',
    kills: { requirement: 'subject-arrives', reason: 'subject-changed' },
    hooks: {
      form: (fields) =>
        fields.map(([name, value]) => [name, name === 'subject_token_type' ? 'urn:acme:access-token' : value]),
    },
  },
  {
    id: 'subject-type-lost',
    title: 'The type of the subject token is not sent.',
    kills: { requirement: 'subject-arrives', reason: 'subject-lost' },
    hooks: { form: (fields) => without(fields, 'subject_token_type') },
  },
  {
    id: 'bearer-anywhere-refused',
    title: 'A subject token with the word Bearer anywhere in it is refused.',
    kills: { requirement: 'subject-arrives', reason: 'subject-refused' },
    hooks: {
      exchange: async (input, proceed) => (input.subject_token.includes('Bearer') ? refusal('Bearer') : proceed()),
    },
  },
]
