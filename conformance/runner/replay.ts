import type { AdapterEntry } from '../adapter.js'
import { adapterNamed } from '../adapters/index.js'
import { PROPERTIES } from '../properties/index.js'
import { parseReplayToken } from '../seed.js'
import { VECTORS } from '../vectors.js'
import { replayProperty } from './checks.js'
import { openSession, type CaseResult, type Session } from './session.js'

/** One case, run again. */
export interface ReplayResult {
  readonly sdk: string
  readonly check: { readonly kind: 'vector' | 'property'; readonly id: string }
  readonly result: CaseResult
  /** How many cases were run: always 1. */
  readonly runs: number
}

/**
 * Runs the one case of a replay token again.
 *
 * @param token From a report.
 * @param options An adapter to use in place of the one of that name.
 * @throws {RangeError} When the token is malformed, names an unknown SDK or check, or its case cannot be made any more.
 * @throws {Error} When the SDK is not installed.
 * @example
 * ```ts
 * const { result } = await replay('onbehalf/plain-exchange:0:0')
 * for (const { requirement, status, reason } of result.verdicts) console.log(requirement, status, reason)
 * ```
 */
export async function replay(token: string, options: { readonly adapter?: AdapterEntry } = {}): Promise<ReplayResult> {
  const { sdk, check, seed, path } = parseReplayToken(token)
  const replayed = caseOf(check, seed, path)
  const session = await openSession(await (options.adapter ?? adapterNamed(sdk)).load())
  try {
    const { result, runs } = await replayed.run(session)
    await session.close()
    const late = session.takeLate().flatMap(({ verdict }) => (verdict.status === 'fail' ? [verdict] : []))
    return {
      sdk,
      check: { kind: replayed.kind, id: check },
      result: { ...result, verdicts: [...result.verdicts, ...late] },
      runs,
    }
  } finally {
    await session.close()
  }
}

interface ReplayedCase {
  readonly kind: ReplayResult['check']['kind']
  run(session: Session): Promise<{ readonly result: CaseResult; readonly runs: number }>
}

function caseOf(check: string, seed: number, path: string): ReplayedCase {
  const vector = VECTORS.find(({ id }) => id === check)
  if (vector) return { kind: 'vector', run: async (session) => ({ result: await session.judge(vector.case), runs: 1 }) }
  const property = PROPERTIES.find(({ id }) => id === check)
  if (property) return { kind: 'property', run: (session) => replayProperty(session, property, seed, path) }
  throw new RangeError(`no vector or property ${check}`)
}
