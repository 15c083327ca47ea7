import { generateKeyPairSync } from 'node:crypto'
import { isAdapterMessage } from '../../generated/validators/adapter-message.js'
import type { Adapter, ExchangeClient, Hello, Observation, PerformRequest } from '../adapter.js'
import type { Case, WireSettings } from '../case.js'
import type { Verdict } from '../oracles/index.js'
import { DEFAULT_PROGRAMS } from '../replies.js'
import { signTokens } from '../signed-tokens.js'
import { createWire, type WireLog } from '../wire.js'
import { judgeCase } from './judge-case.js'
import { isPossible, performCase, programOf, type Answer } from './perform-case.js'

export type { Answer }

/** The issuer whose metadata and token endpoint every adapter finds. */
export const ISSUER = 'https://tenant.example.com/'

/** The confidential client that every adapter is. */
export const CLIENT: ExchangeClient = { id: 'web-app', secret: 'web-app-secret', authentication: 'client_secret_post' }

/** One case with all that was seen of it. */
export interface CaseResult {
  readonly case: Case
  readonly verdicts: readonly Verdict[]
  readonly answers: readonly Answer[]
  readonly wire: WireLog
  /** The SDK does not have what the case asks for, so nothing was done. */
  readonly skipped?: true
  /** A fault of the adapter or of the suite. Then there are no verdicts. */
  readonly fault?: string
}

/** One SDK under test. */
export interface Session {
  readonly hello: Hello
  /** Does a case and has it judged by every rule that applies to the SDK. Never rejects. */
  judge(given: Case): Promise<CaseResult>
  /** Puts one question to the adapter, outside of any case. */
  ask(request: PerformRequest): Promise<Observation>
}

/** For private_key_jwt: a key that is made anew in every process and known to nobody else. */
const PRIVATE_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()

function clientOf({ client = {} }: WireSettings): ExchangeClient {
  const given = { ...CLIENT, ...client }
  return given.authentication === 'private_key_jwt' ? { ...given, private_key: PRIVATE_KEY } : given
}

/**
 * Meets an adapter and puts a recording wire into its hands, which plays the program of each case.
 *
 * @throws {TypeError} When its hello is not what the schema says.
 */
export async function openSession(adapter: Adapter): Promise<Session> {
  const hello = await adapter.hello()
  if (!isAdapterMessage({ v: 1, id: 0, hello })) throw new TypeError('the hello of the adapter does not fit its schema')
  const { capabilities } = hello
  const tokens = await signTokens(ISSUER, CLIENT.id)
  const wire = createWire(ISSUER, tokens.resolve(DEFAULT_PROGRAMS.exchange))
  const performer = {
    issuer: ISSUER,
    capabilities,
    clientOf,
    async perform(request: PerformRequest): Promise<Answer> {
      return { op: request.op, observation: await observe(adapter, request, wire.fetch) }
    },
  }

  return {
    hello,
    async ask(request) {
      const { observation } = await performer.perform(request)
      wire.take()
      return observation
    },
    async judge(given) {
      const stray = wire.take()
      if (!isPossible(given, capabilities))
        return { case: given, verdicts: [], answers: [], wire: stray, skipped: true }
      const program = tokens.resolve(programOf(given))
      wire.play(program)
      const from = Date.now() / 1000
      const answers = await performCase(given, performer)
      const log = wire.take()
      const seen = { case: given, answers, wire: log }
      const fault = stray.exchanges.length > 0 ? 'a request came after the answer of the case before' : faultOf(answers)
      if (fault !== undefined) return { ...seen, verdicts: [], fault }
      const time = { from, to: Date.now() / 1000 }
      const printed = adapter.takePrinted?.()
      const scene = { issuer: ISSUER, capabilities, signed: tokens.facts, program, wire: log, time, printed, clientOf }
      return { ...seen, verdicts: judgeCase(given, answers, scene) }
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
