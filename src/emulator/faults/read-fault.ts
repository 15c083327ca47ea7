import type { Fault } from './fault.js'

const NAMES = ['path', 'method', 'times', 'reset', 'status', 'headers', 'body', 'delayMs', 'truncateAfter']
/** The longest that a timer waits. */
const MAX_DELAY_MS = 2 ** 31 - 1
const WITHOUT_BODY: ReadonlySet<unknown> = new Set([204, 205, 304])
const OF_THE_CONNECTION = ['content-length', 'transfer-encoding', 'connection']

type Members = Readonly<Record<string, unknown>>

type Rule = readonly [isBroken: (members: Members) => boolean, text: string]

const RULES: readonly Rule[] = [
  [({ path }) => path !== undefined && !isPath(path), 'path must start with / and have no query'],
  [({ method }) => method !== undefined && !isMatch(method, /^[A-Z]+$/), 'method must be in capitals, such as POST'],
  [({ times }) => times !== undefined && !isInteger(times, 1), 'times must be a whole number from 1'],
  [({ delayMs }) => delayMs !== undefined && !isInteger(delayMs, 0, MAX_DELAY_MS), 'delayMs must be milliseconds'],
  [({ reset }) => reset !== undefined && reset !== true, 'reset must be true, or left out'],
  [({ status }) => status !== undefined && !isInteger(status, 200, 599), 'status must be from 200 to 599'],
  [
    ({ truncateAfter: bytes }) => bytes !== undefined && !isInteger(bytes, 0),
    'truncateAfter must be a number of bytes',
  ],
  [
    ({ headers }) => headers !== undefined && !isHeaders(headers),
    'headers must be an object of legal names and values',
  ],
  [({ headers }) => namesConnection(headers), `headers must not have ${OF_THE_CONNECTION.join(', ')}`],
  [({ body }) => body !== undefined && !isBody(body), 'body must be text, or an object to send as JSON'],
  [
    ({ status, headers, body }) => status === undefined && (headers !== undefined || body !== undefined),
    'headers and body need a status',
  ],
  [({ status, body }) => WITHOUT_BODY.has(status) && body !== undefined, 'an answer with this status has no body'],
  [
    ({ status, truncateAfter }) => WITHOUT_BODY.has(status) && truncateAfter !== undefined,
    'an answer with this status has no body to truncate',
  ],
  [
    ({ reset, status, truncateAfter }) => reset === true && (status !== undefined || truncateAfter !== undefined),
    'after a reset there is no answer: leave out status and truncateAfter',
  ],
  [
    (members) => ['reset', 'status', 'truncateAfter', 'delayMs'].every((name) => members[name] === undefined),
    'it does nothing: give reset, status, truncateAfter or delayMs',
  ],
]

/** A copy that later changes do not reach. Throws a TypeError that says what is wrong. */
export function readFault(input: unknown): Fault {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw invalid('it must be an object')
  const members = input as Members
  const unknown = Object.keys(members).find((name) => !NAMES.includes(name))
  if (unknown !== undefined) throw invalid(`it has no member ${JSON.stringify(unknown.slice(0, 50))}`)
  const broken = RULES.find(([isBroken]) => isBroken(members))
  if (broken !== undefined) throw invalid(broken[1])
  return JSON.parse(JSON.stringify(members)) as Fault
}

function invalid(text: string): TypeError {
  return new TypeError(`The fault cannot be used: ${text}`)
}

function isPath(value: unknown): boolean {
  return isMatch(value, /^\/[^?#]*$/)
}

function isMatch(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value)
}

function isInteger(value: unknown, min: number, max: number = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max
}

function isHeaders(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  if (!Object.values(value).every((item) => typeof item === 'string')) return false
  try {
    new Headers(value as Record<string, string>)
    return true
  } catch {
    return false
  }
}

function namesConnection(headers: unknown): boolean {
  return isHeaders(headers) && OF_THE_CONNECTION.some((name) => new Headers(headers).has(name))
}

function isBody(value: unknown): boolean {
  if (typeof value === 'string') return true
  try {
    return typeof value === 'object' && value !== null && typeof JSON.stringify(value) === 'string'
  } catch {
    return false
  }
}
