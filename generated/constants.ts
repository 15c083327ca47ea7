// Generated from spec/ by `npm run generate`. Do not edit.

/** The grant type of a token exchange (RFC 8693, section 2.1). */
export const TOKEN_EXCHANGE_GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** An OAuth 2.0 access token issued by the given authorization server (RFC 8693, section 3). */
export const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'

/** An OAuth 2.0 refresh token issued by the given authorization server (RFC 8693, section 3). */
export const REFRESH_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:refresh_token'

/** An ID Token (RFC 8693, section 3). */
export const ID_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:id_token'

/** A JSON Web Token, whatever it is used for (RFC 8693, section 3). */
export const JWT_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:jwt'

/** An opaque, single-use token that opens a session at another application of the tenant. */
export const SESSION_TRANSFER_TOKEN_TYPE = 'urn:auth0:params:oauth:token-type:session_transfer_token'

/** The access token that a connection gave to the user, from Token Vault. */
export const CONNECTION_TOKEN_TYPE = 'http://auth0.com/oauth/token-type/federated-connection-access-token'

/** The grant type of a Token Vault exchange. */
export const TOKEN_VAULT_GRANT_TYPE =
  'urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token'

/** The grant type that brings a one-time password after `mfa_required`. */
export const MFA_OTP_GRANT_TYPE = 'http://auth0.com/oauth/grant-type/mfa-otp'

/** For `private_key_jwt`. */
export const CLIENT_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** What the description says of each protected parameter, by its wire name. */
export const TOKEN_PARAMETERS = {
  grant_type: { role: 'grant', definedBy: 'RFC 8693 section 2.1', repeatable: false, aliases: [] },
  client_id: { role: 'client', definedBy: 'RFC 6749 section 2.3.1', repeatable: false, aliases: [] },
  client_secret: { role: 'client', definedBy: 'RFC 6749 section 2.3.1', repeatable: false, aliases: [] },
  client_assertion: { role: 'client', definedBy: 'RFC 7521 section 4.2', repeatable: false, aliases: [] },
  client_assertion_type: { role: 'client', definedBy: 'RFC 7521 section 4.2', repeatable: false, aliases: [] },
  subject_token: { role: 'subject', definedBy: 'RFC 8693 section 2.1', repeatable: false, aliases: [] },
  subject_token_type: { role: 'subject', definedBy: 'RFC 8693 section 2.1', repeatable: false, aliases: [] },
  requested_token_type: { role: 'target', definedBy: 'RFC 8693 section 2.1', repeatable: false, aliases: [] },
  actor_token: { role: 'actor', definedBy: 'RFC 8693 section 2.1', repeatable: false, aliases: [] },
  actor_token_type: { role: 'actor', definedBy: 'RFC 8693 section 2.1', repeatable: false, aliases: [] },
  audience: { role: 'target', definedBy: 'RFC 8693 section 2.1', repeatable: true, aliases: ['aud'] },
  resource: {
    role: 'target',
    definedBy: 'RFC 8693 section 2.1',
    repeatable: true,
    aliases: ['resources', 'resource_indicator'],
  },
  scope: { role: 'target', definedBy: 'RFC 8693 section 2.1', repeatable: false, aliases: [] },
  organization: { role: 'target', definedBy: 'Auth0 custom token exchange', repeatable: false, aliases: [] },
  subject_issuer: {
    role: 'subject',
    definedBy: 'auth0-api-python reserved parameters',
    repeatable: false,
    aliases: [],
  },
  assertion: { role: 'subject', definedBy: 'RFC 7521 section 4.1', repeatable: false, aliases: [] },
  connection: { role: 'subject', definedBy: 'Auth0 Token Vault', repeatable: false, aliases: [] },
  login_hint: { role: 'subject', definedBy: 'Auth0 Token Vault', repeatable: false, aliases: [] },
} as const

/** A wire name that a typed option owns. */
export type TokenParameter = keyof typeof TOKEN_PARAMETERS

/** Every name that an extra parameter must not have, aliases included, in lower case. */
export const PROTECTED_PARAMETERS = [
  'grant_type',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'subject_token',
  'subject_token_type',
  'requested_token_type',
  'actor_token',
  'actor_token_type',
  'audience',
  'aud',
  'resource',
  'resources',
  'resource_indicator',
  'scope',
  'organization',
  'subject_issuer',
  'assertion',
  'connection',
  'login_hint',
] as const

/** The error codes that the token endpoint is known to send. */
export const OAUTH_ERROR_CODES = [
  /** Malformed, or a subject or actor token is not accepted (RFC 8693, 2.2.2). */
  'invalid_request',
  /** Client authentication failed (RFC 6749, 5.2). */
  'invalid_client',
  /** The proof needs the nonce of the DPoP-Nonce header (RFC 9449, 8). */
  'use_dpop_nonce',
  /** The DPoP proof is not valid (RFC 9449, 5). */
  'invalid_dpop_proof',
  /** An access token is missing, expired or not valid (RFC 6750, 3.1). */
  'invalid_token',
  /** The grant is not valid (RFC 6749, 5.2). */
  'invalid_grant',
  /** The client may not use this grant (RFC 6749, 5.2). */
  'unauthorized_client',
  /** The server does not know this grant (RFC 6749, 5.2). */
  'unsupported_grant_type',
  /** A scope is unknown or not allowed (RFC 6749, 5.2). */
  'invalid_scope',
  /** The audience or resource is not accepted (RFC 8693, 2.2.2). */
  'invalid_target',
  /** The API or the scope is not open to this client or user. */
  'access_denied',
  /** The server or an Action failed. */
  'server_error',
  /** A second factor is needed first. */
  'mfa_required',
  /** The API needs consent, which this flow cannot collect. */
  'consent_required',
  /** Attack protection blocks this address. Do not retry. */
  'too_many_attempts',
  /** Rate limited. Retry later. */
  'too_many_requests',
  /** A session transfer token was asked for and the Action set no actor. */
  'setactor_required',
  /** This tenant or client may not mint session transfer tokens. */
  'session_transfer_disabled',
] as const
