import type { Finding } from '../../generated/schemas.js'
import type { Adapter } from '../adapter.js'
import { isProcessAdapter, type ProcessOptions } from '../stdio/adapter.js'

/** What the replay of a case needs beside its token. */
export type ReplayNeeds = Pick<Finding, 'adapter' | 'deadline_ms' | 'http'>

export function replayNeeds(command: string | undefined, adapter: Adapter): ReplayNeeds {
  const { deadlineMs, scheme }: ProcessOptions = isProcessAdapter(adapter) ? adapter.options : {}
  return {
    ...(command !== undefined && { adapter: command }),
    ...(deadlineMs !== undefined && { deadline_ms: deadlineMs }),
    ...(scheme === 'http' && { http: true }),
  }
}
