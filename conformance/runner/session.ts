import { isAdapterMessage } from '../../generated/validators/adapter-message.js'
import type { Adapter, ExchangeClient, Hello, Observation, PerformRequest } from '../adapter.js'
import { claimsText } from '../arbitraries/act-node.js'
import type { ActCase, Case, ExchangeCase } from '../case.js'
import { judgeAct, judgeExchange, type Verdict } from '../oracles/index.js'
import { notApplicable, requirementOf } from '../requirements.js'
import { createWire, type Handler, type WireLog } from '../wire.js'

/** The issuer whose metadata and token endpoint every adapter finds. */
export const ISSUER = 'https://tenant.example.com/'

/** The confidential client that every adapter is. */
export const CLIENT: ExchangeClient = { id: 'web-app', secret: 'web-app-secret', authentication: 'client_secret_post' }

/** What an adapter said to one request. */
export interface Answer {
  readonly op: PerformRequest['op']
  readonly observation: Observation
}

/** One case with all that was seen of it. */
export interface CaseResult {
  readonly case: Case
  readonly verdicts: readonly Verdict[]
  readonly answers: readonly Answer[]
  readonly wire: WireLog
  /** A fault of the adapter or of the suite. Then there are no verdicts. */
  readonly fault?: string
}

/** One SDK under test. */
export interface Session {
  readonly hello: Hello
  /** Does a case and has it judged by every rule that applies to the SDK. Never rejects. */
  judge(given: Case): Promise<CaseResult>
}

/**
 * Meets an adapter and puts a recording wire into its hands. `handler` answers it, but for exchanges when there is a
 * `reply`.
 *
 * @throws {TypeError} When its hello is not what the schema says.
 */
export async function openSession(adapter: Adapter, handler: Handler, reply?: Handler): Promise<Session> {
  const hello = await adapter.hello()
  if (!isAdapterMessage({ v: 1, id: 0, hello })) throw new TypeError('the hello of the adapter does not fit its schema')
  const { capabilities } = hello
  const wire = createWire({ issuer: ISSUER, handler, ...(reply && { reply }) })

  async function perform(request: PerformRequest): Promise<Answer> {
    return { op: request.op, observation: await observe(adapter, request, wire.fetch) }
  }
  async function exchange({ input }: ExchangeCase): Promise<Answer[]> {
    return [await perform({ op: 'exchange', target: { issuer: ISSUER }, client: CLIENT, input })]
  }
  async function readAct({ claims }: ActCase): Promise<Answer[]> {
    const text = claimsText(claims)
    const answers: Answer[] = []
    if (capabilities.current_actor === true) answers.push(await perform({ op: 'current_actor', claims: text }))
    if (capabilities.delegation_chain === true) answers.push(await perform({ op: 'delegation_chain', claims: text }))
    return answers
  }

  return {
    hello,
    async judge(given) {
      const stray = wire.take()
      const answers = given.kind === 'exchange' ? await exchange(given) : await readAct(given)
      const log = wire.take()
      const seen = { case: given, answers, wire: log }
      const fault = stray.exchanges.length > 0 ? 'a request came after the answer of the case before' : faultOf(answers)
      if (fault !== undefined) return { ...seen, verdicts: [], fault }
      const verdicts =
        given.kind === 'exchange'
          ? answers.flatMap(({ observation }) =>
              judgeExchange({ capabilities, client: CLIENT, input: given.input, wire: log, observation }),
            )
          : judgeAct({
              case: given,
              currentActor: observationOf(answers, 'current_actor'),
              delegationChain: observationOf(answers, 'delegation_chain'),
            })
      const applies = ({ requirement }: Verdict) =>
        notApplicable(requirementOf(requirement), capabilities) === undefined
      return { ...seen, verdicts: verdicts.filter(applies) }
    },
  }
}

async function observe(
  adapter: Adapter,
  request: PerformRequest,
  fetch: typeof globalThis.fetch,
): Promise<Observation> {
  try {
    const observation = await adapter.perform(request, { fetch })
    if (isAdapterMessage({ v: 1, id: 0, observation })) return observation
    return { outcome: 'adapter_error', message: 'the observation does not fit its schema' }
  } catch (error) {
    return { outcome: 'adapter_error', message: error instanceof Error ? error.message : String(error) }
  }
}

function faultOf(answers: readonly Answer[]): string | undefined {
  for (const { op, observation } of answers) {
    if (observation.outcome === 'adapter_error') return `${op}: ${observation.message}`
    // What a hello claims must be there.
    if (observation.outcome === 'unsupported' && op !== 'exchange') return `${op} is claimed and unsupported`
  }
  return undefined
}

function observationOf(answers: readonly Answer[], op: Answer['op']): Observation | undefined {
  return answers.find((answer) => answer.op === op)?.observation
}
