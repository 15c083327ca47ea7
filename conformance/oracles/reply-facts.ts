import { replyAt, replyBytes, type WireReply } from '../wire-program.js'
import type { ExchangeEvidence } from '../case.js'

/** What a reply is to a client that reads it rightly. */
export type ReplyFact =
  | TokenFact
  | { readonly kind: 'refusal'; readonly error: string; readonly status: number; readonly mediaType: string }
  | { readonly kind: 'error-in-success'; readonly hasToken: boolean }
  | { readonly kind: 'malformed'; readonly problem: string; readonly isJson: boolean }
  | { readonly kind: 'failure'; readonly isJson: boolean; readonly hasTokens: boolean }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'broken' }

/** A success with an access token. */
export interface TokenFact {
  readonly kind: 'tokens'
  readonly members: Readonly<Record<string, unknown>> & { readonly access_token: string }
  readonly mediaType: string
  readonly hasUnknownMembers: boolean
  /** Every member that has a meaning has its type. */
  readonly isWellTyped: boolean
}

const KNOWN = new Set([
  'access_token',
  'token_type',
  'expires_in',
  'refresh_token',
  'scope',
  'issued_token_type',
  'id_token',
])
const VISIBLE = /^[\x21-\x7e]+$/
const facts = new WeakMap<WireReply, ReplyFact>()

/** What the reply to the last request of a call is; undefined when nothing was sent. */
export function lastReply({ wire, program }: ExchangeEvidence): { reply: WireReply; fact: ReplyFact } | undefined {
  const count = wire.exchanges.length
  if (count === 0) return undefined
  const reply = replyAt(program.token, count - 1)
  return { reply, fact: factOf(reply) }
}

/** What comes after the client has given up; the rule on timeouts judges that, and no other. */
export function latePart(evidence: ExchangeEvidence): 'answer' | 'body' | undefined {
  const { timeout_ms: timeout = Infinity } = evidence.client
  const { delayMs = 0, bodyDelayMs = 0 } = lastReply(evidence)?.reply ?? {}
  if (delayMs > timeout) return 'answer'
  // Not both together: a timeout may be one of each read.
  return bodyDelayMs > timeout ? 'body' : undefined
}

/** What the reply to the last request is when it came in time. */
export function answerOf(evidence: ExchangeEvidence): ReplyFact | undefined {
  return latePart(evidence) ? undefined : lastReply(evidence)?.fact
}

export function factOf(reply: WireReply): ReplyFact {
  const known = facts.get(reply) ?? read(reply)
  facts.set(reply, known)
  return known
}

function read(reply: WireReply): ReplyFact {
  const { status } = reply
  const bytes = replyBytes(reply)
  if (reply.reset || (reply.truncateAfter !== undefined && reply.truncateAfter < bytes.length))
    return { kind: 'broken' }
  const location = header(reply, 'location')
  if (status >= 300 && status < 400 && location !== undefined) return { kind: 'redirect', location }
  const json = parsed(bytes)
  const members = isObject(json) ? json : undefined
  const mediaType = header(reply, 'content-type') ?? ''
  if (status !== 200) {
    const error = members?.['error']
    if (typeof error === 'string' && error !== '' && status >= 400) return { kind: 'refusal', error, status, mediaType }
    return { kind: 'failure', isJson: json !== undefined, hasTokens: typeof members?.['access_token'] === 'string' }
  }
  if (!members) {
    return { kind: 'malformed', problem: json === undefined ? 'not JSON' : 'not an object', isJson: json !== undefined }
  }
  const { access_token: token, error } = members
  const hasToken = typeof token === 'string' && token !== ''
  if (typeof error === 'string') return { kind: 'error-in-success', hasToken }
  if (!hasToken) {
    return { kind: 'malformed', problem: 'no usable access_token', isJson: true }
  }
  return {
    kind: 'tokens',
    members: { ...members, access_token: token },
    mediaType,
    hasUnknownMembers: Object.keys(members).some((name) => !KNOWN.has(name)),
    isWellTyped: isWellTyped(members),
  }
}

function isWellTyped(members: Readonly<Record<string, unknown>>): boolean {
  const { expires_in: lifetime } = members
  const texts = [...KNOWN].filter((name) => name !== 'expires_in')
  return (
    texts.every((name) => members[name] === undefined || typeof members[name] === 'string') &&
    // What a Bearer header cannot hold may be refused; the grammar of the token itself is wider.
    VISIBLE.test(String(members['access_token'])) &&
    (lifetime === undefined || (typeof lifetime === 'number' && Number.isSafeInteger(lifetime) && lifetime >= 0))
  )
}

function header({ headers }: WireReply, name: string): string | undefined {
  return headers.find(([field]) => field.toLowerCase() === name)?.[1]
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
