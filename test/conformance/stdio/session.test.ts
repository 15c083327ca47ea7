import { describe, expect, test, vi } from 'vitest'
import { processAdapter, runDiff } from '../../../conformance/index.js'
import { failuresOf, inSession, mutantCommand, NO_PROC, ORGANIZATION, PLAIN, processesWith } from './support.js'

describe('with several requests in flight', () => {
  test.each([
    ['segmentation-fault', 'adapter-stays-alive killed-by-signal'],
    ['exit-0', 'adapter-stays-alive exited-early'],
    ['noise', 'stdout-holds-messages-only stdout-noise'],
    ['other-id', 'one-reply-for-each-request unknown-id'],
    ['hang', 'adapter-answers-in-time hung'],
  ])('the case that does it alone is the finding: %s', async (way, failure) => {
    const results = await inSession(mutantCommand(way, 4), { deadlineMs: 2_000 }, async (session) => {
      expect(session.lanes).toBe(4)
      return Promise.all([PLAIN, PLAIN, ORGANIZATION, PLAIN, PLAIN].map((given) => session.judge(given)))
    })
    expect(results.map(failuresOf)).toEqual([[], [], [failure], [], []])
    expect(results.map(({ wire }) => wire.exchanges.length)).toEqual([1, 1, expect.any(Number), 1, 1])
  })

  test('requests stand in the log of their own case', async () => {
    const cases = Array.from({ length: 40 }, (_, index) => ({
      ...PLAIN,
      input: { ...PLAIN.input, audience: `https://api-${index}.example.com` },
    }))
    const results = await inSession(mutantCommand('noise', 8), {}, async (session) =>
      Promise.all(cases.map((given) => session.judge(given))),
    )
    const sent = results.map(({ wire }) => wire.exchanges.map(({ form }) => new Map(form).get('audience')))
    expect(sent).toEqual(cases.map(({ input }) => [input.audience]))
  })
})

test('an adapter that ends too often is given up, and what is left is no pass', async () => {
  await inSession(mutantCommand('exit-0'), { restarts: 2 }, async (session) => {
    const results = []
    for (let index = 0; index < 5; index++) results.push(await session.judge(ORGANIZATION))
    const failed = ['adapter-stays-alive exited-early']
    expect(results.map(failuresOf)).toEqual([failed, failed, failed, [], []])
    expect(results.slice(3).map(({ fault }) => fault)).toEqual([session.stopped(), session.stopped()])
    expect(session.stopped()).toContain('given up after 2 restarts')
  })
})

test('what stands on standard output before the hello is a finding, and no fault', async () => {
  const late = await inSession(mutantCommand('noise-before-hello'), {}, async (session) => {
    await session.judge(PLAIN)
    return session.takeLate()
  })
  const noise = late.filter(({ verdict }) => verdict.reason === 'stdout-noise')
  expect(noise).toMatchObject([{ verdict: { status: 'fail', detail: '"ready"' }, result: { case: PLAIN } }])
})

test('a line in place of the hello is named', async () => {
  const words = [process.execPath, '-e', 'console.log("{not json"); setInterval(() => undefined, 1000)']
  const session = inSession({ words }, { helloDeadlineMs: 1_000 }, async () => Promise.resolve())
  await expect(session).rejects.toThrow('hello-late (after 1000 ms; standard output has "{not json")')
})

describe.skipIf(NO_PROC !== undefined)(`no process is left ${NO_PROC ?? ''}`, () => {
  test.concurrent.each([
    'noise',
    'busy-hang',
    'hang-with-child',
    'exit-0-with-child',
    'leave-child',
    'outlive-stdin',
    'segmentation-fault',
  ])('after the session of an adapter with %s', async (way) => {
    const command = mutantCommand(way)
    await inSession(command, { deadlineMs: 1_000 }, async (session) => {
      expect(processesWith(command.mark)).not.toEqual([])
      await session.judge(ORGANIZATION)
    })
    // The system takes a moment to end what was killed, and the children of these adapters live for 1000 seconds.
    await vi.waitUntil(() => processesWith(command.mark).length === 0, { timeout: 5_000 })
  })

  test.concurrent('after a comparison with an SDK in this process', async () => {
    const command = mutantCommand('exit-1')
    const there = { name: 'there', load: async () => Promise.resolve(processAdapter(command)) }
    const { cases } = await runDiff('onbehalf', there, { seed: 1, runs: 1, areas: ['actor-pairing'] })
    expect(cases).toBeGreaterThan(0)
    expect(processesWith(command.mark)).toEqual([])
  })

  test.concurrent.each(['no-hello', 'exit-before-hello', 'malformed-hello'])('after %s', async (way) => {
    const command = mutantCommand(way)
    await expect(inSession(command, { helloDeadlineMs: 1_000 }, async () => Promise.resolve())).rejects.toThrow(
      'adapter-says-hello',
    )
    expect(processesWith(command.mark)).toEqual([])
  })
})
