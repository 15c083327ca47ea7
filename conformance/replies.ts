import { ACCESS_TOKEN_TYPE, SESSION_TRANSFER_TOKEN_TYPE } from '../generated/constants.js'
import type { WireProgram, WireReply } from './wire-program.js'

/** The members of an answer that holds in every respect. */
export const TOKEN_MEMBERS = {
  access_token: 'canary-issued-access-token',
  issued_token_type: ACCESS_TOKEN_TYPE,
  token_type: 'Bearer',
  expires_in: 7200,
} as const

/** The same for a session transfer token. */
export const SESSION_TRANSFER_MEMBERS = {
  access_token: 'canary-session-transfer-token',
  issued_token_type: SESSION_TRANSFER_TOKEN_TYPE,
  token_type: 'N_A',
  expires_in: 60,
} as const

/** An answer with a JSON body. */
export function jsonReply(status: number, members: unknown): WireReply {
  return textReply(status, JSON.stringify(members), 'application/json')
}

/** An answer with a body of any type. */
export function textReply(status: number, body: string, contentType: string): WireReply {
  return {
    status,
    headers: [
      ['content-type', contentType],
      ['cache-control', 'no-store'],
    ],
    body,
  }
}

/** A program that answers each request in the same way. */
export function answering(...token: WireReply[]): WireProgram {
  return { token }
}

/** What a case without a program gets. */
export const DEFAULT_PROGRAMS = {
  exchange: answering(jsonReply(200, TOKEN_MEMBERS)),
  on_behalf_of: answering(jsonReply(200, TOKEN_MEMBERS)),
  session_transfer: answering(jsonReply(200, SESSION_TRANSFER_MEMBERS)),
} as const
