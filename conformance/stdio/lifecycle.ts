import type { RequirementId } from '../requirements.js'

/** Why the process of an adapter broke a rule of its protocol, as a stable code with its text. */
export const LIFECYCLE_REASONS = {
  'not-started': 'The command could not be started.',
  'hello-late': 'No hello came in time.',
  'hello-malformed': 'The hello is not what the schema says.',
  'ended-before-hello': 'The process ended before its hello.',
  hung: 'No reply came before the deadline.',
  'exited-early': 'The process exited before its standard input ended.',
  'killed-by-signal': 'The process was ended by a signal.',
  'stdout-noise': 'Standard output had a line that is no message.',
  'unknown-id': 'A reply came with an id that was never asked.',
  'replied-twice': 'A second reply came for one request.',
  'request-after-reply': 'An exchange request was sent after the call had ended.',
  'outlived-stdin': 'The process did not end when its standard input ended.',
  'ended-badly': 'The process ended with its standard input, but not with exit code 0.',
} as const

/** The code of a reason. */
export type LifecycleReason = keyof typeof LIFECYCLE_REASONS

const RULES = {
  'not-started': 'adapter-says-hello',
  'hello-late': 'adapter-says-hello',
  'hello-malformed': 'adapter-says-hello',
  'ended-before-hello': 'adapter-says-hello',
  hung: 'adapter-answers-in-time',
  'exited-early': 'adapter-stays-alive',
  'killed-by-signal': 'adapter-stays-alive',
  'stdout-noise': 'stdout-holds-messages-only',
  'unknown-id': 'one-reply-for-each-request',
  'replied-twice': 'one-reply-for-each-request',
  'request-after-reply': 'nothing-sent-after-the-reply',
  'outlived-stdin': 'adapter-ends-with-stdin',
  'ended-badly': 'adapter-ends-with-stdin',
} as const satisfies Record<LifecycleReason, RequirementId>

/** A rule that is kept by every case that ends without trouble. */
export const KEPT_BY_EACH_CASE = [
  'adapter-answers-in-time',
  'adapter-stays-alive',
  'stdout-holds-messages-only',
  'one-reply-for-each-request',
] as const satisfies readonly RequirementId[]

/** A rule of the protocol, broken by the process of an adapter. It never counts as an answer of the SDK. */
export class LifecycleError extends Error {
  override readonly name = 'LifecycleError'
  readonly requirement: RequirementId
  readonly reason: LifecycleReason
  /** What was seen: an exit code, a signal, the line. */
  readonly detail: string

  constructor(reason: LifecycleReason, detail: string) {
    super(`${RULES[reason]}: ${reason} (${detail})`)
    this.requirement = RULES[reason]
    this.reason = reason
    this.detail = detail
  }
}
