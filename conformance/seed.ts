import { createHash } from 'node:crypto'

/**
 * The seed of one property in a run: it depends on nothing but the run's seed and the property's id, so that neither
 * a filter nor the order changes what is generated.
 */
export function propertySeed(runSeed: number, propertyId: string): number {
  return createHash('sha256').update(`${runSeed}/${propertyId}`).digest().readInt32BE(0)
}

/** What a replay token says. */
export interface ReplayToken {
  readonly sdk: string
  /** The id of a property or a vector. */
  readonly check: string
  readonly seed: number
  /** The way from the generated input to the shrunk one. */
  readonly path: string
}

/**
 * Writes a replay token: `<sdk>/<check>:<seed>:<path>`.
 *
 * `check` is the id of a property or a vector. `seed` is the property's own seed, and `path` leads to the input:
 * numbers with colons between them. A vector has one input, so its seed and path are both 0.
 *
 * @param token Its parts.
 * @example
 * ```ts
 * const text = formatReplayToken({ sdk: 'onbehalf', check: 'case-variants', seed: 42, path: '3:0' })
 * // 'onbehalf/case-variants:42:3:0'
 * ```
 */
export function formatReplayToken({ sdk, check, seed, path }: ReplayToken): string {
  return `${sdk}/${check}:${seed}:${path}`
}

/**
 * Reads a replay token.
 *
 * @param text What `formatReplayToken` wrote.
 * @throws {RangeError} When it is not a replay token.
 * @example
 * ```ts
 * const { seed, path } = parseReplayToken('onbehalf/case-variants:42:3:0')
 * ```
 */
export function parseReplayToken(text: string): ReplayToken {
  const [, sdk, check, seed, path] = /^([^/:]+)\/([^/:]+):(-?\d{1,10}):(\d+(?::\d+)*)$/.exec(text) ?? []
  if (sdk === undefined || check === undefined || seed === undefined || path === undefined) {
    throw new RangeError(`not a replay token: ${JSON.stringify(text)}. It looks like sdk/check:seed:path`)
  }
  return { sdk, check, seed: Number(seed), path }
}
