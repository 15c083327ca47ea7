import type { Capabilities, ExchangeClient, Observation } from '../adapter.js'
import type { CallCase, Case, ExchangeEvidence, WireSettings } from '../case.js'
import {
  judgeAct,
  judgeExchange,
  judgeReExchange,
  judgeRedirect,
  judgeSequence,
  judgeSession,
  type Verdict,
} from '../oracles/index.js'
import { notApplicable, requirementOf } from '../requirements.js'
import type { SignedTokens } from '../signed-tokens.js'
import type { ResolvedProgram } from '../wire-program.js'
import type { WireLog } from '../wire.js'
import { exchangeInputOf, type Answer } from './perform-case.js'

/** What is known of a case beside its answers. */
export interface Scene {
  readonly issuer: string
  /** The server that was given in its place. */
  readonly impostor: string | undefined
  readonly capabilities: Capabilities
  readonly signed: SignedTokens['facts']
  readonly program: ResolvedProgram
  readonly wire: WireLog
  readonly time: ExchangeEvidence['time']
  readonly printed: string | undefined
  readonly clientOf: (settings: WireSettings) => ExchangeClient
}

/** What every rule that applies to the SDK says of a case. */
export function judgeCase(given: Case, answers: readonly Answer[], scene: Scene): Verdict[] {
  const applies = ({ requirement }: Verdict) =>
    notApplicable(requirementOf(requirement), scene.capabilities) === undefined
  return verdictsOf(given, answers, scene).filter(applies)
}

function verdictsOf(given: Case, answers: readonly Answer[], scene: Scene): Verdict[] {
  const [first, second] = answers.map(({ observation }) => observation)
  switch (given.kind) {
    case 'act':
      return judgeAct({
        case: given,
        currentActor: observationOf(answers, 'current_actor'),
        delegationChain: observationOf(answers, 'delegation_chain'),
      })
    case 're_exchange':
      return first && second ? judgeReExchange({ case: given, before: first, after: second }) : []
    case 'redirect':
      return first ? judgeRedirect({ input: given.input, observation: first }) : []
    case 'session': {
      const { program, signed, wire } = scene
      return first ? judgeSession({ input: given.input, program, signed, wire, observation: first }) : []
    }
    case 'sequence': {
      const settings = { ...(given.client && { client: given.client }) }
      const steps = given.steps.flatMap((step, index) => {
        const observation = answers[index]?.observation
        return observation ? [evidenceOf({ ...settings, ...step }, observation, scene)] : []
      })
      return judgeSequence({ case: given, steps })
    }
    default:
      return first ? judgeExchange(evidenceOf(given, first, scene)) : []
  }
}

function evidenceOf(given: CallCase, observation: Observation, scene: Scene): ExchangeEvidence {
  const { issuer, impostor, capabilities, signed, program, wire, time, printed } = scene
  return {
    op: given.kind,
    capabilities,
    issuer,
    ...(impostor === undefined ? {} : { impostor }),
    client: scene.clientOf(given),
    input: exchangeInputOf(given, issuer),
    program,
    signed,
    wire,
    observation,
    time,
    ...(printed === undefined ? {} : { printed }),
  }
}

function observationOf(answers: readonly Answer[], op: Answer['op']): Observation | undefined {
  return answers.find((answer) => answer.op === op)?.observation
}
