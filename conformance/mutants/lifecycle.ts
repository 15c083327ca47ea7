import { packageFile } from '../package-file.js'
import { runChecks, closeSession, selectChecks } from '../runner/run.js'
import { openSession } from '../runner/session.js'
import { smokeFault } from '../runner/smoke.js'
import { Tally } from '../runner/tally.js'
import { processAdapter, type ProcessOptions } from '../stdio/adapter.js'
import { LifecycleError } from '../stdio/lifecycle.js'
import type { Mutant } from './mutant.js'
import { fail } from '../oracles/verdict.js'

/** An adapter in a process that breaks a rule of the protocol, or one that only shows where it makes connections. */
export interface LifecycleMutant extends Omit<Mutant, 'hooks'> {
  /** What `lifecycle/adapter.js` does wrong, by its argument. */
  readonly way: string
  readonly options?: ProcessOptions
}

/** The plain case, and those that make the adapter misbehave. */
const CASES = [
  'plain-exchange',
  'organization-id',
  'certificate-of-an-unknown-authority',
  'certificate-of-another-host',
]
/** Long enough for a slow machine, since all but those that hang must keep it. */
const SHORT = { deadlineMs: 1_000, helloDeadlineMs: 1_000 }

function mutant(
  way: string,
  title: string,
  requirement: Mutant['kills']['requirement'],
  reason: Mutant['kills']['reason'],
  options?: ProcessOptions,
): LifecycleMutant {
  return { id: `lifecycle-${way}`, way, title, kills: { requirement, reason }, ...(options && { options }) }
}

/** Mutants of how an adapter's process behaves. */
export const LIFECYCLE_MUTANTS: readonly LifecycleMutant[] = [
  mutant('no-hello', 'The hello is never said.', 'adapter-says-hello', 'hello-late', SHORT),
  mutant('malformed-hello', 'The hello has no capabilities.', 'adapter-says-hello', 'hello-malformed'),
  mutant('exit-before-hello', 'The process exits with 0 at once.', 'adapter-says-hello', 'ended-before-hello'),
  mutant('killed-before-hello', 'The process is killed at once.', 'adapter-says-hello', 'ended-before-hello'),
  mutant('hang', 'An exchange is never answered.', 'adapter-answers-in-time', 'hung', SHORT),
  mutant(
    'busy-hang',
    'An exchange never ends, and neither does SIGTERM end it.',
    'adapter-answers-in-time',
    'hung',
    SHORT,
  ),
  mutant(
    'hang-with-child',
    'An exchange hangs with a child that holds the pipes.',
    'adapter-answers-in-time',
    'hung',
    SHORT,
  ),
  mutant('hang-after-request', 'An exchange is sent, and never answered.', 'adapter-answers-in-time', 'hung', SHORT),
  mutant('exit-0', 'The process exits with 0 in place of an answer.', 'adapter-stays-alive', 'exited-early'),
  mutant(
    'exit-0-after-request',
    'The process exits with 0 when an exchange has worked.',
    'adapter-stays-alive',
    'exited-early',
  ),
  mutant(
    'exit-0-with-child',
    'The process exits with 0, and a child holds its pipes.',
    'adapter-stays-alive',
    'exited-early',
  ),
  mutant('exit-1', 'The process exits with 1 in place of an answer.', 'adapter-stays-alive', 'exited-early'),
  mutant('segmentation-fault', 'The process crashes in place of an answer.', 'adapter-stays-alive', 'killed-by-signal'),
  mutant('killed-by-sigterm', 'The process ends itself by SIGTERM.', 'adapter-stays-alive', 'killed-by-signal'),
  mutant('noise', 'A log line goes to standard output.', 'stdout-holds-messages-only', 'stdout-noise'),
  mutant('json-noise', 'A log line in JSON goes to standard output.', 'stdout-holds-messages-only', 'stdout-noise'),
  mutant('noise-before-hello', 'A line stands before the hello.', 'stdout-holds-messages-only', 'stdout-noise'),
  mutant('noise-after-reply', 'A log line follows the reply.', 'stdout-holds-messages-only', 'stdout-noise'),
  mutant('reply-twice', 'An exchange is answered twice.', 'one-reply-for-each-request', 'replied-twice'),
  mutant('other-id', 'A reply has an id that was never asked.', 'one-reply-for-each-request', 'unknown-id'),
  mutant(
    'request-after-reply',
    'An exchange is sent again after its reply.',
    'nothing-sent-after-the-reply',
    'request-after-reply',
  ),
  mutant('outlive-stdin', 'The process lives on without standard input.', 'adapter-ends-with-stdin', 'outlived-stdin'),
  mutant(
    'trust-anybody',
    'The certificate of a server is not checked.',
    'server-certificate-checked',
    'impostor-asked',
  ),
  mutant(
    'trust-any-host',
    'The host in the certificate of a server is not looked at.',
    'server-certificate-checked',
    'impostor-asked',
  ),
  mutant('exit-1-at-end', 'The process ends with exit code 1.', 'adapter-ends-with-stdin', 'ended-badly'),
  mutant('segmentation-fault-at-end', 'The process crashes at its end.', 'adapter-ends-with-stdin', 'ended-badly'),
]

/** Runs a mutant on the cases that show it. */
export async function tryOutProcess({ way, options }: LifecycleMutant): Promise<Tally | { readonly void: string }> {
  const words = [process.execPath, packageFile('conformance/mutants/lifecycle/adapter.js'), way]
  const tally = new Tally()
  const session = await openSession(processAdapter({ words }, options)).catch((error: unknown) => {
    if (!(error instanceof LifecycleError)) throw error
    tally.addLate({ verdict: fail(error.requirement, error.reason, error.detail) })
  })
  if (!session) return tally
  try {
    const fault = await smokeFault(session)
    if (fault !== undefined) return { void: fault }
    const checks = selectChecks(({ id }) => CASES.includes(id))
    await runChecks(session, checks, { seed: 1, runs: 1, shrink: false }, undefined, tally)
    await closeSession(session, tally)
    return tally
  } finally {
    await session.close()
  }
}
