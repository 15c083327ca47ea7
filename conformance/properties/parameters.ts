import fc from 'fast-check'
import { TOKEN_PARAMETERS } from '../../generated/constants.js'
import type { ExchangeInput, ExtraEntry } from '../adapter.js'
import { exchanges, fullExchanges } from '../arbitraries/exchange.js'
import {
  aliases,
  arrayExtras,
  caseVariants,
  malformedNames,
  oversizedExtras,
  plainExtras,
  strangeExtras,
  strangeValues,
  typedNames,
} from '../arbitraries/extra.js'
import type { ExchangeCase } from '../case.js'
import type { Property } from './property.js'

const ROLES: ReadonlyMap<string, string> = new Map(
  Object.entries(TOKEN_PARAMETERS).map(([name, { role }]) => [name, role]),
)
/** The typed options that a case can set, beside those that every exchange has. */
const SETTABLE: ReadonlySet<string> = new Set([
  'audience',
  'scope',
  'organization',
  'requested_token_type',
  'actor_token',
  'actor_token_type',
])
const ALWAYS_SET: ReadonlySet<string> = new Set([
  'grant_type',
  'client_id',
  'client_secret',
  'subject_token',
  'subject_token_type',
])

function withExtra(input: fc.Arbitrary<ExchangeInput>, extra: fc.Arbitrary<ExtraEntry[]>): fc.Arbitrary<ExchangeCase> {
  return fc.tuple(input, extra).map(([base, entries]) => ({ kind: 'exchange', input: { ...base, extra: entries } }))
}

function one(
  name: fc.Arbitrary<string>,
  value: fc.Arbitrary<string | string[]> = strangeExtras(),
): fc.Arbitrary<ExtraEntry[]> {
  return fc.tuple(name, value).map((entry) => [entry])
}

/** The properties on protected parameters. */
export const PARAMETER_PROPERTIES: readonly Property[] = [
  {
    id: 'typed-options-once',
    area: 'protected-parameters',
    title: 'Typed options alone never repeat a parameter.',
    requirements: ['no-repeated-parameter'],
    cases: exchanges().map((input) => ({ kind: 'exchange', input })),
  },
  {
    id: 'core-overrides',
    area: 'protected-parameters',
    title: 'An extra with the name of the grant, the client or the subject changes nothing.',
    requirements: ['core-extra-never-overrides', 'no-repeated-parameter', 'protected-extra-not-dropped-silently'],
    cases: withExtra(exchanges(), one(typedNames((name) => ALWAYS_SET.has(name)))),
  },
  {
    id: 'target-and-actor-overrides',
    area: 'protected-parameters',
    title: 'An extra with the name of any other typed option that is set changes nothing.',
    requirements: ['extra-never-overrides', 'no-repeated-parameter', 'protected-extra-not-dropped-silently'],
    cases: withExtra(fullExchanges(), one(typedNames((name) => SETTABLE.has(name)))),
  },
  {
    id: 'unused-protected-names',
    area: 'protected-parameters',
    title: 'An extra with a protected name whose typed option is not set is not sent.',
    requirements: ['protected-extra-never-sent', 'protected-extra-not-dropped-silently'],
    cases: withExtra(
      fc.constant<ExchangeInput>({ subject_token: 'canary-subject-1', subject_token_type: 'urn:acme:legacy-session' }),
      one(typedNames((name) => !ALWAYS_SET.has(name) && ROLES.get(name) !== 'grant')),
    ),
  },
  {
    id: 'case-variants',
    area: 'protected-parameters',
    title: 'A protected name is protected in every spelling.',
    requirements: ['case-variant-refused', 'protected-extra-not-dropped-silently'],
    cases: withExtra(exchanges(), one(caseVariants())),
  },
  {
    id: 'aliases',
    area: 'protected-parameters',
    title: 'An alias is protected like its parameter.',
    requirements: ['alias-refused', 'protected-extra-not-dropped-silently'],
    cases: withExtra(exchanges(), one(aliases())),
  },
  {
    id: 'malformed-names',
    area: 'protected-parameters',
    title: 'A name that no OAuth parameter can have is not sent.',
    requirements: ['malformed-name-refused'],
    cases: withExtra(exchanges(), one(malformedNames())),
  },
  {
    id: 'plain-extras',
    area: 'protected-parameters',
    title: 'Unprotected extra parameters arrive unchanged.',
    requirements: ['extra-arrives-unchanged', 'no-repeated-parameter'],
    cases: withExtra(exchanges(), plainExtras()),
  },
  {
    id: 'array-extras',
    area: 'protected-parameters',
    title: 'Several values of an extra parameter arrive in order.',
    requirements: ['array-extra-repeats'],
    cases: withExtra(
      exchanges(),
      arrayExtras().map((entry) => [entry]),
    ),
  },
  {
    id: 'oversized-extras',
    area: 'protected-parameters',
    title: 'More than 20 values of an extra parameter are refused.',
    requirements: ['array-extra-limit'],
    cases: withExtra(
      exchanges(),
      oversizedExtras().map((entry) => [entry]),
    ),
  },
  {
    id: 'protected-among-plain',
    area: 'protected-parameters',
    title: 'Plain extra parameters around a protected one change nothing.',
    requirements: [
      'core-extra-never-overrides',
      'extra-never-overrides',
      'protected-extra-never-sent',
      'no-repeated-parameter',
    ],
    cases: withExtra(
      fullExchanges(),
      fc
        .tuple(
          plainExtras(),
          typedNames(() => true),
          strangeValues(),
          fc.nat({ max: 6 }),
        )
        .map(([plain, name, value, at]) => plain.toSpliced(at, 0, [name, value])),
    ),
  },
]
