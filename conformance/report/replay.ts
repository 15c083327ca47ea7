import type { ReplayResult } from '../runner/replay.js'
import { CLIENT } from '../runner/session.js'
import { REASONS, type Verdict } from '../oracles/index.js'
import { answersOf, inputOf, sentForms } from './report.js'
import { answerText, formText } from './table.js'
import { printable, redacted } from './text.js'

/** A replayed case as it can be shown: without tokens and secrets. */
export interface ShownReplay {
  readonly sdk: string
  readonly check: ReplayResult['check']
  readonly input: unknown
  readonly sent: ReturnType<typeof sentForms>
  readonly answers: ReturnType<typeof answersOf>
  readonly verdicts: ReplayResult['result']['verdicts']
  readonly fault?: string
}

/**
 * A replayed case without tokens and secrets.
 *
 * @param replayed What `replay` gave.
 * @example
 * ```ts
 * console.log(JSON.stringify(shownReplay(await replay('onbehalf/plain-exchange:0:0'))))
 * ```
 */
export function shownReplay({ sdk, check, result }: ReplayResult): ShownReplay {
  const safe = (text: string): string => printable(redacted(text, CLIENT.secret))
  return {
    sdk,
    check,
    input: inputOf(result.case),
    sent: sentForms(result.wire, CLIENT.secret),
    answers: answersOf(result),
    verdicts: result.verdicts.map((verdict) =>
      verdict.detail === undefined ? verdict : { ...verdict, detail: safe(verdict.detail) },
    ),
    ...(result.fault === undefined ? {} : { fault: safe(result.fault) }),
  }
}

/**
 * A replayed case as plain text, without tokens and secrets.
 *
 * @param replayed What `replay` gave.
 * @example
 * ```ts
 * console.log(renderReplay(await replay('onbehalf/plain-exchange:0:0')))
 * ```
 */
export function renderReplay(replayed: ReplayResult): string {
  const { sdk, check, input, sent, answers, verdicts, fault } = shownReplay(replayed)
  const lines = [
    `${sdk}, ${check.kind} ${check.id}, ${replayed.runs} case`,
    `input   ${printable(JSON.stringify(input))}`,
    ...sent.map((form) => `sent    ${printable(formText(form))}`),
    ...answers.map((answer) => `answer  ${answerText(answer)}`),
    ...(fault === undefined ? [] : [`fault   ${fault}`]),
    ...[...verdicts].sort((a, b) => rank(a) - rank(b)).map(verdictLine),
  ]
  return `${lines.join('\n')}\n`
}

/** What fails is read first. */
function rank({ status }: Verdict): number {
  return status === 'fail' ? 0 : 1
}

function verdictLine({ requirement, status, reason, detail }: Verdict): string {
  if (status === 'pass') return `${status.padEnd(14)}  ${requirement}`
  const about = detail === undefined ? '' : ` (${detail})`
  return `${status.padEnd(14)}  ${requirement}: ${reason}${about}. ${REASONS[reason]}`
}
