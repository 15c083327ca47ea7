import { isAdapterMessage } from '../../generated/validators/adapter-message.js'
import type { Adapter } from '../adapter.js'
import { misfitOf } from '../misfit.js'
import { fail } from '../oracles/verdict.js'
import { isProcessAdapter } from '../stdio/adapter.js'
import { openProcessSession } from '../stdio/session.js'
import { createWire } from '../wire.js'
import { CLIENT, openLane, type CaseResult } from './lane.js'
import type { Answer } from './perform-case.js'
import type { LateVerdict, Session } from './session-contract.js'
import { withoutStackFrames } from './stack-frames.js'

export { CLIENT, type Answer, type CaseResult, type LateVerdict, type Session }

/** The issuer whose metadata and token endpoint every adapter in this process finds. */
export const ISSUER = 'https://tenant.example.com/'

/**
 * Meets an adapter and puts a recording wire into its hands, which plays the program of each case.
 *
 * @throws {TypeError} When its hello is not what the schema says.
 * @throws {LifecycleError} When its process does not get as far as a hello.
 */
export async function openSession(adapter: Adapter): Promise<Session> {
  return isProcessAdapter(adapter) ? openProcessSession(adapter) : openLocalSession(adapter)
}

async function openLocalSession(adapter: Adapter): Promise<Session> {
  const hello = await adapter.hello()
  const message = { v: 1, id: 0, hello }
  if (!isAdapterMessage(message)) {
    throw new TypeError(`the hello of the adapter does not fit its schema: ${misfitOf(message)}`)
  }
  const wire = createWire(ISSUER)
  const { fetch } = wire
  const lane = await openLane({
    hello,
    issuer: ISSUER,
    wire,
    perform: (request) => withoutStackFrames(() => adapter.perform(request, { fetch })),
    takePrinted: () => adapter.takePrinted?.(),
  })
  let late: LateVerdict[] = []
  let last: CaseResult | undefined

  function noteStray(): void {
    if (!lane.takeStray()) return
    const verdict = fail('nothing-sent-after-the-reply', 'request-after-reply')
    late.push({ verdict, ...(last && { result: last }) })
  }
  return {
    hello,
    lanes: 1,
    ask: (request) => lane.ask(request),
    async judge(given) {
      noteStray()
      last = await lane.judge(given)
      return last
    },
    takeLate() {
      noteStray()
      const taken = late
      late = []
      return taken
    },
    stopped: () => undefined,
    close: async () => Promise.resolve(),
  }
}
