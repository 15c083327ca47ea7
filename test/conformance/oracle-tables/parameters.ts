import { exchangeEvidence, GENERIC, sentWith, TOKENS } from '../evidence.js'
import { row, type OracleRow } from './row.js'

const SILENT = { observation: TOKENS }
const GENERIC_SDK = { capabilities: GENERIC }
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `v${index}`)

export const PARAMETER_ROWS: readonly OracleRow[] = [
  row('no-repeated-parameter', 'ok', 'each parameter once passes', exchangeEvidence({}, [sentWith([])])),
  row(
    'no-repeated-parameter',
    'repeated',
    'scope twice fails',
    exchangeEvidence({}, [
      sentWith([
        ['scope', 'a'],
        ['scope', 'b'],
      ]),
    ]),
  ),
  row(
    'no-repeated-parameter',
    'repeated',
    'a repeat in a second request fails',
    exchangeEvidence({}, [sentWith([]), sentWith([['client_id', 'web-app']])]),
  ),
  row(
    'no-repeated-parameter',
    'ok',
    'an empty value counts as omitted',
    exchangeEvidence({}, [
      sentWith([
        ['scope', ''],
        ['scope', 'b'],
      ]),
    ]),
  ),
  row(
    'no-repeated-parameter',
    'ok',
    'audience, resource and extensions may repeat',
    exchangeEvidence({}, [
      sentWith([
        ['audience', 'a'],
        ['audience', 'b'],
        ['resource', 'a'],
        ['resource', 'b'],
        ['x', '1'],
        ['x', '2'],
      ]),
    ]),
  ),
  row(
    'no-repeated-parameter',
    'ok',
    'names that differ in case are two parameters',
    exchangeEvidence({}, [
      sentWith([
        ['scope', 'a'],
        ['Scope', 'b'],
      ]),
    ]),
  ),
  row(
    'no-repeated-parameter',
    'ok',
    'a generic function is judged on what it sets itself',
    exchangeEvidence(
      {},
      [
        sentWith([
          ['scope', 'a'],
          ['scope', 'b'],
        ]),
      ],
      GENERIC_SDK,
    ),
  ),
  row('no-repeated-parameter', 'silent', 'nothing sent is nothing judged', exchangeEvidence({}, [])),
  row(
    'core-extra-never-overrides',
    'typed-value-replaced',
    'an extra subject_token that takes the place fails',
    exchangeEvidence({ extra: [['subject_token', 'evil']] }, [
      sentWith([['subject_token', 'evil']], ['subject_token']),
    ]),
  ),
  row(
    'core-extra-never-overrides',
    'judged-elsewhere',
    'a core name sent twice is left to the rule on repeats',
    exchangeEvidence({ extra: [['subject_token', 'evil']] }, [sentWith([['subject_token', 'evil']])]),
  ),
  row(
    'core-extra-never-overrides',
    'ok',
    'dropping passes',
    exchangeEvidence({ extra: [['grant_type', 'evil']] }, [sentWith([])]),
  ),
  row('core-extra-never-overrides', 'ok', 'throwing passes', exchangeEvidence({ extra: [['grant_type', 'evil']] }, [])),
  row(
    'core-extra-never-overrides',
    'accepted-without-request',
    'tokens without a request are no refusal',
    exchangeEvidence({ extra: [['grant_type', 'evil']] }, [], SILENT),
  ),
  row(
    'core-extra-never-overrides',
    'ok',
    'client credentials may be in the header',
    exchangeEvidence({ extra: [['client_id', 'evil']] }, [sentWith([], ['client_id', 'client_secret'])], {
      headers: [['authorization', 'Basic d2ViOmFwcA==']],
    }),
  ),
  row(
    'core-extra-never-overrides',
    'typed-value-replaced',
    'an extra client_id beside the header fails',
    exchangeEvidence(
      { extra: [['client_id', 'evil']] },
      [sentWith([['client_id', 'evil']], ['client_id', 'client_secret'])],
      {
        headers: [['authorization', 'Basic d2ViOmFwcA==']],
      },
    ),
  ),
  row(
    'core-extra-never-overrides',
    'not-owned',
    'a generic function does not own the subject',
    exchangeEvidence(
      { extra: [['subject_token', 'evil']] },
      [sentWith([['subject_token', 'evil']], ['subject_token'])],
      GENERIC_SDK,
    ),
  ),
  row(
    'core-extra-never-overrides',
    'silent',
    'an extra equal to the typed value cannot be judged',
    exchangeEvidence({ extra: [['client_id', 'web-app']] }, [sentWith([])]),
  ),
  row(
    'extra-never-overrides',
    'typed-value-replaced',
    'an extra scope that takes the place fails',
    exchangeEvidence({ scope: 'a', extra: [['scope', 'evil']] }, [sentWith([['scope', 'evil']])]),
  ),
  row(
    'extra-never-overrides',
    'typed-value-added-to',
    'an extra audience beside the typed one fails',
    exchangeEvidence({ audience: 'a', extra: [['audience', 'evil']] }, [
      sentWith([
        ['audience', 'a'],
        ['audience', 'evil'],
      ]),
    ]),
  ),
  row(
    'extra-never-overrides',
    'typed-value-lost',
    'an extra that removes both values fails',
    exchangeEvidence({ scope: 'a', extra: [['scope', 'evil']] }, [sentWith([])]),
  ),
  row(
    'protected-extra-never-sent',
    'protected-extra-sent',
    'an extra connection that is sent fails',
    exchangeEvidence({ extra: [['connection', 'evil']] }, [sentWith([['connection', 'evil']])]),
  ),
  row(
    'protected-extra-never-sent',
    'ok',
    'an extra connection that is dropped passes this rule',
    exchangeEvidence({ extra: [['connection', 'evil']] }, [sentWith([])]),
  ),
  row(
    'protected-extra-not-dropped-silently',
    'dropped-silently',
    'an extra connection that is dropped fails this rule',
    exchangeEvidence({ extra: [['connection', 'evil']] }, [sentWith([])]),
  ),
  row(
    'protected-extra-not-dropped-silently',
    'judged-elsewhere',
    'an extra that is sent was not dropped',
    exchangeEvidence({ extra: [['connection', 'evil']] }, [sentWith([['connection', 'evil']])]),
  ),
  row(
    'protected-extra-not-dropped-silently',
    'ok',
    'an error before any request passes',
    exchangeEvidence({ extra: [['connection', 'evil']] }, []),
  ),
  row(
    'case-variant-refused',
    'case-variant-sent',
    'another spelling on the wire fails',
    exchangeEvidence({ extra: [['Scope', 'evil']] }, [sentWith([['Scope', 'evil']])]),
  ),
  row(
    'case-variant-refused',
    'case-variant-normalised',
    'another spelling that sets the parameter fails',
    exchangeEvidence({ scope: 'a', extra: [['SCOPE', 'evil']] }, [sentWith([['scope', 'evil']])]),
  ),
  row(
    'case-variant-refused',
    'not-owned',
    'a generic function does not own scope',
    exchangeEvidence({ extra: [['Scope', 'evil']] }, [sentWith([['Scope', 'evil']])], GENERIC_SDK),
  ),
  row(
    'alias-refused',
    'alias-sent',
    'an alias on the wire fails',
    exchangeEvidence({ extra: [['aud', 'evil']] }, [sentWith([['aud', 'evil']])]),
  ),
  row(
    'alias-refused',
    'alias-expanded',
    'an alias that sets its parameter fails',
    exchangeEvidence({ extra: [['aud', 'evil']] }, [sentWith([['audience', 'evil']])]),
  ),
  row(
    'malformed-name-refused',
    'malformed-name-sent',
    'a name with brackets on the wire fails',
    exchangeEvidence({ extra: [['audience[]', 'evil']] }, [sentWith([['audience[]', 'evil']])]),
  ),
  row(
    'malformed-name-refused',
    'malformed-name-normalised',
    'a name that was trimmed into a protected one fails',
    exchangeEvidence({ extra: [[' scope', 'evil']] }, [sentWith([['scope', 'evil']])]),
  ),
  row('malformed-name-refused', 'ok', 'an error passes', exchangeEvidence({ extra: [['', 'x']] }, [])),
  row(
    'extra-arrives-unchanged',
    'ok',
    'an unprotected extra that arrives passes',
    exchangeEvidence({ extra: [['x', 'a b+%&=é']] }, [sentWith([['x', 'a b+%&=é']])]),
  ),
  row(
    'extra-arrives-unchanged',
    'extra-lost',
    'an unprotected extra that is not sent fails',
    exchangeEvidence({ extra: [['x', '1']] }, [sentWith([])]),
  ),
  row(
    'array-extra-repeats',
    'array-joined',
    'a value and an empty one in one text are joined',
    exchangeEvidence({ extra: [['x', ['a', '']]] }, [sentWith([['x', 'a,']])]),
  ),
  row(
    'array-extra-repeats',
    'array-lost',
    'one of two equal values is one lost, and not two joined',
    exchangeEvidence({ extra: [['x', ['a', 'a']]] }, [sentWith([['x', 'a']])]),
  ),
  row(
    'extra-arrives-unchanged',
    'silent',
    'a refusal says nothing of a parameter when the client has letters beyond ASCII',
    exchangeEvidence({ extra: [['x', '1']] }, [], { client: { id: 'cliënt' } }),
  ),
  row(
    'extra-arrives-unchanged',
    'name-of-the-language',
    'a bag that is an object may lose __proto__',
    exchangeEvidence({ extra: [['__proto__', '1']] }, [sentWith([])]),
  ),
  row(
    'extra-arrives-unchanged',
    'silent',
    'to refuse __proto__ is better than to lose it',
    exchangeEvidence(
      {
        extra: [
          ['x', '1'],
          ['__proto__', '1'],
        ],
      },
      [],
    ),
  ),
  row(
    'extra-arrives-unchanged',
    'silent',
    'a refusal says nothing of a parameter when the time may have been over',
    exchangeEvidence({ extra: [['x', '1']] }, [], { client: { timeout_ms: 30 } }),
  ),
  row(
    'extra-arrives-unchanged',
    'extra-changed',
    'a trimmed value fails',
    exchangeEvidence({ extra: [['x', ' 1']] }, [sentWith([['x', '1']])]),
  ),
  row(
    'extra-arrives-unchanged',
    'extra-repeated',
    'a value sent twice fails',
    exchangeEvidence({ extra: [['x', '1']] }, [
      sentWith([
        ['x', '1'],
        ['x', '1'],
      ]),
    ]),
  ),
  row(
    'extra-arrives-unchanged',
    'plain-extra-refused',
    'a refusal of unprotected extras alone fails',
    exchangeEvidence({ extra: [['x', '1']] }, []),
  ),
  row(
    'extra-arrives-unchanged',
    'silent',
    'a refusal beside a protected extra says nothing of the unprotected one',
    exchangeEvidence(
      {
        extra: [
          ['x', '1'],
          ['scope', 'evil'],
        ],
      },
      [],
    ),
  ),
  row(
    'extra-arrives-unchanged',
    'silent',
    'a value with control characters may be refused',
    exchangeEvidence({ extra: [['x', 'a\u0000b']] }, []),
  ),
  row(
    'extra-arrives-unchanged',
    'ok',
    'an empty value may be left out',
    exchangeEvidence({ extra: [['x', '']] }, [sentWith([])]),
  ),
  row(
    'array-extra-repeats',
    'ok',
    'values in order pass',
    exchangeEvidence({ extra: [['x', ['b', 'a']]] }, [
      sentWith([
        ['x', 'b'],
        ['x', 'a'],
      ]),
    ]),
  ),
  row(
    'array-extra-repeats',
    'array-joined',
    'values joined with a comma fail',
    exchangeEvidence({ extra: [['x', ['b', 'a']]] }, [sentWith([['x', 'b,a']])]),
  ),
  row(
    'array-extra-repeats',
    'array-lost',
    'a value that is missing fails',
    exchangeEvidence({ extra: [['x', ['b', 'a']]] }, [sentWith([['x', 'a']])]),
  ),
  row(
    'array-extra-repeats',
    'array-reordered',
    'values in another order fail',
    exchangeEvidence({ extra: [['x', ['b', 'a']]] }, [
      sentWith([
        ['x', 'a'],
        ['x', 'b'],
      ]),
    ]),
  ),
  row(
    'array-extra-repeats',
    'array-changed',
    'other values fail',
    exchangeEvidence({ extra: [['x', ['b', 'a']]] }, [
      sentWith([
        ['x', 'B'],
        ['x', 'A'],
      ]),
    ]),
  ),
  row('array-extra-limit', 'ok', '21 values that are refused pass', exchangeEvidence({ extra: [['x', many(21)]] }, [])),
  row(
    'array-extra-limit',
    'limit-ignored',
    '21 values on the wire fail',
    exchangeEvidence({ extra: [['x', many(21)]] }, [sentWith(many(21).map((value) => ['x', value]))]),
  ),
  row(
    'array-extra-limit',
    'array-truncated',
    '20 of 21 values on the wire fail',
    exchangeEvidence({ extra: [['x', many(21)]] }, [sentWith(many(20).map((value) => ['x', value]))]),
  ),
  row(
    'array-extra-repeats',
    'ok',
    '20 values on the wire pass',
    exchangeEvidence({ extra: [['x', many(20)]] }, [sentWith(many(20).map((value) => ['x', value]))]),
  ),
]
