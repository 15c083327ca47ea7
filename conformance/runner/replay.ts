import type { AdapterEntry } from '../adapter.js'
import { adapterNamed } from '../adapters/index.js'
import { PROPERTIES } from '../properties/index.js'
import { parseReplayToken } from '../seed.js'
import { VECTORS } from '../vectors.js'
import { replayProperty } from './checks.js'
import { openSession, type CaseResult } from './session.js'

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
  const vector = VECTORS.find(({ id }) => id === check)
  const property = PROPERTIES.find(({ id }) => id === check)
  if (!vector && !property) throw new RangeError(`no vector or property ${check}`)
  const session = await openSession(await (options.adapter ?? adapterNamed(sdk)).load())
  if (vector) return { sdk, check: { kind: 'vector', id: check }, result: await session.judge(vector.case), runs: 1 }
  if (!property) throw new RangeError(`no property ${check}`)
  return { sdk, check: { kind: 'property', id: check }, ...(await replayProperty(session, property, seed, path)) }
}
