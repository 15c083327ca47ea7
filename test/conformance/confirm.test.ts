import { describe, expect, test } from 'vitest'
import { renderTable, runConformance, type RunEvent } from '../../conformance/index.js'
import { flakySdk, mutantSdk } from './broken-sdks.js'

describe('a finding is run three more times', () => {
  test('and is confirmed when it holds each time', async () => {
    const events: RunEvent[] = []
    const { sdks } = await runConformance({
      sdks: [mutantSdk('blank-dropped')],
      seed: 1,
      runs: 5,
      areas: ['actor-pairing'],
      onEvent: (event) => events.push(event),
    })
    const { findings = [] } = sdks[0] ?? {}
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.every(({ status }) => status === 'confirmed')).toBe(true)
    expect(events.filter(({ type }) => type === 'finding.confirmed')).toHaveLength(findings.length)
  })

  // In none of the reruns, in one, and in two of them: the cases of the run are 14 exchanges without an actor.
  test.each([2, 3, 7])('and is flaky when it does not: every %i. time', async (period) => {
    const events: RunEvent[] = []
    const report = await runConformance({
      sdks: [flakySdk(period)],
      seed: 1,
      runs: 5,
      onEvent: (event) => events.push(event),
    })
    const { findings = [], status } = report.sdks[0] ?? {}
    expect(status).toBe('findings')
    expect(findings.find(({ requirement }) => requirement === 'actor-type-has-token')?.status).toBe('flaky')
    expect(events.some(({ type }) => type === 'finding.flaky')).toBe(true)
    expect(renderTable(report)).toContain('flaky: it does not hold each time')
  })
})

describe('an interrupted run', () => {
  async function interruptedAt(stop: (event: RunEvent) => boolean) {
    const controller = new AbortController()
    const events: RunEvent[] = []
    const report = await runConformance({
      sdks: [mutantSdk('blank-dropped'), 'onbehalf'],
      seed: 1,
      signal: controller.signal,
      onEvent: (event) => {
        events.push(event)
        if (stop(event)) controller.abort()
      },
    })
    return { report, events }
  }

  test('ends after the case at hand, and its report says so', async () => {
    const { report, events } = await interruptedAt((event) => event.type === 'case.judged' && event.number === 3)
    const types = events.map(({ type }) => type)
    expect(events.findLast(({ type }) => type === 'case.judged')).toMatchObject({ number: 3 })
    expect(types.at(-1)).toBe('run.interrupted')
    expect(report.complete).toBe(false)
    expect(report.incomplete).toEqual(['The run was interrupted.', 'onbehalf was not run.'])
    expect(report.sdks).toMatchObject([{ name: 'broken', status: 'interrupted' }])
  })

  test('does not call what it could not run again confirmed', async () => {
    const { report } = await interruptedAt((event) => event.type === 'check.finished' && event.check === 'blank-actors')
    const { findings = [] } = report.sdks[0] ?? {}
    expect(findings.length).toBeGreaterThan(0)
    expect(new Set(findings.map(({ status }) => status))).toEqual(new Set(['unconfirmed']))
  })
})
