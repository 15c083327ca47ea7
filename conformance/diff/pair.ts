import type { Case } from '../case.js'
import type { Reason } from '../oracles/index.js'
import { printable, redacted } from '../report/text.js'
import { isLifecycle, type RequirementId } from '../requirements.js'
import { CLIENT, type CaseResult, type Session } from '../runner/session.js'
import { failureKey } from '../runner/tally.js'
import { differenceBetween, type Difference } from './behaviour.js'

/** A rule that one of two SDKs fails. */
export interface RuleApart {
  readonly requirement: RequirementId
  readonly fails: 'a' | 'b'
  readonly reason: Reason
}

/** One input on which two SDKs part. */
export type Seen = Difference & {
  readonly a: CaseResult
  readonly b: CaseResult
  readonly toldApartBy: readonly RuleApart[]
}

/** Two SDKs that are given the same. */
export class Pair {
  cases = 0
  readonly #a: Session
  readonly #b: Session
  readonly #names: readonly [string, string]
  readonly #failed = new Map<string, { count: number; readonly first: string }>()

  constructor([nameOfA, a]: readonly [string, Session], [nameOfB, b]: readonly [string, Session]) {
    this.#a = a
    this.#b = b
    this.#names = [nameOfA, nameOfB]
  }

  async compare(given: Case): Promise<Seen | undefined> {
    this.cases += 1
    return this.#look(given, (name, failure) => {
      const failed = this.#failed.get(name) ?? { count: 0, first: failure }
      failed.count += 1
      this.#failed.set(name, failed)
    })
  }

  /** The same without being counted. */
  async look(given: Case): Promise<Seen | undefined> {
    return this.#look(given)
  }

  /** Which of the two did not answer how often, as sentences. */
  faults(): string[] {
    return [...this.#failed].map(
      ([name, { count, first }]) =>
        `${name} failed in ${count} of ${this.cases} inputs, which are not compared. The first: ${first}`,
    )
  }

  async #look(given: Case, onFailure?: (name: string, failure: string) => void): Promise<Seen | undefined> {
    const [a, b] = [await this.#a.judge(given), await this.#b.judge(given)]
    for (const [index, result] of [a, b].entries()) {
      const failure = failureOf(result)
      if (failure !== undefined) onFailure?.(this.#names[index] ?? '', failure)
    }
    const difference = differenceBetween(a, b)
    return difference && { ...difference, a, b, toldApartBy: rulesApart(a, b) }
  }
}

/** The rules that one fails and the other does not. */
function rulesApart(a: CaseResult, b: CaseResult): RuleApart[] {
  const failing = ({ verdicts }: CaseResult) => verdicts.filter(({ status }) => status === 'fail')
  const only = (fails: RuleApart['fails'], mine: CaseResult, theirs: CaseResult): RuleApart[] =>
    failing(mine)
      .filter(({ requirement }) => !failing(theirs).some((verdict) => verdict.requirement === requirement))
      .map(({ requirement, reason }) => ({ requirement, fails, reason }))
  const rules = [...only('a', a, b), ...only('b', b, a)]
  return [...new Map(rules.map((rule) => [`${rule.fails} ${failureKey(rule)}`, rule])).values()]
}

/** Why a case has no answer of the SDK, without tokens and secrets. */
function failureOf({ fault, verdicts }: CaseResult): string | undefined {
  const broken = verdicts.find(({ requirement, status }) => status === 'fail' && isLifecycle(requirement))
  const text = fault ?? (broken && `${broken.requirement}: ${broken.reason} (${broken.detail ?? ''})`)
  return text === undefined ? undefined : printable(redacted(text, CLIENT.secret))
}
