import { expect, test } from 'vitest'
import {
  adapterNamed,
  renderTable,
  runConformance,
  type Adapter,
  type Capabilities,
  type Observation,
  type RunEvent,
  type SdkReport,
  VECTORS,
} from '../../conformance/index.js'
import { fail } from '../../conformance/oracles/verdict.js'
import { openSession } from '../../conformance/runner/session.js'

async function reportOn(adapter: Partial<Adapter>): Promise<SdkReport | undefined> {
  const facade = await adapterNamed('onbehalf').load()
  const entry = { name: 'fake', load: async () => Promise.resolve({ ...facade, ...adapter }) }
  const report = await runConformance({ sdks: [entry], seed: 1, runs: 2 })
  expect(renderTable(report)).toContain('fake')
  return report.sdks[0]
}

/** The facade as an SDK that does nothing but exchanges. */
async function exchangeOnly(further: Partial<Capabilities>): Promise<Partial<Adapter>> {
  const facade = await adapterNamed('onbehalf').load()
  const capabilities: Capabilities = {
    exchange: 'typed',
    extra: true,
    actor: 'none',
    current_actor: false,
    delegation_chain: false,
    ...further,
  }
  return {
    hello: async () => Promise.resolve({ sdk: { name: 'fake', version: '1', language: 'typescript' }, capabilities }),
    perform: async (request, context) =>
      request.op === 'exchange' ? facade.perform(request, context) : { outcome: 'unsupported', capability: request.op },
  }
}

async function answering(change: (answer: Observation, call: number) => Observation): Promise<Partial<Adapter>> {
  const facade = await adapterNamed('onbehalf').load()
  let call = 0
  return { perform: async (request, context) => change(await facade.perform(request, context), call++) }
}

test('an SDK that is not installed is skipped with its reason', async () => {
  const missing = 'no-such-package'
  const entry = { name: 'absent', load: async () => ((await import(missing)) as { adapter: Adapter }).adapter }
  const report = await runConformance({ sdks: [entry], seed: 1 })
  expect(report.sdks).toMatchObject([{ name: 'absent', status: 'skipped', reason: 'no-such-package is not installed' }])
  expect(report.complete).toBe(true)
  expect(renderTable(report)).toContain('skipped: no-such-package is not installed')
})

test('an adapter that throws is faulty, and says nothing of the SDK', async () => {
  const report = await reportOn({ perform: async () => Promise.reject(new Error('broken adapter')) })
  expect(report).toMatchObject({ status: 'faulty', faults: [{ check: 'smoke', message: 'exchange: broken adapter' }] })
})

test('an adapter that throws now and then is faulty', async () => {
  const facade = await adapterNamed('onbehalf').load()
  const report = await reportOn({
    perform: async (request, context) => {
      if (request.op === 'exchange' && request.input.organization !== undefined) throw new Error('no organizations')
      return facade.perform(request, context)
    },
  })
  expect(report?.status).toBe('faulty')
})

test('a hello that does not fit its schema is a fault', async () => {
  const report = await reportOn({ hello: async () => Promise.resolve({ sdk: {} } as never) })
  const message = 'the hello of the adapter does not fit its schema: hello has no capabilities'
  expect(report).toMatchObject({ status: 'faulty', faults: [{ message }] })
})

test('an observation that does not fit its schema is a fault', async () => {
  const report = await reportOn(await answering(() => ({ outcome: 'maybe' }) as never))
  expect(report?.status).toBe('faulty')
})

test('an SDK that refuses everything does not pass', async () => {
  const refusal: Observation = { outcome: 'rejected', error: { class: 'Error', message: 'no' } }
  const report = await reportOn({ perform: async () => Promise.resolve(refusal) })
  expect(report?.status).toBe('faulty')
})

test('an SDK that answers everything from nowhere does not pass', async () => {
  const tokens: Observation = { outcome: 'tokens', tokens: { access_token: 'canary-made-up' } }
  const report = await reportOn({ perform: async () => Promise.resolve(tokens) })
  expect(report?.status).toBe('faulty')
})

test('a helper that is claimed and unsupported is a fault', async () => {
  const report = await reportOn(
    await answering((answer) =>
      answer.outcome === 'value' && Array.isArray(answer.value)
        ? { outcome: 'unsupported', capability: 'delegation_chain' }
        : answer,
    ),
  )
  expect(report?.status).toBe('faulty')
})

test('a request after the answer is held against its own case', async () => {
  const facade = await adapterNamed('onbehalf').load()
  let late: typeof globalThis.fetch | undefined
  const session = await openSession({
    hello: async () => facade.hello(),
    perform: async (request, context) => {
      late = context.fetch
      return facade.perform(request, context)
    },
  })
  const [vector] = VECTORS
  if (!vector) throw new Error('no vector')
  const result = await session.judge(vector.case)
  expect(session.takeLate()).toEqual([])
  await late?.('https://tenant.example.com/oauth/token', { method: 'POST', body: 'a=1' })
  const next = await session.judge(vector.case)
  expect(next.verdicts.filter(({ status }) => status === 'fail')).toEqual([])
  const [found, ...others] = session.takeLate()
  expect([found?.verdict, others]).toEqual([fail('nothing-sent-after-the-reply', 'request-after-reply'), []])
  expect(found?.result).toBe(result)
})

test('rules without their capability do not apply, and their cases are not run', async () => {
  const report = await reportOn(await exchangeOnly({}))
  expect(report?.faults).toEqual([])
  expect(report?.areas.slice(0, 3)).toMatchObject([
    { area: 'protected-parameters', not_applicable: 0 },
    { area: 'actor-pairing', passed: 0, not_applicable: 5 },
    { area: 'act-parsing', passed: 0, not_applicable: 16 },
  ])
})

test('what is said to be unsupported and works is a fault', async () => {
  const { hello } = await exchangeOnly({})
  const report = await reportOn({ ...(hello && { hello }) })
  expect(report).toMatchObject({
    status: 'faulty',
    faults: [{ message: expect.stringContaining('on_behalf_of is said to be unsupported') as string }],
  })
})

test('why a capability does not apply is the reason of its rules', async () => {
  const reason = 'a browser has no login page to redirect to'
  const report = await reportOn(await exchangeOnly({ session_transfer_redirect: { not_applicable: reason } }))
  const rows = report?.requirements.filter(({ area }) => area === 'redirect-builder')
  expect(rows?.map((row) => row.reason)).toEqual([reason, reason, reason, reason])
})

test('a claim that no case has judged is a fault', async () => {
  const facade = await adapterNamed('onbehalf').load()
  const report = await reportOn({
    perform: async (request, context) =>
      request.op === 'session_transfer'
        ? { outcome: 'unsupported', capability: 'session_transfer' }
        : facade.perform(request, context),
  })
  expect(report?.faults.map(({ message }) => message)).toContain(
    'session-transfer is claimed, and no case of it was judged',
  )
})

test('every step of a run is told', async () => {
  const events: RunEvent[] = []
  // An SDK in this process makes no TLS connection.
  const skip = ['server-certificate-checked']
  await runConformance({ sdks: ['onbehalf'], seed: 1, runs: 1, skip, onEvent: (event) => events.push(event) })
  const types = events.map(({ type }) => type)
  expect(types.slice(0, 4)).toEqual(['run.started', 'sdk.started', 'case.judged', 'check.finished'])
  expect(types.slice(-2)).toEqual(['sdk.finished', 'run.finished'])
  const [started] = events
  const finished = types.filter((type) => type === 'check.finished')
  expect(started).toMatchObject({ checks: finished.length })
  const judged = types.filter((type) => type === 'case.judged')
  expect(events.at(-2)).toMatchObject({ report: { cases: judged.length } })
})

test.each([{ seed: 1.5 }, { seed: 2 ** 31 }, { runs: 0 }, { sdks: ['no-such-sdk'] }])(
  'options that cannot work are an error: %j',
  async (options) => {
    await expect(runConformance(options)).rejects.toThrow(RangeError)
  },
)
