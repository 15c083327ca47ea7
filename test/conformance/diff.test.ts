import { beforeAll, describe, expect, test } from 'vitest'
import { renderDiff, replay, runDiff, shownDisagreements, type DiffReport } from '../../conformance/index.js'
import { answeringSdk, brokenSdk } from './broken-sdks.js'

test.concurrent('an SDK agrees with itself', async () => {
  const { disagreements, cases } = await runDiff('onbehalf', brokenSdk({}), { seed: 1, runs: 10 })
  expect(disagreements).toEqual([])
  expect(cases).toBeGreaterThan(300)
})

test.concurrent('the order of parameters and the text of an error count for nothing', async () => {
  const reordered = brokenSdk({ form: (fields) => fields.toSorted(([a], [b]) => b.localeCompare(a)) })
  expect((await runDiff('onbehalf', reordered, { seed: 1, runs: 3 })).disagreements.map(({ kind }) => kind)).toEqual([])
  const renamed = answeringSdk((answer) =>
    answer.outcome === 'rejected' ? { outcome: 'rejected', error: { class: 'Other', message: 'other' } } : answer,
  )
  expect((await runDiff('onbehalf', renamed, { seed: 1, runs: 3 })).disagreements).toEqual([])
})

test.concurrent('what one of them cannot do is not compared', async () => {
  const unscoped = brokenSdk({
    exchange: async ({ scope }, proceed) =>
      scope === undefined ? proceed() : Promise.resolve({ outcome: 'unsupported', capability: 'scope' }),
  })
  for (const [a, b] of [['onbehalf', unscoped] as const, [unscoped, 'onbehalf'] as const]) {
    const { disagreements } = await runDiff(a, b, { seed: 1, runs: 10 })
    expect(disagreements.map(({ kind }) => kind)).toEqual([])
  }
})

test.concurrent('an adapter that fails does not agree by it', async () => {
  const failing = brokenSdk({
    exchange: async ({ scope }, proceed) =>
      scope === undefined ? proceed() : Promise.resolve({ outcome: 'adapter_error', message: 'it broke' }),
  })
  const report = await runDiff('onbehalf', failing, { seed: 1, runs: 3 })
  expect(report.disagreements).toEqual([])
  expect(report.faults).toEqual([
    expect.stringMatching(
      /^broken failed in \d+ of \d+ inputs, which are not compared\. The first: exchange: it broke$/,
    ),
  ])
  expect(renderDiff(report)).toContain('\nIncomplete: broken failed in ')
  expect((await runDiff('onbehalf', brokenSdk({}), { seed: 1, runs: 3 })).faults).toEqual([])
})

describe('a disagreement', () => {
  test.concurrent.each([
    [
      'one-refuses',
      brokenSdk({
        exchange: async ({ scope }, proceed) =>
          scope === undefined ? proceed() : { outcome: 'rejected', error: { class: 'E', message: '' } },
      }),
    ],
    ['other-names', brokenSdk({ form: (fields) => fields.filter(([name]) => name !== 'scope') })],
    [
      'other-values',
      brokenSdk({
        form: (fields) => fields.map(([name, value]) => [name, name === 'scope' ? `${value} more` : value]),
      }),
    ],
    [
      'other-answer',
      brokenSdk({
        delegationChain: (_claims, answer) =>
          answer.outcome === 'value' && Array.isArray(answer.value)
            ? { outcome: 'value', value: answer.value.toReversed() }
            : answer,
      }),
    ],
    [
      'other-outcome',
      answeringSdk((answer) =>
        answer.outcome === 'value' && answer.value === null
          ? { outcome: 'rejected', error: { class: 'E', message: '' } }
          : answer,
      ),
    ],
  ] as const)('%s', async (kind, other) => {
    const { disagreements } = await runDiff('onbehalf', other, { seed: 1, runs: 10 })
    const kinds = new Set(disagreements.map((found) => found.kind))
    // Of two calls that are compared, one may be refused.
    if (kind === 'one-refuses') kinds.delete('other-request-count')
    expect(kinds).toEqual(new Set([kind]))
  })

  test.concurrent('that no vector shows is found by a property and made smaller', async () => {
    const other = brokenSdk({
      form: (fields) => fields.map(([name, value]) => [name, name.startsWith('X-') ? value.slice(1) : value]),
    })
    const { disagreements } = await runDiff('onbehalf', other, { seed: 5, areas: ['protected-parameters'] })
    const found = disagreements.find(({ check }) => check.kind === 'property')
    expect(found).toMatchObject({ kind: 'other-values', about: 'X-Trace' })
    expect(found?.toldApartBy).toContainEqual({
      requirement: 'extra-arrives-unchanged',
      fails: 'b',
      reason: 'extra-changed',
    })
    const { sides } =
      shownDisagreements({
        a: 'onbehalf',
        b: 'broken',
        replayNeeds: [{}, {}],
        faults: [],
        seed: 5,
        runs: 100,
        cases: 1,
        disagreements,
      })[0] ?? {}
    expect(sides?.map(({ sdk }) => sdk)).toEqual(['onbehalf', 'broken'])
    if (found?.a.case.kind !== 'exchange') throw new Error('no exchange')
    expect(Object.keys(found.a.case.input).sort()).toEqual(['extra', 'subject_token', 'subject_token_type'])
    expect(found.a.case.input.extra).toHaveLength(1)
  })
})

test.concurrent('a disagreement is not made smaller into one of another sort', async () => {
  // Long values are lost and short ones changed, so that a lost one would shrink to a changed one.
  const other = brokenSdk({
    form: (fields) =>
      fields
        .filter(([name, value]) => !(name.startsWith('X-') && value.length > 4))
        .map(([name, value]) => [name, name.startsWith('X-') ? `${value}!` : value]),
  })
  const { disagreements } = await runDiff('onbehalf', other, { seed: 5, areas: ['protected-parameters'] })
  const sorts = disagreements.map(({ kind, toldApartBy }) =>
    [kind, ...toldApartBy.map(({ requirement }) => requirement).sort()].join(', '),
  )
  expect(sorts).toEqual([...new Set(sorts)])
  expect(sorts).toEqual(
    expect.arrayContaining(['other-names, extra-arrives-unchanged', 'other-values, extra-arrives-unchanged']),
  )
  expect(new Set(disagreements.map(({ check }) => check.kind))).toEqual(new Set(['property']))
})

describe('the facade and auth0-auth-js', () => {
  let report: DiffReport
  beforeAll(async () => {
    report = await runDiff('onbehalf', 'auth0-auth-js', { seed: 4, runs: 10 })
  }, 180_000)

  test('part in the areas that both have, and every disagreement is replayed on both sides', async () => {
    const shown = shownDisagreements(report)
    expect(new Set(shown.map(({ area }) => area))).toEqual(
      new Set(['protected-parameters', 'actor-pairing', 'act-parsing', 'responses']),
    )
    for (const { sides } of shown) {
      for (const { sdk, replay: token, sent } of sides) {
        const replayed = await replay(token)
        expect({ sdk: replayed.sdk, requests: replayed.result.wire.exchanges.length }).toEqual({
          sdk,
          requests: sent.length,
        })
      }
    }
  })

  test('are told apart by rules, in a text without secrets', () => {
    const text = renderDiff(report)
    expect(text).toContain('actor-type-has-token: auth0-auth-js fails (actor-type-without-token)')
    expect(text).not.toMatch(/web-app-secret|canary|eyJ/i)
  })

  test('equal seeds find the same', async () => {
    expect(renderDiff(await runDiff('onbehalf', 'auth0-auth-js', { seed: 4, runs: 10 }))).toBe(renderDiff(report))
  }, 180_000)
})

test.each([{ seed: 0.5 }, { runs: 0 }])('options that cannot work are an error: %j', async (options) => {
  await expect(runDiff('onbehalf', 'onbehalf', options)).rejects.toThrow(RangeError)
})

test('an SDK that does not work is an error', async () => {
  const dead = answeringSdk(() => ({ outcome: 'rejected', error: { class: 'E', message: '' } }))
  await expect(runDiff('onbehalf', dead, { runs: 1 })).rejects.toThrow(/answering does not work/)
})
