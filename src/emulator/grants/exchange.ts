import type { RunCheck } from '../journal/checks.js'
import type { Client } from '../tenant/clients.js'
import type { TokenEndpointAuthMethod } from '../config/config.js'
import { fail } from '../http/failure.js'
import type { RequestParameters } from '../http/parameters.js'
import type { RequestLog } from '../journal/request-log.js'
import type { Server } from '../server.js'

/**
 * What an authenticated client wants exchanged for tokens: a token, a code, its own credentials. The grant type has
 * not had its say yet.
 */
export interface Exchange {
  readonly server: Server
  readonly check: RunCheck
  readonly log: RequestLog
  readonly request: Request
  readonly parameters: RequestParameters
  readonly client: Client
  readonly authMethod: TokenEndpointAuthMethod
  /** The address of whoever the client asks for, as far as it is trusted to say so. */
  readonly ip: string
  /** Milliseconds since the epoch. The whole exchange happens at this moment. */
  readonly now: number
}

export function requireConfidential({ client }: Exchange): void {
  if (client.isPublic) throw fail(403, 'unauthorized_client', 'The grant needs a client that authenticates.')
}
