import { generateKeyPairSync } from 'node:crypto'
import { isAdapterMessage } from '../../generated/validators/adapter-message.js'
import type { Capabilities, ExchangeClient, Hello, Observation, PerformRequest } from '../adapter.js'
import type { Case, Impostor, WireSettings } from '../case.js'
import { misfitOf } from '../misfit.js'
import { pass, type Verdict } from '../oracles/verdict.js'
import type { Recorder, WireLog } from '../recorder.js'
import { defaultMethodOf } from '../requirements.js'
import { signTokens } from '../signed-tokens.js'
import { LifecycleError } from '../stdio/lifecycle.js'
import type { ResolvedProgram } from '../wire-program.js'
import { judgeCase } from './judge-case.js'
import { isPossible, performCase, programOf, type Answer } from './perform-case.js'

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

/** Where one case at a time is done and judged. */
export interface Lane {
  /**
   * Does a case and has it judged by every rule that applies to the SDK.
   *
   * @throws {LifecycleError} When the process of the adapter broke a rule instead of answering.
   */
  judge(given: Case): Promise<CaseResult>
  /** Puts one question to the adapter, outside of any case. */
  ask(request: PerformRequest): Promise<Observation>
  /** Whether an exchange request has come since the last case ended. */
  takeStray(): boolean
}

/** What a lane is made of. */
export interface LaneParts {
  readonly hello: Hello
  /** With its closing slash. */
  readonly issuer: string
  /** The URLs of impostors, where there is TLS. */
  readonly impostors?: Readonly<Partial<Record<Impostor, string>>>
  readonly wire: Pick<Recorder, 'play' | 'take'>
  perform(request: PerformRequest): Promise<Observation>
  takePrinted?(): string | undefined
  /** Makes a program lead to where the lane is. */
  localise?(program: ResolvedProgram): ResolvedProgram
}

/** For private_key_jwt: a key that is made anew in every process and known to nobody else. */
const PRIVATE_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()

function clientFor({ client = {} }: WireSettings, capabilities: Capabilities): ExchangeClient {
  const { authentication = defaultMethodOf(capabilities) } = client
  const hasSecret = authentication.startsWith('client_secret')
  const given = { ...CLIENT, ...(hasSecret ? {} : { secret: '' }), ...client, authentication }
  return given.authentication === 'private_key_jwt' ? { ...given, private_key: PRIVATE_KEY } : given
}

/** Signs the tokens of an issuer and gets ready for its cases. */
export async function openLane(parts: LaneParts): Promise<Lane> {
  const { issuer, impostors, wire } = parts
  const { capabilities } = parts.hello
  const tokens = await signTokens(issuer, CLIENT.id)
  const clientOf = (settings: WireSettings) => clientFor(settings, capabilities)
  const performer = {
    issuer,
    capabilities,
    clientOf,
    async perform(request: PerformRequest): Promise<Answer> {
      return { op: request.op, observation: await observed(parts.perform(request)) }
    },
  }
  return {
    takeStray: () => wire.take().exchanges.length > 0,
    async ask(request) {
      const here = 'target' in request ? { ...request, target: { issuer } } : request
      const { observation } = await performer.perform(here)
      wire.take()
      return observation
    },
    async judge(given) {
      const server = given.kind === 'exchange' && given.server ? impostors?.[given.server] : issuer
      if (!isPossible(given, capabilities) || server === undefined) {
        return { case: given, verdicts: [], answers: [], wire: wire.take(), skipped: true }
      }
      const resolved = tokens.resolve(programOf(given))
      const program = parts.localise?.(resolved) ?? resolved
      wire.play(program)
      const from = Date.now() / 1000
      const answers = await performCase(given, { ...performer, issuer: server })
      const printed = parts.takePrinted?.()
      const log = wire.take()
      const seen = { case: given, answers, wire: log }
      const fault = faultOf(answers)
      if (fault !== undefined) return { ...seen, verdicts: [], fault }
      const time = { from, to: Date.now() / 1000 }
      const scene = {
        issuer,
        impostor: server === issuer ? undefined : server,
        capabilities,
        signed: tokens.facts,
        program,
        wire: log,
        time,
        printed,
        clientOf,
      }
      const sent = log.exchanges.length > 0 ? [pass('nothing-sent-after-the-reply')] : []
      return { ...seen, verdicts: [...judgeCase(given, answers, scene), ...sent] }
    },
  }
}

async function observed(answer: Promise<Observation>): Promise<Observation> {
  try {
    const observation = await answer
    const message = { v: 1, id: 0, observation }
    if (isAdapterMessage(message)) return observation
    return { outcome: 'adapter_error', message: `the observation does not fit its schema: ${misfitOf(message)}` }
  } catch (error) {
    if (error instanceof LifecycleError) throw error
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
