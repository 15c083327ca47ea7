import { caseInput } from '../case.js'
import type { ReplayResult } from '../runner/replay.js'
import { CLIENT } from '../runner/session.js'
import { REASONS } from '../oracles/index.js'
import { answersOf, sentForms } from './report.js'
import { answerText, formText } from './table.js'
import { printable } from './text.js'

/**
 * A replayed case as plain text, without tokens and secrets.
 *
 * @param replayed What `replay` gave.
 * @example
 * ```ts
 * console.log(renderReplay(await replay('onbehalf/plain-exchange:0:0')))
 * ```
 */
export function renderReplay({ sdk, check, result, runs }: ReplayResult): string {
  const input = caseInput(result.case)
  const lines = [
    `${sdk}, ${check.kind} ${check.id}, ${runs} case`,
    `input   ${printable(JSON.stringify(input))}`,
    ...sentForms(result.wire, CLIENT.secret).map((form) => `sent    ${printable(formText(form))}`),
    ...answersOf(result).map((answer) => `answer  ${answerText(answer)}`),
    ...(result.fault === undefined ? [] : [`fault   ${printable(result.fault)}`]),
    ...result.verdicts.map(({ requirement, status, reason, detail }) => {
      const about = detail === undefined ? '' : ` (${printable(detail)})`
      return `${status.padEnd(14)}  ${requirement}: ${reason}${about}. ${REASONS[reason]}`
    }),
  ]
  return `${lines.join('\n')}\n`
}
