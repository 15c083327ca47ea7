import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adapterNamed, PROPERTIES, replay, runConformance, type AdapterEntry } from '../../conformance/index.js'
import { MUTANTS, type Mutant } from '../../conformance/mutants/run.js'
import { mutate } from '../../conformance/mutants/mutant.js'
import { runChecks } from '../../conformance/runner/run.js'
import { openSession } from '../../conformance/runner/session.js'
import { failureKey } from '../../conformance/runner/tally.js'
import { inputOf } from '../../conformance/report/report.js'
import { claimsText } from '../../conformance/arbitraries/act-node.js'
import { parseReplayToken } from '../../conformance/seed.js'

test('there are at least 30 properties', () => {
  expect(PROPERTIES.length).toBeGreaterThanOrEqual(30)
})

test('no property makes an exchange that names an extra parameter twice', () => {
  for (const { cases } of PROPERTIES) {
    for (const given of fc.sample(cases, { numRuns: 100, seed: 1 })) {
      const names = given.kind === 'exchange' ? (given.input.extra ?? []).map(([name]) => name) : []
      expect(new Set(names).size).toBe(names.length)
    }
  }
})

test('the claims of every generated case are JSON', () => {
  for (const { cases } of PROPERTIES) {
    for (const given of fc.sample(cases, { numRuns: 50, seed: 1 })) {
      if (given.kind === 'act') expect(() => JSON.parse(claimsText(given.claims)) as unknown).not.toThrow()
    }
  }
})

test.each(PROPERTIES.map((property) => [property.id, property] as const))(
  '%s finds a broken SDK',
  async (_id, property) => {
    const facade = await adapterNamed('onbehalf').load()
    const found = async ({ kills, hooks }: Mutant): Promise<boolean> => {
      const session = await openSession(mutate(facade, hooks).adapter)
      const options = { seed: 1, runs: 100, shrink: false }
      const { failures } = await runChecks(session, { vectors: [], properties: [property] }, options)
      return failures.has(failureKey(kills))
    }
    const candidates = MUTANTS.filter(({ kills }) => property.requirements.includes(kills.requirement))
    let isFound = false
    for (const mutant of candidates) isFound ||= await found(mutant)
    expect(isFound).toBe(true)
  },
)

describe('a property that fails', () => {
  // Vectors find most mutants first, so this one is made to be missed by all of them.
  const broken: AdapterEntry = {
    name: 'broken',
    async load() {
      const facade = await adapterNamed('onbehalf').load()
      return mutate(facade, {
        form: (fields) => fields.map(([name, value]) => [name, name.startsWith('X-') ? value.slice(1) : value]),
      }).adapter
    },
  }

  test('says seed and path, and is replayed by them in exactly one run with the same input', async () => {
    const report = await runConformance({ sdks: [broken], seed: 5, areas: ['protected-parameters'] })
    const [finding] = report.sdks[0]?.findings ?? []
    expect(finding).toMatchObject({
      requirement: 'extra-arrives-unchanged',
      reason: 'extra-changed',
      check: { kind: 'property' },
    })
    if (!finding) throw new Error('no finding')
    const token = parseReplayToken(finding.replay)
    expect(token).toMatchObject({ sdk: 'broken', check: finding.check.id })
    expect(token.path.split(':').length).toBeGreaterThan(1)

    const { runs, result } = await replay(finding.replay, { adapter: broken })
    expect(runs).toBe(1)
    expect(inputOf(result.case)).toEqual(finding.input)
    expect(result.verdicts).toContainEqual(
      expect.objectContaining({ requirement: finding.requirement, reason: finding.reason, status: 'fail' }),
    )
  })

  test('is made smaller: one extra parameter and no typed option are left', async () => {
    const report = await runConformance({ sdks: [broken], seed: 5, areas: ['protected-parameters'] })
    const input = report.sdks[0]?.findings[0]?.input as { extra: unknown[] }
    expect(Object.keys(input).sort()).toEqual(['extra', 'subject_token', 'subject_token_type'])
    expect(input.extra).toHaveLength(1)
  })

  test('shows several ways of failing in one run', async () => {
    const hooks = MUTANTS.find(({ id }) => id === 'blank-dropped')?.hooks
    const other: AdapterEntry = {
      name: 'broken',
      load: async () => mutate(await adapterNamed('onbehalf').load(), hooks ?? {}).adapter,
    }
    const both: AdapterEntry = {
      name: 'both',
      load: async () =>
        mutate(await other.load(), {
          form: (fields, { actor_token: token }) =>
            token === '' ? [...fields, ['actor_token_type', 'urn:acme:agent']] : fields,
        }).adapter,
    }
    const report = await runConformance({ sdks: [both], seed: 5, areas: ['actor-pairing'] })
    const reasons = report.sdks[0]?.findings.map(({ reason }) => reason)
    expect(reasons).toEqual(
      expect.arrayContaining(['actor-type-without-token', 'blank-actor-sent', 'blank-actor-dropped']),
    )
  })
})

test.each(['onbehalf/no-such-check:1:0', 'no-such-sdk/case-variants:1:0', 'onbehalf/case-variants:1:0:999'])(
  'the replay of %s is an error that says so',
  async (token) => {
    await expect(replay(token)).rejects.toThrow(RangeError)
  },
)
