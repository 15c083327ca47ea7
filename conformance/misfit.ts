import { isAdapterMessage } from '../generated/validators/adapter-message.js'
import { printable } from './report/text.js'

/** The member that an observation has, by its outcome. */
const MEMBERS = {
  tokens: 'tokens',
  value: 'value',
  session: 'steps',
  rejected: 'error',
  unsupported: 'capability',
  adapter_error: 'message',
} as const

const LONGEST_NAME = 60

/** A problem as the validator tells it. A message that can be several things has those of each. */
interface Problem {
  readonly instancePath: string
  readonly keyword: string
  readonly params: {
    readonly missingProperty?: string
    readonly additionalProperty?: string
    readonly type?: string | readonly string[]
    readonly allowedValues?: readonly string[]
  }
}

/**
 * What of a hello or an observation does not fit `spec/schemas/AdapterMessage.json`, in words.
 *
 * @param message What `isAdapterMessage` says no to.
 */
export function misfitOf(message: unknown): string {
  if (isAdapterMessage(message)) return 'it is a message of another kind'
  if (!isObject(message)) return 'it is no object'
  const part = ['hello', 'observation'].find((name) => name in message)
  if (part === undefined) return 'it has neither a hello nor an observation'
  if (!('v' in message) || message.v !== 1) return 'v is not 1'
  const inside = (isAdapterMessage.errors as readonly Problem[]).filter(
    ({ instancePath, keyword }) => instancePath.startsWith(`/${part}`) && keyword !== 'oneOf',
  )
  const said: unknown = message[part as keyof typeof message]
  if (!isObject(said)) return `${part} is no object`
  const outcome = 'outcome' in said ? said.outcome : undefined
  const problem = part === 'hello' ? deepest(inside) : problemOfObservation(outcome, inside)
  return typeof problem === 'string' ? problem : textOf(problem)
}

/** Of the outcome that the observation says it is. */
function problemOfObservation(outcome: unknown, problems: readonly Problem[]): Problem | string | undefined {
  if (!isOutcome(outcome)) return `observation.outcome is none of ${Object.keys(MEMBERS).join(', ')}`
  const member = MEMBERS[outcome]
  const inMember = problems.filter(({ instancePath }) => instancePath.startsWith(`/observation/${member}`))
  return (
    deepest(inMember) ??
    problems.find(({ params }) => params.missingProperty === member) ??
    problems.find(({ params }) => params.additionalProperty !== undefined && params.additionalProperty !== member)
  )
}

function deepest(problems: readonly Problem[]): Problem | undefined {
  const depth = ({ instancePath }: Problem): number => instancePath.split('/').length
  return [...problems].sort((a, b) => depth(b) - depth(a))[0]
}

function textOf(problem: Problem | undefined): string {
  if (!problem) return 'see spec/schemas/AdapterMessage.json'
  const { instancePath, params } = problem
  const place = instancePath.slice(1).replaceAll('/', '.')
  const { missingProperty, additionalProperty, type, allowedValues } = params
  if (missingProperty !== undefined) return `${place} has no ${missingProperty}`
  if (additionalProperty !== undefined) {
    return `${place} has a member ${printable(additionalProperty, LONGEST_NAME)}, which the schema does not know`
  }
  if (allowedValues) return `${place} is none of ${allowedValues.join(', ')}`
  return type === undefined ? `${place} is not what the schema says` : `${place} is not of type ${[type].flat().join()}`
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isOutcome(value: unknown): value is keyof typeof MEMBERS {
  return typeof value === 'string' && Object.hasOwn(MEMBERS, value)
}
