import { append, hide, isAny, isNamed, isPlain, mapValues, smuggle } from './extras.js'
import { refusal, type Mutant } from './mutant.js'

/** Mutants of what an SDK does with unprotected extra parameters. */
export const PLAIN_EXTRA_MUTANTS: readonly Mutant[] = [
  {
    id: 'refuse-every-extra',
    title: 'Every extra parameter is refused.',
    kills: { requirement: 'extra-arrives-unchanged', reason: 'plain-extra-refused' },
    hooks: {
      exchange: async ({ extra = [] }, proceed) => (extra.length > 0 ? refusal('no extra parameters') : proceed()),
    },
  },
  {
    id: 'lose-plain-extras',
    title: 'Extra parameters are not sent.',
    kills: { requirement: 'extra-arrives-unchanged', reason: 'extra-lost' },
    hooks: hide(isPlain),
  },
  {
    id: 'lose-prototype-names',
    title: 'Extra parameters with the names of prototype properties are lost in a plain object.',
    kills: { requirement: 'extra-arrives-unchanged', reason: 'extra-lost' },
    hooks: hide(isNamed('__proto__', 'constructor', 'toString')),
  },
  {
    id: 'trim-extra-values',
    title: 'The values of extra parameters are trimmed.',
    kills: { requirement: 'extra-arrives-unchanged', reason: 'extra-changed' },
    hooks: mapValues(isAny, (value) => (typeof value === 'string' ? value.trim() : value)),
  },
  {
    id: 'encode-extra-values-twice',
    title: 'The values of extra parameters are percent-encoded twice.',
    kills: { requirement: 'extra-arrives-unchanged', reason: 'extra-changed' },
    hooks: mapValues(isAny, (value) => (typeof value === 'string' ? encodeURIComponent(value) : value)),
  },
  {
    id: 'send-extras-twice',
    title: 'Extra parameters are sent twice.',
    kills: { requirement: 'extra-arrives-unchanged', reason: 'extra-repeated' },
    hooks: { form: (fields, { extra = [] }) => extra.filter(isPlain).reduce(append, fields) },
  },
  {
    id: 'join-arrays',
    title: 'Several values are joined with commas.',
    kills: { requirement: 'array-extra-repeats', reason: 'array-joined' },
    hooks: mapValues(isPlain, (value) => (typeof value === 'string' ? value : value.join(','))),
  },
  {
    id: 'last-value-wins',
    title: 'Of several values the last is sent.',
    kills: { requirement: 'array-extra-repeats', reason: 'array-lost' },
    hooks: mapValues(isPlain, (value) => (typeof value === 'string' ? value : value.slice(-1))),
  },
  {
    id: 'sort-values',
    title: 'Several values are sorted.',
    kills: { requirement: 'array-extra-repeats', reason: 'array-reordered' },
    hooks: mapValues(isPlain, (value) => (typeof value === 'string' ? value : [...value].sort())),
  },
  {
    id: 'upper-case-values',
    title: 'Several values are put into upper case.',
    kills: { requirement: 'array-extra-repeats', reason: 'array-changed' },
    hooks: mapValues(isPlain, (value) => (typeof value === 'string' ? value : value.map((item) => item.toUpperCase()))),
  },
  {
    id: 'no-limit',
    title: 'There is no limit on the number of values.',
    kills: { requirement: 'array-extra-limit', reason: 'limit-ignored' },
    hooks: smuggle(([name, value]) => isPlain([name, value]) && [value].flat().length > 20, append),
  },
  {
    id: 'cut-at-limit',
    title: 'Values beyond the twentieth are left out in silence.',
    kills: { requirement: 'array-extra-limit', reason: 'array-truncated' },
    hooks: mapValues(isPlain, (value) => (typeof value === 'string' ? value : value.slice(0, 20))),
  },
]
