import type { Observation } from '../adapter.js'
import type { FormFields } from '../form.js'
import { isSessionTransferAudience } from '../oracles/session-transfer.js'
import type { WireRequest } from '../recorder.js'
import type { CaseResult } from '../runner/session.js'

/** In what two SDKs can differ on one input. */
export const DIFFERENCES = {
  'one-refuses': 'One gave an error before any request, and the other did not.',
  'other-request-count': 'One sent more requests than the other.',
  'other-names': 'One sent a parameter that the other did not.',
  'other-values': 'Both sent a parameter, with other values.',
  'other-outcome': 'One gave an error for what the other took.',
  'other-answer': 'Both answered, and not the same.',
} as const

/** The code of a difference. */
export type DifferenceKind = keyof typeof DIFFERENCES

/** The first difference between two SDKs on one input. */
export interface Difference {
  readonly kind: DifferenceKind
  /** Which parameter or helper. */
  readonly about: string
}

/** How the client shows itself is the SDK's to choose. */
const CLIENT_FIELDS: ReadonlySet<string> = new Set([
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
])

/**
 * The first difference between what two SDKs did with the same input, or undefined when there is none.
 *
 * The order of parameters, and what an error says, count for nothing. What one of them cannot do is not compared.
 */
export function differenceBetween(a: CaseResult, b: CaseResult): Difference | undefined {
  const [answersA, answersB] = [comparable(a, b), comparable(b, a)]
  if (answersA.length === 0) return undefined
  // Of calls that belong together, one that could not be made leaves nothing to compare.
  if (a.case.kind === 'sequence' && answersA.length < a.answers.length) return undefined
  return (
    differentRequests(a, b) ?? answersA.map((answer, index) => differentAnswers(answer, answersB[index])).find(Boolean)
  )
}

type Answer = CaseResult['answers'][number]

/** The answers of one SDK to what both of them can do. */
function comparable({ answers }: CaseResult, other: CaseResult): Answer[] {
  return answers.filter(({ op, observation }) => {
    const theirs = other.answers.find((answer) => answer.op === op)?.observation
    return isAnswer(observation) && theirs !== undefined && isAnswer(theirs)
  })
}

function isAnswer({ outcome }: Observation): boolean {
  return outcome !== 'unsupported' && outcome !== 'adapter_error'
}

function differentRequests({ wire: a }: CaseResult, { wire: b }: CaseResult): Difference | undefined {
  const [countA, countB] = [a.exchanges.length, b.exchanges.length]
  if (countA !== countB) {
    return {
      kind: countA * countB === 0 ? 'one-refuses' : 'other-request-count',
      about: `${countA} and ${countB} requests`,
    }
  }
  for (const [index, request] of a.exchanges.entries()) {
    const found = differentFields(comparableFields(request), comparableFields(b.exchanges[index]))
    if (found) return found
  }
  return undefined
}

/** Each SDK has a tenant of its own, whose name stands in this audience. */
function comparableFields(request: WireRequest | undefined): FormFields {
  const { form = [], url = '' } = request ?? {}
  return form.map(([name, value]) =>
    name === 'audience' && isSessionTransferAudience(value, url)
      ? [name, 'urn:[tenant]:session_transfer']
      : [name, value],
  )
}

function differentFields(a: FormFields, b: FormFields): Difference | undefined {
  const names = [...new Set([...a, ...b].map(([name]) => name))].filter((name) => !CLIENT_FIELDS.has(name)).sort()
  const values = (fields: FormFields, name: string): string[] =>
    fields.filter(([other, value]) => other === name && value !== '').map(([, value]) => value)
  const onlyOne = names.find((name) => (values(a, name).length === 0) !== (values(b, name).length === 0))
  if (onlyOne !== undefined) return { kind: 'other-names', about: onlyOne }
  const other = names.find((name) => JSON.stringify(values(a, name)) !== JSON.stringify(values(b, name)))
  return other === undefined ? undefined : { kind: 'other-values', about: other }
}

function differentAnswers({ op, observation: a }: Answer, other: Answer | undefined): Difference | undefined {
  const b = other?.observation
  if (a.outcome !== b?.outcome) return { kind: 'other-outcome', about: op }
  if (a.outcome === 'session' && b.outcome === 'session') {
    const users = ({ steps }: typeof a) => JSON.stringify(steps.map(({ user }) => user))
    return users(a) === users(b) ? undefined : { kind: 'other-answer', about: op }
  }
  if (a.outcome !== 'value' || b.outcome !== 'value') return undefined
  return JSON.stringify(a.value) === JSON.stringify(b.value) ? undefined : { kind: 'other-answer', about: op }
}
