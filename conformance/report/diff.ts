import { DIFFERENCES } from '../diff/behaviour.js'
import type { DiffReport, Disagreement } from '../diff/run.js'
import type { CaseResult } from '../runner/session.js'
import type { ReplayNeeds } from '../runner/replay-needs.js'
import { CLIENT } from '../runner/session.js'
import { formatReplayToken } from '../seed.js'
import { answersOf, inputOf, sentForms } from './report.js'
import { replayCommand } from './status.js'
import { answerText, formText } from './table.js'
import { printable, redacted } from './text.js'

/** A disagreement as it can be shown: without secrets. */
export interface ShownDisagreement {
  readonly area: string
  readonly kind: string
  readonly about: string
  readonly text: string
  readonly input: unknown
  /** The requirements that one of the two passes here and the other does not. */
  readonly told_apart_by: readonly { readonly requirement: string; readonly fails: string; readonly reason: string }[]
  readonly sides: readonly ShownSide[]
}

/** What one of the two did, and how to see it again. */
interface ShownSide extends ReplayNeeds {
  readonly sdk: string
  readonly sent: ReturnType<typeof sentForms>
  readonly answers: ReturnType<typeof answersOf>
  readonly replay: string
}

/** What a comparison found, without secrets. */
export function shownDisagreements({ a, b, replayNeeds, disagreements }: DiffReport): ShownDisagreement[] {
  return disagreements.map((found) => ({
    area: found.area,
    kind: found.kind,
    about: printable(redacted(found.about, CLIENT.secret)),
    text: DIFFERENCES[found.kind],
    input: inputOf(found.a.case),
    told_apart_by: found.toldApartBy.map((rule) => ({ ...rule, fails: rule.fails === 'a' ? a : b })),
    sides: [side(a, replayNeeds[0], found.a, found), side(b, replayNeeds[1], found.b, found)],
  }))
}

/**
 * Where two SDKs part, as plain text: each disagreement with its input, what both did, and the rules that tell them
 * apart.
 *
 * @param report What `runDiff` gave.
 * @example
 * ```ts
 * console.log(renderDiff(await runDiff('onbehalf', 'oauth4webapi')))
 * ```
 */
export function renderDiff(report: DiffReport): string {
  const { a, b, seed, runs, cases, disagreements, faults } = report
  const { length } = disagreements
  const count = `${length} ${length === 1 ? 'disagreement' : 'disagreements'}${length === 0 ? '' : ', the first of each sort'}`
  const lines = [
    `Seed ${seed}, ${runs} cases a property.`,
    `${a} and ${b} were given ${cases} inputs: ${count}.`,
    ...faults.map((fault) => `Incomplete: ${fault}`),
    ...shownDisagreements(report).flatMap(disagreementLines),
  ]
  return `${lines.join('\n')}\n`
}

function disagreementLines({
  area,
  kind,
  about,
  text,
  input,
  told_apart_by: rules,
  sides,
}: ShownDisagreement): string[] {
  const width = Math.max(...sides.map(({ sdk }) => sdk.length), 'input'.length)
  return [
    '',
    `${area}: ${kind} (${about}). ${text}`,
    `  ${'input'.padEnd(width)}  ${printable(JSON.stringify(input))}`,
    ...sides.flatMap(({ sdk, sent, answers, ...again }) =>
      [
        ...(sent.length === 0 ? ['no request'] : sent.map((form) => `sent    ${printable(formText(form))}`)),
        ...answers.map((answer) => `answer  ${answerText(answer)}`),
        `replay  ${replayCommand(again)}`,
      ].map((line, index) => `  ${(index === 0 ? sdk : '').padEnd(width)}  ${line}`),
    ),
    ...(rules.length === 0 ? ['  no requirement tells them apart'] : []),
    ...rules.map(({ requirement, fails, reason }) => `  ${requirement}: ${fails} fails (${reason})`),
  ]
}

function side(sdk: string, needs: ReplayNeeds, result: CaseResult, { check, seed, path }: Disagreement): ShownSide {
  const replay = formatReplayToken({ sdk, check: check.id, seed, path })
  return {
    sdk,
    sent: sentForms(result.wire, CLIENT.secret),
    answers: answersOf(result),
    replay,
    ...needs,
  }
}
