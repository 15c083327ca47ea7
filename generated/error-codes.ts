// Generated from spec/ by `npm run generate`. Do not edit.

/** The stable codes of `TokenExchangeError`. */
export const TokenExchangeErrorCode = {
  /** A token is blank, padded, carries a scheme such as "Bearer", or holds characters that no token holds. */
  INVALID_TOKEN_FORMAT: 'invalid_token_format',
  /** An actor token type was given without an actor token. */
  MISSING_ACTOR_TOKEN: 'missing_actor_token',
  /** An actor token was given without its type. */
  MISSING_ACTOR_TOKEN_TYPE: 'missing_actor_token_type',
  /** An extra parameter has a name that a typed option owns. */
  PROTECTED_PARAMETER: 'protected_parameter',
  /** An option or extra parameter is malformed. */
  INVALID_PARAMETER: 'invalid_parameter',
  /** The client was configured with a value that cannot work. */
  INVALID_CONFIGURATION: 'invalid_configuration',
  /** The act claim, or a node in it, is not an object with a non-blank sub. */
  INVALID_ACT_CLAIM: 'invalid_act_claim',
  /** The call needs an actor and none was given. */
  ACTOR_UNAVAILABLE: 'actor_unavailable',
  /** The current actor, or that there is one or none, does not fit the policy; `reason` says why. */
  ACTOR_NOT_ALLOWED: 'actor_not_allowed',
  /** An actor was sent and expected, and the issued token names none. */
  ACTOR_NOT_RECORDED: 'actor_not_recorded',
  /** The ID token belongs to another organization than the one that was asked for. */
  ORGANIZATION_MISMATCH: 'organization_mismatch',
  /** The login URL is not one of the allowed targets. */
  TARGET_NOT_ALLOWED: 'target_not_allowed',
  /** The subject token must not be exchanged here; `reason` says why. */
  SUBJECT_TOKEN_REFUSED: 'subject_token_refused',
  /** A token's signature or claims do not hold; `reason` says which. */
  VERIFICATION_FAILED: 'verification_failed',
  /** The call needs a signed-in user; `reason` says why there is none, or why a new login is needed. */
  LOGIN_REQUIRED: 'login_required',
  /** The answer to a login does not belong to it, or is a refusal; `reason` says which. */
  LOGIN_FAILED: 'login_failed',
  /** A session transfer does not replace a session; the user has to sign out first. */
  SESSION_EXISTS: 'session_exists',
  /** The request is not a POST from a page of this application. */
  CROSS_SITE_REQUEST: 'cross_site_request',
  /** The session does not fit into cookies; use a store. */
  SESSION_TOO_LARGE: 'session_too_large',
  /** The session store did not keep or delete a session. */
  SESSION_STORE_FAILED: 'session_store_failed',
  /** The server answered with an OAuth error; `oauth.error` holds it. */
  TOKEN_EXCHANGE_FAILED: 'token_exchange_failed',
  /** The server wants the Action to set an actor before it mints a session transfer token. */
  SETACTOR_REQUIRED: 'setactor_required',
  /** The server does not mint session transfer tokens for this tenant or client. */
  SESSION_TRANSFER_DISABLED: 'session_transfer_disabled',
  /** The server's answer is not a token response; `reason` says why. */
  INVALID_RESPONSE: 'invalid_response',
  /** The server's metadata is missing, malformed, or speaks for another issuer. */
  INVALID_METADATA: 'invalid_metadata',
  /** No answer came; `cause` says why. */
  NETWORK_ERROR: 'network_error',
  /** The answer, body included, did not come in time. */
  TIMEOUT: 'timeout',
  /** The caller's signal ended the call. */
  ABORTED: 'aborted',
} as const

/** One of the stable codes of `TokenExchangeError`. */
export type TokenExchangeErrorCode = (typeof TokenExchangeErrorCode)[keyof typeof TokenExchangeErrorCode]

/** What an error is about, whichever code it has. */
export type TokenExchangeErrorKind =
  'validation' | 'policy' | 'verification' | 'network' | 'oauth' | 'response' | 'timeout' | 'aborted'

/** The kind of each code. */
export const ERROR_KINDS: Readonly<Record<TokenExchangeErrorCode, TokenExchangeErrorKind>> = {
  invalid_token_format: 'validation',
  missing_actor_token: 'validation',
  missing_actor_token_type: 'validation',
  protected_parameter: 'validation',
  invalid_parameter: 'validation',
  invalid_configuration: 'validation',
  invalid_act_claim: 'validation',
  actor_unavailable: 'validation',
  actor_not_allowed: 'policy',
  actor_not_recorded: 'verification',
  organization_mismatch: 'verification',
  target_not_allowed: 'policy',
  subject_token_refused: 'policy',
  verification_failed: 'verification',
  login_required: 'verification',
  login_failed: 'verification',
  session_exists: 'policy',
  cross_site_request: 'policy',
  session_too_large: 'validation',
  session_store_failed: 'network',
  token_exchange_failed: 'oauth',
  setactor_required: 'oauth',
  session_transfer_disabled: 'oauth',
  invalid_response: 'response',
  invalid_metadata: 'response',
  network_error: 'network',
  timeout: 'timeout',
  aborted: 'aborted',
}
