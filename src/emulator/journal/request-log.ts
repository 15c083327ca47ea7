import { createCheckLog, type CheckLog } from './checks.js'
import type { Delegation } from '../tokens/delegation.js'
import type { RequestParameters } from '../http/parameters.js'

/** What is known about one request so far. The endpoints fill it in. */
export interface RequestLog extends CheckLog {
  parameters: RequestParameters | undefined
  /** The client that authenticated, or that was found. */
  clientId: string | undefined
  error: string | undefined
  errorDescription: string | undefined
  /** What the answer says or, until there is one, what the subject token says. */
  delegation: Delegation | undefined
  grantedScopes: readonly string[] | undefined
  /** Why a session transfer ended at the login page, which does not say so. */
  warning: string | undefined
  /** What an Action threw and where, when the answer says only that it failed. */
  thrown: string | undefined
  /** What the answer says besides, whatever it is. */
  headers: Readonly<Record<string, string>>
}

export function createRequestLog(): RequestLog {
  return {
    ...createCheckLog(),
    parameters: undefined,
    clientId: undefined,
    error: undefined,
    errorDescription: undefined,
    delegation: undefined,
    grantedScopes: undefined,
    warning: undefined,
    thrown: undefined,
    headers: {},
  }
}
