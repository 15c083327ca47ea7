import { OAuthFailure } from '../http/failure.js'
import { readText } from '../http/request-body.js'
import { ControlError } from './control-error.js'

/** The JSON body of a change. A form, which any page can send anywhere, is refused by its type. */
export async function readJson(request: Request): Promise<unknown> {
  const [mediaType = ''] = (request.headers.get('Content-Type') ?? '').toLowerCase().split(';')
  if (mediaType.trim() !== 'application/json') {
    throw new ControlError('json_required', 'The Content-Type must be application/json.')
  }
  try {
    return JSON.parse(await readText(request)) as unknown
  } catch (error) {
    if (error instanceof OAuthFailure) throw invalidInput(error.message)
    throw invalidInput('The body is not valid JSON.')
  }
}

/** A step of the clock, in milliseconds. */
export function readStep(input: unknown): number {
  const { advanceMs } = readMembers(input, ['advanceMs'])
  if (!Number.isSafeInteger(advanceMs) || Number(advanceMs) < 0) {
    throw invalidInput('advanceMs must be a whole number of milliseconds, 0 or more.')
  }
  return Number(advanceMs)
}

export function readKeyAction(input: unknown): 'rotate' | 'retire' {
  const { action } = readMembers(input, ['action'])
  if (action !== 'rotate' && action !== 'retire') throw invalidInput('action must be "rotate" or "retire".')
  return action
}

export function readResetOptions(input: unknown): { readonly keys: boolean } {
  const { keys = false } = readMembers(input, ['keys'])
  if (typeof keys !== 'boolean') throw invalidInput('keys must be true or false.')
  return { keys }
}

export function invalidInput(message: string): ControlError {
  return new ControlError('invalid_input', message)
}

function readMembers<Name extends string>(input: unknown, names: readonly Name[]): { readonly [N in Name]?: unknown } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw invalidInput('The body must be a JSON object.')
  }
  const unknown = Object.keys(input).find((name) => !(names as readonly string[]).includes(name))
  if (unknown === undefined) return input
  throw invalidInput(`The body has no member ${JSON.stringify(unknown.slice(0, 50))}, only ${names.join(', ')}.`)
}
