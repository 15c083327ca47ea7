// Generated from spec/ by `npm run generate`. Do not edit.

export interface paths {
  readonly '/oauth/token': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get?: never
    readonly put?: never
    /**
     * Exchange a token for another
     * @description RFC 8693, section 2. The body is form-encoded. Repeated fields carry arrays.
     */
    readonly post: operations['exchangeToken']
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/authorize': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    /**
     * Start a login, or redeem a session transfer token
     * @description OpenID Connect Core 1.0, section 3.1.2. With `session_transfer_token` the user's session opens without a login
     *     page; the token is used once, within a minute, from the address that it was minted for.
     */
    readonly get: operations['authorize']
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/oidc/logout': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    /**
     * End the session
     * @description OpenID Connect RP-Initiated Logout 1.0, section 2. Without an `id_token_hint` for the session's user a page asks
     *     first.
     */
    readonly get: operations['logOut']
    readonly put?: never
    /**
     * End the session, with the parameters in the body
     * @description OpenID Connect RP-Initiated Logout 1.0, section 2.
     */
    readonly post: operations['logOutByForm']
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/v2/logout': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    /**
     * End the session, the vendor's way
     * @description Asks nobody. Source is Auth0, "Logout".
     */
    readonly get: operations['logOutOfSession']
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/userinfo': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    /**
     * The claims of the user
     * @description OpenID Connect Core 1.0, section 5.3. A delegated token's answer carries `act`.
     */
    readonly get: operations['getUserInfo']
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/.well-known/openid-configuration': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    /**
     * Authorization server metadata
     * @description OpenID Connect Discovery 1.0, section 4; RFC 8414.
     */
    readonly get: operations['getServerMetadata']
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/.well-known/oauth-authorization-server': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    /**
     * The same, where RFC 8414 looks for it
     * @description RFC 8414, section 3.
     */
    readonly get: operations['getAuthorizationServerMetadata']
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/.well-known/jwks.json': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    /**
     * The keys that sign tokens
     * @description RFC 7517, section 5.
     */
    readonly get: operations['getJsonWebKeySet']
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    /**
     * @description The grant type of a token exchange (RFC 8693, section 2.1).
     * @constant
     */
    readonly TokenExchangeGrantType: 'urn:ietf:params:oauth:grant-type:token-exchange'
    /**
     * @description An OAuth 2.0 access token issued by the given authorization server (RFC 8693, section 3).
     * @constant
     */
    readonly AccessTokenType: 'urn:ietf:params:oauth:token-type:access_token'
    /**
     * @description An OAuth 2.0 refresh token issued by the given authorization server (RFC 8693, section 3).
     * @constant
     */
    readonly RefreshTokenType: 'urn:ietf:params:oauth:token-type:refresh_token'
    /**
     * @description An ID Token (RFC 8693, section 3).
     * @constant
     */
    readonly IdTokenType: 'urn:ietf:params:oauth:token-type:id_token'
    /**
     * @description A JSON Web Token, whatever it is used for (RFC 8693, section 3).
     * @constant
     */
    readonly JwtTokenType: 'urn:ietf:params:oauth:token-type:jwt'
    /**
     * @description An opaque, single-use token that opens a session at another application of the tenant.
     * @constant
     */
    readonly SessionTransferTokenType: 'urn:auth0:params:oauth:token-type:session_transfer_token'
    /**
     * @description The access token that a connection gave to the user, from Token Vault.
     * @constant
     */
    readonly ConnectionTokenType: 'http://auth0.com/oauth/token-type/federated-connection-access-token'
    /**
     * @description The grant type of a Token Vault exchange.
     * @constant
     */
    readonly TokenVaultGrantType: 'urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token'
    /**
     * @description The grant type that brings a one-time password after `mfa_required`.
     * @constant
     */
    readonly MfaOtpGrantType: 'http://auth0.com/oauth/grant-type/mfa-otp'
    /**
     * @description A token type identifier (RFC 8693, section 3) or a URI under the tenant's own ownership.
     * @example urn:ietf:params:oauth:token-type:access_token
     * @example urn:acme:legacy-session
     */
    readonly TokenTypeUri: string
    /** @description Every parameter that a typed option owns at the token endpoint. */
    readonly TokenRequestParameters: {
      readonly grant_type?: components['schemas']['TokenExchangeGrantType']
      /** @description The client. Required here unless the Authorization header carries it. */
      readonly client_id?: string
      /** @description For the client authentication method `client_secret_post`. */
      readonly client_secret?: string
      /** @description For `private_key_jwt`. */
      readonly client_assertion?: string
      /**
       * @description For `private_key_jwt`.
       * @constant
       */
      readonly client_assertion_type?: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      /** @description The token that represents the party on whose behalf the request is made. */
      readonly subject_token?: string
      /** @description What `subject_token` is. */
      readonly subject_token_type?: components['schemas']['TokenTypeUri']
      /** @description What is asked for. Without it the server decides. */
      readonly requested_token_type?: components['schemas']['TokenTypeUri']
      /** @description The token that represents the acting party. Always together with `actor_token_type`. */
      readonly actor_token?: string
      /** @description What `actor_token` is. Always together with `actor_token`. */
      readonly actor_token_type?: components['schemas']['TokenTypeUri']
      /** @description The identifier of the API that the issued token is for. Without it, the tenant's default. */
      readonly audience?: string | readonly string[]
      /** @description The URI of the service that the issued token is for; read when there is no `audience`. */
      readonly resource?: string | readonly string[]
      /** @description Scopes for the issued token, separated by spaces. */
      readonly scope?: string
      /** @description The organization, by id or name, that the request belongs to. */
      readonly organization?: string
    }
    /**
     * @description Parameters of other grants at the same endpoint. Smuggled into an exchange they would change whose token it
     *     is about, so they are protected too.
     */
    readonly NeighbourGrantParameters: {
      /** @description Which issuer `subject_token` comes from, at some servers. */
      readonly subject_issuer?: string
      /** @description The assertion of the JWT bearer grant. */
      readonly assertion?: string
    }
    /** @description What a client shows of itself in the body; nothing when the Authorization header carries it. */
    readonly ClientParameters: {
      readonly client_id?: string
      readonly client_secret?: string
      readonly client_assertion?: string
      readonly client_assertion_type?: string
    }
    readonly TokenRequest:
      | components['schemas']['TokenExchangeRequest']
      | components['schemas']['TokenVaultRequest']
      | components['schemas']['AuthorizationCodeRequest']
      | components['schemas']['RefreshTokenRequest']
      | components['schemas']['ClientCredentialsRequest']
      | components['schemas']['MfaOtpRequest']
    /** @description Goes on with an exchange that stopped at `mfa_required` (Auth0, "Verify with one-time password"). */
    readonly MfaOtpRequest: {
      readonly grant_type: components['schemas']['MfaOtpGrantType']
      readonly mfa_token: string
      readonly otp: string
    } & components['schemas']['ClientParameters']
    /** @description An Auth0 token for the access token of one of the user's connections (Auth0 Token Vault). */
    readonly TokenVaultRequest: {
      readonly grant_type: components['schemas']['TokenVaultGrantType']
      readonly subject_token: string
      readonly subject_token_type: components['schemas']['RefreshTokenType'] | components['schemas']['AccessTokenType']
      readonly requested_token_type: components['schemas']['ConnectionTokenType']
      /** @description The connection. */
      readonly connection: string
      /** @description Which of the user's accounts there. */
      readonly login_hint?: string
    } & components['schemas']['ClientParameters']
    /** @description RFC 6749, section 4.1.3. */
    readonly AuthorizationCodeRequest: {
      /** @constant */
      readonly grant_type: 'authorization_code'
      readonly code: string
      readonly redirect_uri?: string
      readonly code_verifier?: string
    } & components['schemas']['ClientParameters']
    /** @description RFC 6749, section 6. */
    readonly RefreshTokenRequest: {
      /** @constant */
      readonly grant_type: 'refresh_token'
      readonly refresh_token: string
      readonly scope?: string
      readonly audience?: string
    } & components['schemas']['ClientParameters']
    /** @description RFC 6749, section 4.4.2. */
    readonly ClientCredentialsRequest: {
      /** @constant */
      readonly grant_type: 'client_credentials'
      readonly audience?: string
      readonly scope?: string
    } & components['schemas']['ClientParameters']
    readonly TokenExchangeRequest:
      | components['schemas']['CustomTokenExchangeRequest']
      | components['schemas']['CustomTokenExchangeWithActorRequest']
      | components['schemas']['OnBehalfOfRequest']
    /** @description A token of any kind for the tenant's own. The tenant selects a profile by `subject_token_type`. */
    readonly CustomTokenExchangeRequest: {
      readonly actor_token?: never
      readonly actor_token_type?: never
    } & WithRequired<
      components['schemas']['TokenRequestParameters'],
      'grant_type' | 'subject_token' | 'subject_token_type'
    >
    /** @description The same, with the party that acts for the subject. The tenant records it as `act`. */
    readonly CustomTokenExchangeWithActorRequest: WithRequired<
      components['schemas']['TokenRequestParameters'],
      'grant_type' | 'subject_token' | 'subject_token_type' | 'actor_token' | 'actor_token_type'
    >
    /** @description An access token that a user's request carried, for one that the next API accepts. */
    readonly OnBehalfOfRequest: {
      readonly subject_token_type: components['schemas']['AccessTokenType']
      readonly requested_token_type: components['schemas']['AccessTokenType']
      readonly audience: string
      readonly actor_token?: never
      readonly actor_token_type?: never
    } & WithRequired<
      components['schemas']['TokenRequestParameters'],
      'grant_type' | 'subject_token' | 'subject_token_type' | 'requested_token_type' | 'audience'
    >
    /** @description What the server sends (RFC 8693, section 2.2.1). Other grants leave `issued_token_type` out. */
    readonly TokenResponse: {
      /** @description The issued token, whatever its type is. */
      readonly access_token: string
      readonly issued_token_type?: components['schemas']['TokenTypeUri']
      /**
       * @description How the token is used. `N_A` when it is not an access token.
       * @enum {string}
       */
      readonly token_type: 'Bearer' | 'DPoP' | 'N_A'
      /** @description Lifetime in seconds. */
      readonly expires_in?: number
      /** @description The granted scopes, when they differ from those asked for. */
      readonly scope?: string
      /** @description When `openid` was granted. Never from on-behalf-of. */
      readonly id_token?: string
      /** @description When `offline_access` was granted. Never with an actor, never from on-behalf-of. */
      readonly refresh_token?: string
    }
    /**
     * @description What a client accepts, after members that are `null` were taken as absent. A `token_type` may be missing
     *     only for a session transfer token, and `issued_token_type` is looked at after this.
     */
    readonly AcceptedTokenResponse: {
      readonly access_token: string
      readonly issued_token_type?: string
      readonly token_type?: string
      /** @description A whole number, or the digits of one. */
      readonly expires_in?: number | string
      readonly scope?: string
      readonly id_token?: string
      readonly refresh_token?: string
    }
    /** @description RFC 6749, section 5.2. Codes outside `OAuthErrorCode` are legal; an Action may make up its own. */
    readonly OAuthError: {
      readonly error: string
      /** @description For the developer. Never to be matched on. */
      readonly error_description?: string
      readonly error_uri?: string
      /** @description Continues an exchange that stopped at `mfa_required`. */
      readonly mfa_token?: string
    }
    /** @description The error codes that the token endpoint is known to send. */
    readonly OAuthErrorCode:
      | 'invalid_request'
      | 'invalid_client'
      | 'use_dpop_nonce'
      | 'invalid_dpop_proof'
      | 'invalid_token'
      | 'invalid_grant'
      | 'unauthorized_client'
      | 'unsupported_grant_type'
      | 'invalid_scope'
      | 'invalid_target'
      | 'access_denied'
      | 'server_error'
      | 'mfa_required'
      | 'consent_required'
      | 'too_many_attempts'
      | 'too_many_requests'
      | 'setactor_required'
      | 'session_transfer_disabled'
    /** @description The query that a redirect adds to the redirect URI (RFC 6749, sections 4.1.2 and 4.1.2.1). */
    readonly AuthorizationAnswer:
      | {
          readonly code: string
          readonly state?: string
          readonly error?: never
        }
      | {
          readonly error: components['schemas']['AuthorizationErrorCode']
          readonly error_description?: string
          readonly state?: string
          readonly code?: never
        }
    /** @description The error codes that a redirect is known to carry. */
    readonly AuthorizationErrorCode:
      | 'invalid_request'
      | 'unauthorized_client'
      | 'access_denied'
      | 'unsupported_response_type'
      | 'server_error'
      | 'login_required'
      | 'consent_required'
      | 'interaction_required'
    /**
     * ActClaim
     * @description The acting party of a delegated token (RFC 8693, section 4.1). The outermost node is the current actor. Nested nodes are prior actors, newest first, and are informational only.
     * @example {
     *       "sub": "mcp-server"
     *     }
     * @example {
     *       "sub": "mcp-server",
     *       "act": {
     *         "sub": "spa"
     *       }
     *     }
     * @example {
     *       "sub": "agt_17",
     *       "client_id": "mcp-server",
     *       "act": {
     *         "sub": "mcp-server",
     *         "act": {
     *           "sub": "spa"
     *         }
     *       }
     *     }
     */
    readonly ActClaim: {
      /** @description Who acts. Unique together with `iss`; without `iss`, the issuer of the token. */
      readonly sub: string
      /** @description The issuer that `sub` belongs to, when it is not the issuer of the token. */
      readonly iss?: string
      /** @description The client that the actor used. */
      readonly client_id?: string
      /** @description The actor before this one. */
      readonly act?: components['schemas']['ActClaim']
    }
    /**
     * ActorInput
     * @description An actor as an Action sets it: stricter than what may be read. Besides `sub` and `act`, up to five members that are strings, booleans or numbers; at most five actors in all, which is checked beside this schema.
     * @example {
     *       "sub": "auth0|bob",
     *       "role": "support",
     *       "act": {
     *         "sub": "console"
     *       }
     *     }
     */
    readonly ActorInput: {
      readonly sub: string
      readonly act?: components['schemas']['ActorInput']
    } & {
      readonly [key: string]: string | boolean | number
    }
    /** @description Claims of the user. Others may be present. */
    readonly UserInfo: {
      readonly sub: string
      readonly name?: string
      readonly nickname?: string
      readonly email?: string
      readonly email_verified?: boolean
      readonly picture?: string
      readonly org_id?: string
      readonly org_name?: string
      readonly act?: components['schemas']['ActClaim']
    }
    /** @description The members that token exchange needs. Others may be present. */
    readonly ServerMetadata: {
      readonly issuer: string
      readonly token_endpoint: string
      readonly jwks_uri: string
      readonly authorization_endpoint?: string
      readonly userinfo_endpoint?: string
      readonly end_session_endpoint?: string
      /** @description Endpoints for clients that authenticate with a certificate (RFC 8705, section 5). */
      readonly mtls_endpoint_aliases?: {
        readonly token_endpoint?: string
        readonly userinfo_endpoint?: string
      }
      readonly dpop_signing_alg_values_supported?: readonly string[]
      readonly response_types_supported?: readonly string[]
      readonly subject_types_supported?: readonly string[]
      readonly id_token_signing_alg_values_supported?: readonly string[]
      readonly token_endpoint_auth_methods_supported?: readonly string[]
    }
    readonly JsonWebKeySet: {
      readonly keys: readonly {
        readonly kty: string
        readonly kid?: string
        readonly use?: string
        readonly alg?: string
        readonly n?: string
        readonly e?: string
        readonly crv?: string
        readonly x?: string
        readonly y?: string
      }[]
    }
  }
  responses: {
    /** @description A page that says that the session has ended, or asks whether it should. */
    readonly LogoutPage: {
      headers: {
        readonly [name: string]: unknown
      }
      content: {
        readonly 'text/html': string
      }
    }
    /** @description To the logout URL, with `state` when it was sent. */
    readonly LoggedOut: {
      headers: {
        /** @description The logout URL. */
        readonly Location?: string
        /** @description Takes the session's cookie back. */
        readonly 'Set-Cookie'?: string
        readonly [name: string]: unknown
      }
      content?: never
    }
    /** @description A page that says what is wrong with the hint or the logout URL. The session stays. */
    readonly LogoutRefused: {
      headers: {
        readonly [name: string]: unknown
      }
      content: {
        readonly 'text/html': string
      }
    }
    /** @description There is nothing at this path, or no such tenant. Code and text are undocumented. */
    readonly NotFound: {
      headers: {
        readonly [name: string]: unknown
      }
      content: {
        /**
         * @example {
         *       "error": "not_found",
         *       "error_description": "There is nothing at this path."
         *     }
         */
        readonly 'application/json': components['schemas']['OAuthError']
      }
    }
    /** @description Another method at this path (RFC 9110, section 15.5.6). Code and text are undocumented. */
    readonly MethodNotAllowed: {
      headers: {
        /** @description The methods that the path takes, separated by commas. */
        readonly Allow: string
        readonly [name: string]: unknown
      }
      content: {
        /**
         * @example {
         *       "error": "method_not_allowed",
         *       "error_description": "Allowed here: POST"
         *     }
         */
        readonly 'application/json': components['schemas']['OAuthError']
      }
    }
  }
  parameters: {
    /** @description A proof of possession (RFC 9449, section 4). */
    readonly DpopProof: string
    /** @description An ID token of the session's user. It may have expired. */
    readonly IdTokenHint: string
    /** @description Accepted, and not looked at. */
    readonly LogoutHint: string
    /** @description One of the allowed logout URLs of the client or the tenant. */
    readonly PostLogoutRedirectUri: string
    /** @description The application. Without another URL, the first of its logout URLs is where the browser goes. */
    readonly LogoutClient: string
    /** @description Comes back unchanged. */
    readonly LogoutState: string
    /** @description Accepted, and not looked at. */
    readonly Federated: string
    /**
     * @description The end user's address, when a backend asks. Counts only from a client that authenticates with its secret and
     *     is trusted to say so.
     */
    readonly ForwardedFor: string
  }
  requestBodies: never
  headers: {
    /** @description Always `no-store` (RFC 6749, section 5.1). */
    readonly CacheControl: 'no-store'
    /** @description The nonce for the next proof (RFC 9449, section 8). */
    readonly DpopNonce: string
    /** @description How many requests fit. */
    readonly RateLimitLimit: string
    /** @description How many are left. */
    readonly RateLimitRemaining: string
    /** @description When the limit is full again, in seconds since the epoch. */
    readonly RateLimitReset: string
  }
  pathItems: never
}
export type TokenExchangeGrantType = components['schemas']['TokenExchangeGrantType']
export type AccessTokenType = components['schemas']['AccessTokenType']
export type RefreshTokenType = components['schemas']['RefreshTokenType']
export type IdTokenType = components['schemas']['IdTokenType']
export type JwtTokenType = components['schemas']['JwtTokenType']
export type SessionTransferTokenType = components['schemas']['SessionTransferTokenType']
export type ConnectionTokenType = components['schemas']['ConnectionTokenType']
export type TokenVaultGrantType = components['schemas']['TokenVaultGrantType']
export type MfaOtpGrantType = components['schemas']['MfaOtpGrantType']
export type TokenTypeUri = components['schemas']['TokenTypeUri']
export type TokenRequestParameters = components['schemas']['TokenRequestParameters']
export type NeighbourGrantParameters = components['schemas']['NeighbourGrantParameters']
export type ClientParameters = components['schemas']['ClientParameters']
export type TokenRequest = components['schemas']['TokenRequest']
export type MfaOtpRequest = components['schemas']['MfaOtpRequest']
export type TokenVaultRequest = components['schemas']['TokenVaultRequest']
export type AuthorizationCodeRequest = components['schemas']['AuthorizationCodeRequest']
export type RefreshTokenRequest = components['schemas']['RefreshTokenRequest']
export type ClientCredentialsRequest = components['schemas']['ClientCredentialsRequest']
export type TokenExchangeRequest = components['schemas']['TokenExchangeRequest']
export type CustomTokenExchangeRequest = components['schemas']['CustomTokenExchangeRequest']
export type CustomTokenExchangeWithActorRequest = components['schemas']['CustomTokenExchangeWithActorRequest']
export type OnBehalfOfRequest = components['schemas']['OnBehalfOfRequest']
export type TokenResponse = components['schemas']['TokenResponse']
export type AcceptedTokenResponse = components['schemas']['AcceptedTokenResponse']
export type OAuthError = components['schemas']['OAuthError']
export type OAuthErrorCode = components['schemas']['OAuthErrorCode']
export type AuthorizationAnswer = components['schemas']['AuthorizationAnswer']
export type AuthorizationErrorCode = components['schemas']['AuthorizationErrorCode']
export type ActClaim = components['schemas']['ActClaim']
export type ActorInput = components['schemas']['ActorInput']
export type UserInfo = components['schemas']['UserInfo']
export type ServerMetadata = components['schemas']['ServerMetadata']
export type JsonWebKeySet = components['schemas']['JsonWebKeySet']
export type ResponseLogoutPage = components['responses']['LogoutPage']
export type ResponseLoggedOut = components['responses']['LoggedOut']
export type ResponseLogoutRefused = components['responses']['LogoutRefused']
export type ResponseNotFound = components['responses']['NotFound']
export type ResponseMethodNotAllowed = components['responses']['MethodNotAllowed']
export type ParameterDpopProof = components['parameters']['DpopProof']
export type ParameterIdTokenHint = components['parameters']['IdTokenHint']
export type ParameterLogoutHint = components['parameters']['LogoutHint']
export type ParameterPostLogoutRedirectUri = components['parameters']['PostLogoutRedirectUri']
export type ParameterLogoutClient = components['parameters']['LogoutClient']
export type ParameterLogoutState = components['parameters']['LogoutState']
export type ParameterFederated = components['parameters']['Federated']
export type ParameterForwardedFor = components['parameters']['ForwardedFor']
export type HeaderCacheControl = components['headers']['CacheControl']
export type HeaderDpopNonce = components['headers']['DpopNonce']
export type HeaderRateLimitLimit = components['headers']['RateLimitLimit']
export type HeaderRateLimitRemaining = components['headers']['RateLimitRemaining']
export type HeaderRateLimitReset = components['headers']['RateLimitReset']
export type $defs = Record<string, never>
export interface operations {
  readonly exchangeToken: {
    readonly parameters: {
      readonly query?: never
      readonly header?: {
        /** @description A proof of possession (RFC 9449, section 4). */
        readonly DPoP?: components['parameters']['DpopProof']
        /**
         * @description The end user's address, when a backend asks. Counts only from a client that authenticates with its secret and
         *     is trusted to say so.
         */
        readonly 'auth0-forwarded-for'?: components['parameters']['ForwardedFor']
      }
      readonly path?: never
      readonly cookie?: never
    }
    readonly requestBody: {
      readonly content: {
        readonly 'application/x-www-form-urlencoded': components['schemas']['TokenRequest']
      }
    }
    readonly responses: {
      /** @description The issued token (RFC 8693, section 2.2.1). */
      readonly 200: {
        headers: {
          readonly 'Cache-Control': components['headers']['CacheControl']
          readonly 'DPoP-Nonce': components['headers']['DpopNonce']
          readonly 'X-RateLimit-Limit': components['headers']['RateLimitLimit']
          readonly 'X-RateLimit-Remaining': components['headers']['RateLimitRemaining']
          readonly 'X-RateLimit-Reset': components['headers']['RateLimitReset']
          readonly [name: string]: unknown
        }
        content: {
          readonly 'application/json': components['schemas']['TokenResponse']
        }
      }
      /** @description The request, a token in it, or what it asks for is refused (RFC 6749, section 5.2). */
      readonly 400: {
        headers: {
          readonly 'DPoP-Nonce': components['headers']['DpopNonce']
          readonly [name: string]: unknown
        }
        content: {
          readonly 'application/json': components['schemas']['OAuthError']
        }
      }
      /** @description The client, or the subject token of an on-behalf-of exchange, is not accepted. */
      readonly 401: {
        headers: {
          /** @description Sent when the client used HTTP Basic (RFC 6749, section 5.2). */
          readonly 'WWW-Authenticate'?: string
          readonly [name: string]: unknown
        }
        content: {
          readonly 'application/json': components['schemas']['OAuthError']
        }
      }
      /** @description The client may not do this, or the user may not. */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown
        }
        content: {
          readonly 'application/json': components['schemas']['OAuthError']
        }
      }
      readonly 405: components['responses']['MethodNotAllowed']
      /** @description Rate limited, or blocked by attack protection. */
      readonly 429: {
        headers: {
          /** @description Seconds to wait. */
          readonly 'Retry-After'?: string
          readonly 'X-RateLimit-Limit': components['headers']['RateLimitLimit']
          readonly 'X-RateLimit-Remaining': components['headers']['RateLimitRemaining']
          readonly 'X-RateLimit-Reset': components['headers']['RateLimitReset']
          readonly [name: string]: unknown
        }
        content: {
          readonly 'application/json': components['schemas']['OAuthError']
        }
      }
      /** @description The server, or an Action, failed. */
      readonly 500: {
        headers: {
          readonly [name: string]: unknown
        }
        content: {
          readonly 'application/json': components['schemas']['OAuthError']
        }
      }
    }
  }
  readonly authorize: {
    readonly parameters: {
      readonly query: {
        /** @description The application. */
        readonly client_id: string
        /** @description Where the code goes. */
        readonly redirect_uri: string
        /** @description Only the authorization code flow redeems session transfer tokens. */
        readonly response_type: 'code'
        /** @description Only the default of the authorization code flow. An empty one counts as omitted. */
        readonly response_mode?: 'query' | ''
        /** @description Scopes, separated by spaces. */
        readonly scope?: string
        /** @description The API that the access token is for. */
        readonly audience?: string
        /** @description The same, without `audience` (RFC 8707). */
        readonly resource?: string
        /** @description Comes back unchanged. */
        readonly state?: string
        /** @description Comes back in the ID token. */
        readonly nonce?: string
        /** @description RFC 7636, section 4.3. */
        readonly code_challenge?: string
        /** @description RFC 7636, section 4.3. An empty one counts as omitted (RFC 6749, section 3.1). */
        readonly code_challenge_method?: 'S256' | 'plain' | ''
        /** @description `none` shows no page; `login` shows one even when there is a session. */
        readonly prompt?: string
        /**
         * @description How many seconds ago the user may have signed in. With 0, the page is shown as for `prompt=login`. The ID
         *     token then has `auth_time`.
         */
        readonly max_age?: string
        /** @description Who is likely to sign in. */
        readonly login_hint?: string
        /** @description The organization to sign in to. */
        readonly organization?: string
        /** @description From a session transfer. Never logged, never stored. */
        readonly session_transfer_token?: string
      }
      readonly header?: never
      readonly path?: never
      readonly cookie?: {
        /** @description The same, for a token without an actor, at clients that take cookies. */
        readonly auth0_session_transfer_token?: string
        /** @description The session. Its name is undocumented. */
        readonly auth0?: string
      }
    }
    readonly requestBody?: never
    readonly responses: {
      /** @description A login page. A session transfer token that is not accepted ends here too, without an error. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown
        }
        content: {
          readonly 'text/html': string
        }
      }
      /**
       * @description To `redirect_uri` with `code` and `state`, or with `error`: `interaction_required` when the session would
       *     need a second factor or consent of a user for whom somebody acts, or an organization; `login_required` or
       *     `consent_required` for `prompt=none` without a session or consent.
       */
      readonly 302: {
        headers: {
          /** @description The redirect URI with its answer. */
          readonly Location?: string
          /** @description The session, when one opens: `HttpOnly`, over https `Secure` and `SameSite=None`. That of a delegated session ends with the browser, and in any case after two hours. */
          readonly 'Set-Cookie'?: string
          readonly [name: string]: unknown
        }
        content?: never
      }
      /** @description A page that says why nothing can start, such as a session that is open already when one is delegated. */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown
        }
        content: {
          readonly 'text/html': string
        }
      }
      readonly 405: components['responses']['MethodNotAllowed']
    }
  }
  readonly logOut: {
    readonly parameters: {
      readonly query?: {
        /** @description An ID token of the session's user. It may have expired. */
        readonly id_token_hint?: components['parameters']['IdTokenHint']
        /** @description Accepted, and not looked at. */
        readonly logout_hint?: components['parameters']['LogoutHint']
        /** @description One of the allowed logout URLs of the client or the tenant. */
        readonly post_logout_redirect_uri?: components['parameters']['PostLogoutRedirectUri']
        /** @description The application. Without another URL, the first of its logout URLs is where the browser goes. */
        readonly client_id?: components['parameters']['LogoutClient']
        /** @description Comes back unchanged. */
        readonly state?: components['parameters']['LogoutState']
        /** @description Accepted, and not looked at. */
        readonly federated?: components['parameters']['Federated']
      }
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly requestBody?: never
    readonly responses: {
      readonly 200: components['responses']['LogoutPage']
      readonly 302: components['responses']['LoggedOut']
      readonly 400: components['responses']['LogoutRefused']
      readonly 405: components['responses']['MethodNotAllowed']
    }
  }
  readonly logOutByForm: {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly requestBody: {
      readonly content: {
        readonly 'application/x-www-form-urlencoded': {
          readonly id_token_hint?: string
          readonly post_logout_redirect_uri?: string
          readonly client_id?: string
          readonly state?: string
          /** @description The emulator's own, from the page that asks first. */
          readonly confirm?: string
        }
      }
    }
    readonly responses: {
      readonly 200: components['responses']['LogoutPage']
      readonly 302: components['responses']['LoggedOut']
      readonly 400: components['responses']['LogoutRefused']
      readonly 405: components['responses']['MethodNotAllowed']
    }
  }
  readonly logOutOfSession: {
    readonly parameters: {
      readonly query?: {
        /** @description The application. Without another URL, the first of its logout URLs is where the browser goes. */
        readonly client_id?: components['parameters']['LogoutClient']
        /** @description One of the allowed logout URLs of the client or the tenant. */
        readonly returnTo?: string
        /** @description Accepted, and not looked at. */
        readonly federated?: components['parameters']['Federated']
      }
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly requestBody?: never
    readonly responses: {
      readonly 200: components['responses']['LogoutPage']
      readonly 302: components['responses']['LoggedOut']
      readonly 400: components['responses']['LogoutRefused']
      readonly 405: components['responses']['MethodNotAllowed']
    }
  }
  readonly getUserInfo: {
    readonly parameters: {
      readonly query?: never
      readonly header?: {
        /** @description A proof of possession (RFC 9449, section 4). */
        readonly DPoP?: components['parameters']['DpopProof']
      }
      readonly path?: never
      readonly cookie?: never
    }
    readonly requestBody?: never
    readonly responses: {
      /** @description The claims that the token's scopes open. */
      readonly 200: {
        headers: {
          readonly 'X-RateLimit-Limit': components['headers']['RateLimitLimit']
          readonly 'X-RateLimit-Remaining': components['headers']['RateLimitRemaining']
          readonly 'X-RateLimit-Reset': components['headers']['RateLimitReset']
          readonly [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "sub": "auth0|alice",
           *       "name": "Alice",
           *       "act": {
           *         "sub": "auth0|bob"
           *       }
           *     }
           */
          readonly 'application/json': components['schemas']['UserInfo']
        }
      }
      /** @description The token is missing, expired or without `openid` (RFC 6750, section 3). */
      readonly 401: {
        headers: {
          /** @description The challenge. */
          readonly 'WWW-Authenticate'?: string
          readonly [name: string]: unknown
        }
        content: {
          readonly 'application/json': components['schemas']['OAuthError']
        }
      }
      readonly 405: components['responses']['MethodNotAllowed']
      /** @description Rate limited. */
      readonly 429: {
        headers: {
          /** @description Seconds to wait. */
          readonly 'Retry-After'?: string
          readonly 'X-RateLimit-Limit': components['headers']['RateLimitLimit']
          readonly 'X-RateLimit-Remaining': components['headers']['RateLimitRemaining']
          readonly 'X-RateLimit-Reset': components['headers']['RateLimitReset']
          readonly [name: string]: unknown
        }
        content: {
          readonly 'application/json': components['schemas']['OAuthError']
        }
      }
    }
  }
  readonly getServerMetadata: {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly requestBody?: never
    readonly responses: {
      /** @description The metadata. `issuer` is what the client was configured with. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "issuer": "https://tenant.example.com/",
           *       "token_endpoint": "https://tenant.example.com/oauth/token",
           *       "jwks_uri": "https://tenant.example.com/.well-known/jwks.json",
           *       "response_types_supported": [
           *         "code"
           *       ],
           *       "subject_types_supported": [
           *         "public"
           *       ],
           *       "id_token_signing_alg_values_supported": [
           *         "RS256"
           *       ],
           *       "token_endpoint_auth_methods_supported": [
           *         "client_secret_basic",
           *         "client_secret_post"
           *       ]
           *     }
           */
          readonly 'application/json': components['schemas']['ServerMetadata']
        }
      }
      readonly 404: components['responses']['NotFound']
      readonly 405: components['responses']['MethodNotAllowed']
    }
  }
  readonly getAuthorizationServerMetadata: {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly requestBody?: never
    readonly responses: {
      /** @description The metadata of `/.well-known/openid-configuration`. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown
        }
        content: {
          readonly 'application/json': components['schemas']['ServerMetadata']
        }
      }
      readonly 404: components['responses']['NotFound']
      readonly 405: components['responses']['MethodNotAllowed']
    }
  }
  readonly getJsonWebKeySet: {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly requestBody?: never
    readonly responses: {
      /** @description The public keys. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "keys": [
           *         {
           *           "kty": "RSA",
           *           "kid": "example-1",
           *           "use": "sig",
           *           "alg": "RS256",
           *           "n": "AQAB",
           *           "e": "AQAB"
           *         }
           *       ]
           *     }
           */
          readonly 'application/json': components['schemas']['JsonWebKeySet']
        }
      }
      readonly 404: components['responses']['NotFound']
      readonly 405: components['responses']['MethodNotAllowed']
    }
  }
}
type WithRequired<T, K extends keyof T> = T & {
  [P in K]-?: T[P]
}
