import type { MutantReport } from '../mutants/run.js'

/**
 * What became of the mutants, as plain text: the ones that were not killed, then the score.
 *
 * @param report What `runMutants` gave.
 * @example
 * ```ts
 * console.log(renderMutants(await runMutants()))
 * ```
 */
export function renderMutants({ ok, killed, mutants, controls, unproven }: MutantReport): string {
  const lines = [
    ...mutants.flatMap(({ id, status, requirement, reason, detail = '' }) =>
      status === 'killed' ? [] : [`${status}: ${id}, which ${requirement} must kill by ${reason}. ${detail}`],
    ),
    ...controls.flatMap(({ id, status, detail = '' }) =>
      status === 'survived' ? [] : [`control ${status}: ${id}, which breaks no rule. ${detail}`],
    ),
    ...unproven.map((id) => `unproven: no mutant was killed by ${id}`),
    `killed ${killed}/${mutants.length}, controls survived ${controls.filter(({ status }) => status === 'survived').length}/${controls.length}${ok ? '' : '. The checks cannot be trusted.'}`,
  ]
  return `${lines.join('\n')}\n`
}
