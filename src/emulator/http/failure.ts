import type { AuthorizationErrorCode, OAuthError, OAuthErrorCode } from '../../../generated/openapi.js'
import { beginningOf } from '../beginning.js'

const MAX_DESCRIPTION_LENGTH = 300

/** An error response. Its texts hold only what RFC 6749, section 5.2, lets them hold. */
export class OAuthFailure extends Error {
  override readonly name = 'OAuthFailure'
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>
  readonly members: Omit<OAuthError, 'error' | 'error_description'>

  /** `code` may be one of an Action's own, hence any string. */
  constructor(
    status: number,
    code: string,
    description: string,
    headers: OAuthFailure['headers'] = {},
    members: OAuthFailure['members'] = {},
  ) {
    super(beginningOf(toLegalText(description), MAX_DESCRIPTION_LENGTH))
    this.status = status
    this.code = toLegalText(code)
    this.headers = headers
    this.members = members
  }

  toBody(): OAuthError {
    return { error: this.code, error_description: this.message, ...this.members }
  }
}

export function fail(status: number, code: OAuthErrorCode, description: string): OAuthFailure {
  return new OAuthFailure(status, code, description)
}

export function invalidRequest(description: string): OAuthFailure {
  return fail(400, 'invalid_request', description)
}

/** For what the redirect to the client says. The status is that of its page, should there be nowhere to send it. */
export function failLogin(code: AuthorizationErrorCode, description: string): OAuthFailure {
  return new OAuthFailure(400, code, description)
}

/** The documentation gives the status, RFC 8693, section 2.2.2, the code. Who or what is wrong is not told. */
export function invalidSubjectToken(): OAuthFailure {
  return fail(401, 'invalid_request', 'The subject token is invalid or expired.')
}

function toLegalText(text: string): string {
  return text.replaceAll('"', "'").replaceAll(/[^\x20\x21\x23-\x5B\x5D-\x7E]/gu, '?')
}
