import { beforeAll, describe, expect, test } from 'vitest'
import {
  CONTROLS,
  LIFECYCLE_MUTANTS,
  MUTANTS,
  renderMutants,
  runMutants,
  type MutantReport,
} from '../../conformance/index.js'
import { listRequirements } from '../../conformance/requirements.js'

const ALL = [...MUTANTS, ...LIFECYCLE_MUTANTS]

describe('the mutation gate', () => {
  let report: MutantReport
  beforeAll(async () => {
    // The controls have more cases in test/long.
    report = await runMutants({ runs: 5 })
  }, 180_000)

  test.each(ALL.map(({ id, kills }) => [id, kills.requirement, kills.reason]))('%s is killed by %s for %s', (id) => {
    const { status, detail } = report.mutants.find((result) => result.id === id) ?? { status: 'missing' }
    expect([status, detail]).toEqual(['killed', undefined])
  })

  test.each(CONTROLS.map(({ id }) => id))('the control %s survives', (id) => {
    const { status, detail } = report.controls.find((result) => result.id === id) ?? { status: 'missing' }
    expect([status, detail]).toEqual(['survived', undefined])
  })

  test('every requirement with a check kills a mutant', () => {
    expect(report.unproven).toEqual([])
    expect(listRequirements().length).toBeGreaterThan(0)
  })

  test('the gate is open, and says so', () => {
    expect(report.ok).toBe(true)
    expect(renderMutants(report)).toBe(
      `killed ${ALL.length}/${ALL.length}, controls survived ${CONTROLS.length}/${CONTROLS.length}\n`,
    )
  })
})

test('a mutant that survived, one that changed nothing and a control that was killed are named', () => {
  const shared = { title: '', requirement: 'alias-refused', reason: 'alias-sent' } as const
  const text = renderMutants({
    ok: false,
    seed: 1,
    killed: 0,
    mutants: [
      { ...shared, id: 'a', status: 'survived' },
      { ...shared, id: 'b', status: 'void', detail: 'it changed nothing' },
    ],
    controls: [{ id: 'c', title: '', status: 'killed', detail: 'alias-refused alias-sent' }],
    unproven: ['alias-refused'],
  })
  expect(text).toContain('survived: a')
  expect(text).toContain('void: b')
  expect(text).toContain('control killed: c')
  expect(text).toContain('unproven')
  expect(text).toContain('cannot be trusted')
})
