import type { ExchangeInput } from '../adapter.js'
import { isAlias, isMalformed, isPlain, isVariant } from './extras.js'
import { accident, type Mutant, type MutantHooks } from './mutant.js'

/** Falls over an input that must be refused: a rejection, but for the wrong reason. */
function fallOver(when: (input: ExchangeInput) => boolean): MutantHooks {
  return { exchange: async (input, proceed) => (when(input) ? accident() : proceed()) }
}

const isBlank = (text: string | undefined): boolean => text?.trim() === ''
const isPrefixed = (text: string): boolean => text.startsWith('Bearer ')

function mutant(
  id: string,
  title: string,
  requirement: Mutant['kills']['requirement'],
  when: (input: ExchangeInput) => boolean,
): Mutant {
  return { id, title, kills: { requirement, reason: 'crashed' }, hooks: fallOver(when) }
}

/** Mutants that refuse what must be refused by accident alone: none of these rejections may pass. */
export const ACCIDENT_MUTANTS: readonly Mutant[] = [
  mutant(
    'falls-over-variants',
    'A protected name in another case is fallen over.',
    'case-variant-refused',
    ({ extra }) => (extra ?? []).some(isVariant),
  ),
  mutant('falls-over-aliases', 'An alias is fallen over.', 'alias-refused', ({ extra }) => (extra ?? []).some(isAlias)),
  mutant('falls-over-malformed-names', 'A malformed name is fallen over.', 'malformed-name-refused', ({ extra }) =>
    (extra ?? []).some(isMalformed),
  ),
  mutant('falls-over-many-values', 'Too many values are fallen over.', 'array-extra-limit', ({ extra }) =>
    (extra ?? []).some((entry) => isPlain(entry) && [entry[1]].flat().length > 20),
  ),
  mutant(
    'falls-over-half-an-actor',
    'Half an actor is fallen over.',
    'unpaired-actor-refused',
    ({ actor_token: token, actor_token_type: type }) => (token === undefined) !== (type === undefined),
  ),
  mutant(
    'falls-over-blank-actors',
    'A blank actor is fallen over.',
    'blank-actor-refused',
    ({ actor_token: token, actor_token_type: type }) => isBlank(token) || isBlank(type),
  ),
  mutant('falls-over-blank-subjects', 'A blank subject token is fallen over.', 'blank-subject-refused', (input) =>
    isBlank(input.subject_token),
  ),
  mutant(
    'falls-over-padded-subjects',
    'A padded subject token is fallen over.',
    'padded-subject-refused',
    ({ subject_token: token }) => !isBlank(token) && !isPrefixed(token) && token !== token.trim(),
  ),
  mutant(
    'falls-over-prefixed-subjects',
    'A prefixed subject token is fallen over.',
    'prefixed-subject-refused',
    (input) => isPrefixed(input.subject_token),
  ),
  mutant(
    'falls-over-blank-organizations',
    'A blank organization is fallen over.',
    'blank-organization-refused',
    (input) => isBlank(input.organization),
  ),
  {
    id: 'falls-over-a-missing-actor',
    title: 'A session transfer without an actor is fallen over.',
    kills: { requirement: 'stt-needs-actor', reason: 'crashed' },
    hooks: {
      perform: async ({ request }, proceed) =>
        request.op === 'session_transfer' && request.input.actor_token === undefined ? accident() : proceed(),
    },
  },
]
