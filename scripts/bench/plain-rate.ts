import { VECTORS } from '../../conformance/index.js'
import { inOrder } from '../../conformance/runner/checks.js'
import type { Session } from '../../conformance/runner/session.js'

const CASES = VECTORS.map((vector) => vector.case).filter(
  (given) => (given.kind === 'exchange' || given.kind === 'on_behalf_of') && !given.program && !given.client,
)

/** How many plain cases a second an SDK does, of those that it sends one request for and gives tokens. */
export async function plainRate(
  session: Session,
  { warmUp, cases }: { readonly warmUp: number; readonly cases: number },
): Promise<number> {
  const working: typeof CASES = []
  for (const given of CASES) {
    const { wire, answers } = await session.judge(given)
    const isDone = answers.every(({ observation }) => observation.outcome === 'tokens')
    if (isDone && wire.exchanges.length === 1) working.push(given)
  }
  if (working.length === 0) throw new Error(`${session.hello.sdk.name} does no plain exchange`)

  async function judge(count: number): Promise<void> {
    const { give, end } = inOrder(session, ({ fault }) => {
      if (fault !== undefined) throw new Error(fault)
    })
    for (let index = 0; index < count; index++) {
      const given = working[index % working.length]
      if (given) await give(given)
    }
    await end()
  }
  await judge(warmUp)
  const start = performance.now()
  await judge(cases)
  return cases / ((performance.now() - start) / 1000)
}
