// Generated from spec/ by `npm run generate`. Do not edit.

export type paths = Record<string, never>
export type webhooks = Record<string, never>
export interface components {
  schemas: {
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
    readonly AdapterRequestMessage: {
      /** @constant */
      readonly v: 1
      readonly id: number
      readonly request: components['schemas']['AdapterRequest']
    }
    readonly AdapterHelloMessage: {
      /** @constant */
      readonly v: 1
      readonly id: number
      readonly hello: components['schemas']['Hello']
    }
    readonly AdapterObservationMessage: {
      /** @constant */
      readonly v: 1
      readonly id: number
      readonly observation: components['schemas']['Observation']
    }
    readonly AdapterRequest:
      | components['schemas']['HelloRequest']
      | components['schemas']['ExchangeRequest']
      | components['schemas']['OnBehalfOfRequest']
      | components['schemas']['SessionTransferRequest']
      | components['schemas']['RedirectRequest']
      | components['schemas']['SessionRequest']
      | components['schemas']['ActRequest']
    readonly HelloRequest: {
      /** @constant */
      readonly op: 'hello'
    }
    /** @description Exchange a token. */
    readonly ExchangeRequest: {
      /** @constant */
      readonly op: 'exchange'
      readonly target: components['schemas']['ExchangeTarget']
      readonly client: components['schemas']['ExchangeClient']
      readonly input: components['schemas']['ExchangeInput']
    }
    readonly ExchangeTarget: {
      /** @description The issuer's URL, with its closing slash. Metadata is below it. */
      readonly issuer: string
      /** @description A PEM file with the authority to trust, when the issuer is at https in another process. SSL_CERT_FILE, REQUESTS_CA_BUNDLE and NODE_EXTRA_CA_CERTS name it too. */
      readonly ca_file?: string
    }
    /** @description Who the SDK is at the authorization server. */
    readonly ExchangeClient: {
      readonly id: string
      /** @description Empty when the method needs none. */
      readonly secret: string
      /**
       * @description The method to use. Only methods that the hello names are asked for.
       * @enum {unknown}
       */
      readonly authentication: 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt' | 'none'
      /** @description For private_key_jwt: a P-256 key for ES256, as PKCS #8 in PEM. */
      readonly private_key?: string
      /** @description How long the SDK may wait for an answer. Only for an SDK whose hello claims `timeout`. */
      readonly timeout_ms?: number
    }
    /** @description What the application gives to the SDK, under the wire names of its typed options. */
    readonly ExchangeInput: {
      readonly subject_token: string
      readonly subject_token_type: string
      readonly actor_token?: string
      readonly actor_token_type?: string
      readonly audience?: string
      readonly scope?: string
      readonly organization?: string
      readonly requested_token_type?: string
      /** @description Pairs, so that the order, `__proto__` and names that differ in case survive. */
      readonly extra?: readonly components['schemas']['ExtraEntry'][]
    }
    readonly ExtraEntry: readonly [string, string | readonly string[]]
    /** @description Read the act claim of a verified token. */
    readonly ActRequest: {
      /** @enum {unknown} */
      readonly op: 'current_actor' | 'delegation_chain'
      /** @description The claims as JSON text, so that depth and `__proto__` survive. The adapter parses it. */
      readonly claims: string
    }
    /** @description Exchange the access token of an incoming request for one of another API. */
    readonly OnBehalfOfRequest: {
      /** @constant */
      readonly op: 'on_behalf_of'
      readonly target: components['schemas']['ExchangeTarget']
      readonly client: components['schemas']['ExchangeClient']
      readonly input: components['schemas']['OnBehalfOfInput']
    }
    readonly OnBehalfOfInput: {
      /** @description It counts as verified by the application. */
      readonly access_token: string
      readonly audience: string
      readonly scope?: string
    }
    /** @description Ask for a session transfer token. The audience is the SDK's to choose. */
    readonly SessionTransferRequest: {
      /** @constant */
      readonly op: 'session_transfer'
      readonly target: components['schemas']['ExchangeTarget']
      readonly client: components['schemas']['ExchangeClient']
      readonly input: components['schemas']['SessionTransferInput']
    }
    readonly SessionTransferInput: {
      readonly subject_token: string
      readonly subject_token_type: string
      readonly actor_token?: string
      readonly actor_token_type?: string
      readonly scope?: string
      readonly organization?: string
    }
    /** @description Build the URL that hands a session transfer token to a login page. The value is the URL. */
    readonly RedirectRequest: {
      /** @constant */
      readonly op: 'session_transfer_redirect'
      readonly input: components['schemas']['RedirectInput']
    }
    readonly RedirectInput: {
      readonly target_login_url: string
      readonly session_transfer_token: string
      readonly organization?: string
    }
    /** @description Sign users in and out of a web application. Every request begins without any session. */
    readonly SessionRequest: {
      /** @constant */
      readonly op: 'session'
      readonly target: components['schemas']['ExchangeTarget']
      readonly client: components['schemas']['ExchangeClient']
      readonly input: components['schemas']['SessionInput']
    }
    readonly SessionInput: {
      /** @description Done in order, one after the other. */
      readonly steps: readonly components['schemas']['SessionStep'][]
    }
    readonly SessionStep: {
      /**
       * @description Login: exchange a token and sign its user in. User: do nothing. Logout: sign the user out.
       * @enum {unknown}
       */
      readonly do: 'login' | 'user' | 'logout'
      /** @description Whose cookies, or whose place in a store, the step has. What a step leaves there is there in the next step of the same browser. */
      readonly browser: string
      /** @description Only of a login. */
      readonly exchange?: components['schemas']['ExchangeInput']
    }
    readonly Hello: {
      readonly sdk: components['schemas']['SdkIdentity']
      readonly capabilities: components['schemas']['Capabilities']
      /** @description How many requests an adapter in another process works on at the same time. Default 1. */
      readonly concurrency?: number
    }
    readonly SdkIdentity: {
      readonly name: string
      readonly version: string
      readonly language: string
    }
    /** @description What the SDK offers. What is left out is unsupported; of that, and of what is false, the adapter must answer `unsupported` when it is asked. */
    readonly Capabilities: {
      /**
       * @description Typed: every part of an exchange is an option. Generic: a grant function that sends the parameters it is given.
       * @enum {unknown}
       */
      readonly exchange: 'typed' | 'generic'
      /** @description The parameters that a generic function sets from options of its own. */
      readonly owns?: readonly string[]
      /** @description Further parameters can be given. */
      readonly extra: components['schemas']['Claim']
      /**
       * @description How an actor token is given.
       * @enum {unknown}
       */
      readonly actor: 'typed' | 'untyped' | 'none'
      readonly current_actor: components['schemas']['Claim']
      readonly delegation_chain: components['schemas']['Claim']
      readonly on_behalf_of?: components['schemas']['Claim']
      readonly session_transfer?: components['schemas']['Claim']
      readonly session_transfer_redirect?: components['schemas']['Claim']
      /** @description A login by custom token exchange, the user of its session, and a logout. */
      readonly session?: components['schemas']['Claim']
      /** @description The organization of an exchange is an option. */
      readonly organization?: components['schemas']['Claim']
      /** @description The result of an exchange says who acts. */
      readonly result_act?: components['schemas']['Claim']
      /** @description An error of the SDK has the server's `error` code. */
      readonly oauth_error?: components['schemas']['Claim']
      /** @description The application can say how long to wait. */
      readonly timeout?: components['schemas']['Claim']
      /** @description The methods that the SDK offers. Default: client_secret_post alone. */
      readonly client_authentication?: readonly (
        'client_secret_post' | 'client_secret_basic' | 'private_key_jwt' | 'none'
      )[]
    }
    /** @description Supported, unsupported, or not applicable to such an SDK, with the reason. */
    readonly Claim:
      | boolean
      | {
          /** @description Why not. */
          readonly not_applicable: string
        }
    readonly Observation:
      | components['schemas']['TokensObservation']
      | components['schemas']['ValueObservation']
      | components['schemas']['SessionObservation']
      | components['schemas']['RejectedObservation']
      | components['schemas']['UnsupportedObservation']
      | components['schemas']['AdapterErrorObservation']
    /** @description The SDK gave tokens. What its result does not have is left out; a session transfer token stands in access_token. */
    readonly TokensObservation: {
      /** @constant */
      readonly outcome: 'tokens'
      readonly tokens: {
        readonly access_token: string
        readonly token_type?: string
        readonly issued_token_type?: string
        /** @description In seconds. Null for what is there and is no number, such as NaN. */
        readonly expires_in?: number | null
        readonly scope?: string
        readonly id_token?: string
        readonly refresh_token?: string
        /** @description In seconds since the epoch. Null for what is there and is no number, such as NaN or an invalid date. */
        readonly expires_at?: number | null
        /** @description Who acts, by the result of the SDK. */
        readonly act?: {
          readonly [key: string]: unknown
        }
      }
    }
    /** @description A helper answered: the current actor or null, the chain, or a URL. */
    readonly ValueObservation: {
      /** @constant */
      readonly outcome: 'value'
      readonly value: null | string | readonly string[]
    }
    /** @description What was seen after each step of a session request. */
    readonly SessionObservation: {
      /** @constant */
      readonly outcome: 'session'
      readonly steps: readonly components['schemas']['SeenSession'][]
    }
    readonly SeenSession: {
      /** @description Who is signed in, in the browser of the step, by a call of the SDK after it; or null. */
      readonly user: null | {
        readonly sub: string
        readonly act?: {
          readonly [key: string]: unknown
        }
      }
      /** @description What the browser holds of the session, such as its cookies, where the SDK decides that. */
      readonly held?: string
      /** @description What the step itself gave, if it was an error. */
      readonly error?: components['schemas']['SdkError']
    }
    /** @description The SDK gave an error. */
    readonly RejectedObservation: {
      /** @constant */
      readonly outcome: 'rejected'
      readonly error: components['schemas']['SdkError']
    }
    /** @description What the application sees of an error. A cause is left out. */
    readonly SdkError: {
      readonly class: string
      readonly code?: string
      readonly message: string
      /** @description The stack as text, with the message, when the language has one. */
      readonly stack?: string
      /** @description The `error` code that the server sent, where the SDK gives it. */
      readonly oauth_error?: string
    }
    /** @description The SDK has no way to do this. */
    readonly UnsupportedObservation: {
      /** @constant */
      readonly outcome: 'unsupported'
      readonly capability: string
    }
    /** @description The adapter itself failed. This never counts for or against the SDK. */
    readonly AdapterErrorObservation: {
      /** @constant */
      readonly outcome: 'adapter_error'
      readonly message: string
    }
    /**
     * AdapterMessage
     * @description What the runner and an adapter say to each other. An adapter never sees the name of a case, an expectation or a seed.
     */
    readonly AdapterMessage:
      | components['schemas']['AdapterRequestMessage']
      | components['schemas']['AdapterHelloMessage']
      | components['schemas']['AdapterObservationMessage']
    /** @description One known finding. It explains no other reason and no other requirement. */
    readonly BaselineEntry: {
      /** @description The id of a requirement. */
      readonly requirement: string
      /** @description The code of the reason. */
      readonly reason: string
      /** @description Where the SDK's authors speak of it. */
      readonly issue?: string
      /** @description Why it is not fixed. */
      readonly note?: string
      /** @description The last day on which the entry counts, in UTC. */
      readonly until: string
      /**
       * @description The finding comes and goes: the entry explains a flaky one, and may be missing from a run.
       * @constant
       */
      readonly flaky?: true
    }
    /**
     * Baseline
     * @description The findings that are known of one SDK, each with why it is there and until when. YAML or JSON.
     */
    readonly Baseline: {
      /** @constant */
      readonly schema: 1
      /** @description The name of the SDK in reports. */
      readonly sdk: string
      readonly entries: readonly components['schemas']['BaselineEntry'][]
    }
    /**
     * ProfileFile
     * @description Which requirements count as of a date. A profile is never changed once its date has come, so that a new rule fails nobody in hindsight.
     */
    readonly ProfileFile: {
      readonly profile: string
      /** @description The date, as YYYY-MM-DD. */
      readonly frozen: string
      readonly required: readonly string[]
      readonly not_scored?: readonly {
        readonly id: string
        readonly reason: string
      }[]
    }
    readonly SdkReport: {
      readonly name: string
      /**
       * @description Faulty: the suite or the adapter failed, and nothing is said of the SDK. Interrupted: only some of its checks ran.
       * @enum {unknown}
       */
      readonly status: 'conforms' | 'findings' | 'skipped' | 'faulty' | 'interrupted'
      /** @description Why it was skipped. */
      readonly reason?: string
      readonly version?: string
      readonly language?: string
      /** @description Cases that were judged, without those of shrinking. */
      readonly cases: number
      readonly areas: readonly components['schemas']['AreaResult'][]
      readonly requirements: readonly components['schemas']['RequirementResult'][]
      readonly findings: readonly components['schemas']['Finding'][]
      readonly faults: readonly components['schemas']['Fault'][]
      readonly baseline?: components['schemas']['BaselineResult']
    }
    /** @description How many requirements of an area passed, failed and do not apply. */
    readonly AreaResult: {
      readonly area: string
      readonly passed: number
      readonly failed: number
      readonly not_applicable: number
    }
    readonly RequirementResult: {
      readonly id: string
      readonly area: string
      /** @enum {unknown} */
      readonly level: 'MUST' | 'SHOULD' | 'VENDOR'
      /** @enum {unknown} */
      readonly status: 'passed' | 'failed' | 'not_applicable'
      /** @description Why it does not apply. */
      readonly reason?: string
      readonly passed: number
      readonly failed: number
      readonly unscored: number
    }
    /** @description One way in which an SDK fails a requirement, with the smallest input that shows it. */
    readonly Finding: {
      readonly requirement: string
      readonly area: string
      /** @enum {unknown} */
      readonly level: 'MUST' | 'SHOULD' | 'VENDOR'
      readonly reason: string
      /**
       * @description Whether the smallest input failed again each of three times, each with a new authorization server. Unconfirmed: the run was interrupted before.
       * @enum {unknown}
       */
      readonly status: 'confirmed' | 'flaky' | 'unconfirmed'
      readonly known?: components['schemas']['KnownFinding']
      /** @description The reason in words. */
      readonly text: string
      readonly detail?: string
      /** @description Cases that failed in this way. */
      readonly count: number
      readonly check: {
        /** @enum {unknown} */
        readonly kind: 'vector' | 'property'
        readonly id: string
      }
      /** @description The input of an exchange, the JSON text of claims, or how to make it. A long text is held as `{ repeat, times }`, or as `{ start, length }` when the replay token is the only way to make it. */
      readonly input: unknown
      /** @description The fields of each exchange request, in order; null when the body was not a form. */
      readonly sent: readonly (null | readonly (readonly string[])[])[]
      /** @description Each exchange request with the bytes that differ from those that the typed options call for. */
      readonly requests: readonly components['schemas']['MarkedRequest'][]
      readonly answers: readonly components['schemas']['Answer'][]
      /** @description The replay token: sdk/check:seed:path. */
      readonly replay: string
      /** @description The command of the adapter that a replay needs, when the suite does not know the SDK by name. */
      readonly adapter?: string
      /** @description The deadline for a reply of the adapter's process that a replay needs, when the run set one. */
      readonly deadline_ms?: number
      /**
       * @description The run served the adapter's process over http, and so must a replay.
       * @constant
       */
      readonly http?: true
    }
    /** @description What the baseline says of it. */
    readonly KnownFinding: {
      readonly issue?: string
      readonly note?: string
      readonly until: string
    }
    /** @description The body of a request to the token endpoint, as it went out. Secrets and tokens stand in brackets. */
    readonly MarkedRequest: {
      readonly body: readonly {
        readonly text: string
        /** @constant */
        readonly differs?: true
      }[]
      /** @description The fields that the typed options call for and that were not sent, as name=value. */
      readonly missing: readonly string[]
    }
    /** @description How the findings compare with a baseline. It depends on the day of the run, too. */
    readonly BaselineResult: {
      readonly file: string
      /** @description Findings that the baseline explains. */
      readonly known: number
      readonly problems: readonly {
        /** @enum {unknown} */
        readonly kind: 'stale' | 'dead' | 'expired' | 'unfilled'
        readonly requirement: string
        readonly reason: string
        readonly line: number
        readonly text: string
      }[]
    }
    /** @description What the SDK answered. Tokens are left out. */
    readonly Answer: {
      /** @enum {unknown} */
      readonly op:
        | 'exchange'
        | 'on_behalf_of'
        | 'session_transfer'
        | 'session_transfer_redirect'
        | 'session'
        | 'current_actor'
        | 'delegation_chain'
      readonly outcome: string
      readonly class?: string
      readonly code?: string
      readonly message?: string
      /** @description The value as JSON text, cut when it is long. */
      readonly value?: string
    }
    readonly Fault: {
      readonly check: string
      readonly message: string
    }
    /**
     * Report
     * @description What one run of the conformance suite found. Equal seeds give equal reports, but for `environment`.
     */
    readonly Report: {
      /** @constant */
      readonly schema: 1
      /** @description The version of the suite. */
      readonly suite: string
      readonly seed: number
      /** @description Cases that each property generated. */
      readonly runs: number
      /** @description Every check ran on every SDK that is not skipped, without a fault of the suite. */
      readonly complete: boolean
      /** @description Why the report is not complete. Left out when it is. */
      readonly incomplete?: readonly string[]
      readonly sdks: readonly components['schemas']['SdkReport'][]
      /** @description The one section that differs from run to run. */
      readonly environment: {
        readonly started_at: string
        readonly duration_ms: number
        readonly node: string
        readonly platform: string
      }
    }
    /**
     * RequirementFile
     * @description The requirements of one area of the conformance suite.
     */
    readonly RequirementFile: {
      readonly area: string
      readonly requirements: readonly {
        readonly id: string
        /**
         * @description MUST quotes an RFC or is a plain security property; VENDOR is a vendor's habit.
         * @enum {unknown}
         */
        readonly level: 'MUST' | 'SHOULD' | 'VENDOR'
        /** @description The rule, as one sentence about the SDK. */
        readonly title: string
        /**
         * @description What the SDK must offer for the rule to apply.
         * @enum {unknown}
         */
        readonly capability:
          | 'exchange'
          | 'typed-exchange'
          | 'typed-extra'
          | 'extra'
          | 'actor'
          | 'organization'
          | 'result-act'
          | 'oauth-error'
          | 'timeout'
          | 'secret-post'
          | 'secret-basic'
          | 'private-key-jwt'
          | 'public-client'
          | 'on-behalf-of'
          | 'session-transfer'
          | 'session-transfer-redirect'
          | 'current-actor'
          | 'delegation-chain'
          | 'any-act-helper'
          | 'both-act-helpers'
          | 'session'
          | 'process'
          | 'tls'
        readonly source: {
          readonly document: string
          readonly section?: string
          readonly url?: string
          /** @description The sentence that the rule follows, word for word. */
          readonly quote: string
        }
        readonly note?: string
        /** @description Why no check exists. */
        readonly excluded?: string
      }[]
    }
    /** @description The function that decides: an export of a module. */
    readonly ActionReference: {
      /** @description The module's file, from the folder of the file that names it. */
      readonly module: string
      /** @description The name of the export. Default `default`. */
      readonly export?: string
    }
    /** @description Which Action decides about subject tokens of a type. */
    readonly TokenExchangeProfileEntry: {
      /** @description For people. */
      readonly name?: string
      /** @description The type, as a URI. */
      readonly subjectTokenType: string
      readonly action: components['schemas']['ActionReference']
      /** @description What the Action finds in `event.secrets`. */
      readonly secrets?: {
        readonly [key: string]: string
      }
    }
    /** @description An application. */
    readonly ClientEntry: {
      /** @description Its identifier. */
      readonly clientId: string
      /** @description For people. */
      readonly name?: string
      /** @description Its secret. */
      readonly clientSecret?: string
      /** @description For `private_key_jwt`: the public keys that may sign the client's assertions. */
      readonly publicKeys?: readonly components['schemas']['PublicKeyEntry'][]
      /** @description For `tls_client_auth` and `self_signed_tls_client_auth`: SHA-256 thumbprints of the client's certificates, in base64url. */
      readonly certificateThumbprints?: readonly string[]
      /**
       * @description Without it: every method that the client has a credential for, or `none`.
       * @enum {unknown}
       */
      readonly tokenEndpointAuthMethod?:
        | 'none'
        | 'client_secret_post'
        | 'client_secret_basic'
        | 'private_key_jwt'
        | 'tls_client_auth'
        | 'self_signed_tls_client_auth'
      /** @description The grant types that the client may use. Without it, all. */
      readonly grantTypes?: readonly string[]
      /** @description The exchanges that the client may make. */
      readonly tokenExchange?: {
        /** @description Custom exchanges, those on behalf of users, or both. */
        readonly allowAnyProfileOfType: readonly ('custom_authentication' | 'on_behalf_of_token_exchange')[]
      }
      /** @description The API that this client is. */
      readonly resourceServerIdentifier?: string
      /** @description Where an authorization code may go. */
      readonly callbacks?: readonly string[]
      /** @description Where the application takes a session transfer. */
      readonly initiateLoginUri?: string
      /** @description Where a logout of this client may lead. */
      readonly allowedLogoutUrls?: readonly string[]
      /** @description Whether `auth0-forwarded-for` counts. Default false. */
      readonly isTokenEndpointIpHeaderTrusted?: boolean
      /** @description Whether the application is the tenant's own. Default true. */
      readonly isFirstParty?: boolean
      /** @description Whether the application follows OpenID Connect. Default true. */
      readonly oidcConformant?: boolean
      /**
       * @description Whether a request may name an organization. Default `allow`.
       * @enum {unknown}
       */
      readonly organizationUsage?: 'allow' | 'require' | 'deny'
      /** @description The names of the connections whose users may sign in. Without it, all. */
      readonly connections?: readonly string[]
      /** @description Whether every token of a user needs a DPoP proof. Default false. */
      readonly requireProofOfPossession?: boolean
      /** @description What Actions find in `event.client.metadata`. */
      readonly metadata?: {
        readonly [key: string]: string
      }
      readonly sessionTransfer?: components['schemas']['SessionTransferEntry']
    }
    /** @description Who asks for session transfer tokens, and who takes them. */
    readonly SessionTransferEntry: {
      /** @description Whether the client may get session transfer tokens. Default false. */
      readonly canCreateSessionTransferToken?: boolean
      /** @description Whether a token with an actor opens a session at this client. Default false. */
      readonly allowDelegatedAccess?: boolean
      /** @description How the token may come to `/authorize`. Default none. */
      readonly allowedAuthenticationMethods?: readonly ('cookie' | 'query')[]
      /**
       * @description Whether tokens without an actor open sessions at this client from the same address alone. Default `ip`.
       * @enum {unknown}
       */
      readonly enforceDeviceBinding?: 'ip' | 'none'
      /** @description Whether a session from a token without an actor may lead to a refresh token. Default false. */
      readonly allowRefreshToken?: boolean
    }
    /** @description A public key (RFC 7517). */
    readonly PublicKeyEntry: {
      readonly kty: string
    } & {
      readonly [key: string]: unknown
    }
    /** @description An API that tokens are issued for. */
    readonly ApiEntry: {
      /** @description Its audience. */
      readonly identifier: string
      /** @description Its scopes. */
      readonly scopes?: readonly string[]
      /** @description Lifetime of an access token, in seconds. Default 86400. */
      readonly tokenLifetimeSeconds?: number
      /** @description Whether `offline_access` may be granted. Default false. */
      readonly allowOfflineAccess?: boolean
      /**
       * @description The access token's shape. Default `access_token`.
       * @enum {unknown}
       */
      readonly tokenDialect?: 'access_token' | 'access_token_authz' | 'rfc9068_profile' | 'rfc9068_profile_authz'
      /** @description Whether the user need not consent. Default true. */
      readonly skipConsent?: boolean
      readonly proofOfPossession?: components['schemas']['ProofOfPossessionEntry']
      /** @description Whether every confidential client gets tokens of its own, without a grant. Default false. */
      readonly allowClientCredentials?: boolean
      /** @description Which clients get tokens. */
      readonly subjectTypeAuthorization?: {
        /** @description Tokens of users. */
        readonly user?: {
          /**
           * @description Default `allow_all`.
           * @enum {unknown}
           */
          readonly policy?: 'allow_all' | 'require_client_grant' | 'deny_all'
        }
      }
    }
    /** @description How access tokens are bound to a key. Without it, they are not. */
    readonly ProofOfPossessionEntry: {
      /**
       * @description With `dpop`, to that of the request's proof.
       * @enum {unknown}
       */
      readonly mechanism: 'dpop' | 'none'
      /** @description Whether a request without a proof is refused. Default false. */
      readonly required?: boolean
      /**
       * @description Whose requests. Default `all_clients`.
       * @enum {unknown}
       */
      readonly requiredFor?: 'all_clients' | 'public_clients'
    }
    /** @description The scopes that a client may have at an API. */
    readonly ClientGrantEntry: {
      /** @description The client. */
      readonly clientId: string
      /** @description The API's identifier. */
      readonly audience: string
      /** @description The scopes. */
      readonly scope: readonly string[]
      /**
       * @description On behalf of users, or for itself. Default `user`.
       * @enum {unknown}
       */
      readonly subjectType?: 'user' | 'client'
    }
    /** @description A user. */
    readonly UserEntry: {
      /** @description Its identifier, such as `auth0|alice`. */
      readonly userId: string
      /** @description Default `Username-Password-Authentication`. */
      readonly connection?: string
      /** @description Email address. */
      readonly email?: string
      /** @description Whether the email address is verified. Default false. */
      readonly emailVerified?: boolean
      /** @description Phone number. */
      readonly phoneNumber?: string
      /** @description Whether the phone number is verified. Default false. */
      readonly phoneVerified?: boolean
      /** @description User name. */
      readonly username?: string
      /** @description Full name. */
      readonly name?: string
      /** @description First name. */
      readonly givenName?: string
      /** @description Last name. */
      readonly familyName?: string
      /** @description Short name. */
      readonly nickname?: string
      /** @description URL of a picture. */
      readonly picture?: string
      /** @description Whether nothing is issued for the user. Default false. */
      readonly blocked?: boolean
      /** @description Whether a second factor is needed. Default false. */
      readonly mfaRequired?: boolean
      /** @description The one-time password that counts. Default `123456`. */
      readonly otp?: string
      /** @description An object that Actions read and write. */
      readonly appMetadata?: {
        readonly [key: string]: unknown
      }
      /** @description An object that Actions read and write. */
      readonly userMetadata?: {
        readonly [key: string]: unknown
      }
      /** @description The access tokens that Token Vault has of the user, by connection. */
      readonly connectionTokens?: {
        readonly [key: string]: components['schemas']['ConnectionTokenEntry']
      }
      /** @description The scopes that the user may have, by API identifier. */
      readonly permissions?: {
        readonly [key: string]: readonly string[]
      }
    }
    /** @description An access token that a connection gave to a user. */
    readonly ConnectionTokenEntry: {
      /** @description The token. */
      readonly accessToken: string
      /** @description Its lifetime. */
      readonly expiresInSeconds: number
      /** @description Its scopes. */
      readonly scope: string
      /** @description The user's account at the connection. */
      readonly loginHint?: string
    }
    /** @description An organization. */
    readonly OrganizationEntry: {
      /** @description Its identifier. */
      readonly id: string
      /** @description Its name. */
      readonly name?: string
      /** @description The name that people read. Default `name`. */
      readonly displayName?: string
      /** @description What Actions find in `event.organization.metadata`. */
      readonly metadata?: {
        readonly [key: string]: string
      }
      /** @description User IDs. Without it, every user is a member. */
      readonly members?: readonly string[]
      /** @description Without it, users of every connection may be members. */
      readonly enabledConnections?: readonly components['schemas']['EnabledConnectionEntry'][]
    }
    /** @description A connection whose users an organization takes. */
    readonly EnabledConnectionEntry: {
      /** @description Its name. */
      readonly connection: string
      /** @description Whether who comes through `setUserByConnection` becomes a member. Default false. */
      readonly assignMembershipOnLogin?: boolean
    }
    /** @description A source of users. */
    readonly ConnectionEntry: {
      /** @description Its name. */
      readonly name: string
      /** @description Whether users are imported from a custom database, which an exchange does not support. Default false. */
      readonly importMode?: boolean
    }
    /** @description What is known about an address. */
    readonly GeoIpEntry: {
      /** @description City. */
      readonly cityName?: string
      /** @description Continent. */
      readonly continentCode?: string
      /** @description Country, in two letters. */
      readonly countryCode?: string
      /** @description Country, in three letters. */
      readonly countryCode3?: string
      /** @description Country. */
      readonly countryName?: string
      /** @description In degrees. */
      readonly latitude?: number
      /** @description In degrees. */
      readonly longitude?: number
      /** @description Subdivision. */
      readonly subdivisionCode?: string
      /** @description Subdivision. */
      readonly subdivisionName?: string
      /** @description Time zone. */
      readonly timeZone?: string
    }
    /**
     * TenantFile
     * @description A tenant of the emulator. Names are those of the vendor's flags in camelCase. In a module an Action is a function.
     */
    readonly TenantFile: {
      /** @description What Actions see as `event.tenant.id`. Without it, the issuer's host. */
      readonly name?: string
      /** @description The applications. */
      readonly clients: readonly components['schemas']['ClientEntry'][]
      /** @description The APIs. */
      readonly apis: readonly components['schemas']['ApiEntry'][]
      /** @description The users. */
      readonly users: readonly components['schemas']['UserEntry'][]
      /** @description What each client may ask for. */
      readonly clientGrants?: readonly components['schemas']['ClientGrantEntry'][]
      /** @description The types of subject tokens, each with its Action. */
      readonly tokenExchangeProfiles?: readonly components['schemas']['TokenExchangeProfileEntry'][]
      /** @description The organizations. */
      readonly organizations?: readonly components['schemas']['OrganizationEntry'][]
      /** @description Where users come from. Without it, every name is a connection. */
      readonly connections?: readonly components['schemas']['ConnectionEntry'][]
      /** @description The API that a custom exchange without `audience` and `resource` is for. */
      readonly defaultAudience?: string
      /** @description Hosts that name the tenant in the audience of a session transfer. */
      readonly customDomains?: readonly string[]
      /** @description Where a logout that names no client may lead. */
      readonly allowedLogoutUrls?: readonly string[]
      /** @description What Actions are told about addresses, by address. */
      readonly geoip?: {
        readonly [key: string]: components['schemas']['GeoIpEntry']
      }
      /** @description Whether refused session transfers get codes of their own. Default false. */
      readonly machineReadableSttErrors?: boolean
      /** @description Whether every DPoP proof at the token endpoint needs a nonce. Default false. */
      readonly requireDpopNonce?: boolean
      /** @description Token requests, and requests for user info. */
      readonly rateLimit?: {
        /** @description How many are answered in a row, and refilled per second. */
        readonly requestsPerSecond: number
      }
      /** @description Whether an address is blocked after ten subject tokens that an Action rejected. Default true. */
      readonly suspiciousIpThrottling?: boolean
      /** @description Addresses that are never blocked. */
      readonly suspiciousIpAllowlist?: readonly string[]
      /** @description Whether reserved token types are refused as documented. Default false. */
      readonly strictTokenTypes?: boolean
      /** @description Whether a subject token with four actors is refused. Default false. */
      readonly strictObo4?: boolean
      /** @description Whether a session transfer to a loopback callback is refused. Default false. */
      readonly strictLocalhost?: boolean
    }
    /** @description A call that goes over the wire. `input` has the wire names of the typed options. */
    readonly CallVector: {
      readonly id: string
      /** @description What the vector shows, as one sentence. */
      readonly note: string
      readonly flags?: components['schemas']['VectorFlags']
      /** @description The rules that an SDK with every capability passes here. */
      readonly requirements: readonly string[]
      /**
       * @description What an SDK that keeps every rule does. Sent: one request, and tokens. Rejected: an error of its own before any request. Failed: one request, and then an error of its own. Without it, a result and an error both pass.
       * @enum {unknown}
       */
      readonly expect?: 'sent' | 'rejected' | 'failed'
      /**
       * @description Which call. Default: exchange.
       * @enum {unknown}
       */
      readonly op?: 'exchange' | 'on_behalf_of' | 'session_transfer'
      /**
       * @description The SDK is pointed at a server whose certificate is of an authority that nobody trusts, or for another host. Only for an exchange, over https.
       * @enum {unknown}
       */
      readonly server?: 'unknown-authority' | 'other-host'
      readonly client?: components['schemas']['VectorClient']
      readonly input: components['schemas']['VectorExchangeInput'] | components['schemas']['VectorOnBehalfOfInput']
      /** @description What the token endpoint answers: one reply for each request, and the last repeats. Default: a success with a token of the type that the call is for. */
      readonly respond?: readonly components['schemas']['VectorReply'][]
    }
    /** @description Several calls that are compared with each other. */
    readonly SequenceVector: {
      readonly id: string
      /** @description What the vector shows, as one sentence. */
      readonly note: string
      readonly flags?: components['schemas']['VectorFlags']
      /** @description The rules that an SDK with every capability passes here. */
      readonly requirements: readonly string[]
      /**
       * @description Same input: the same call again. Further extra: the second call has one more extra parameter, the last. Other order: the same extra parameters in another order. Other call: calls for which different tokens are issued.
       * @enum {unknown}
       */
      readonly relation: 'same-input' | 'further-extra' | 'other-order' | 'other-call'
      /**
       * @description The calls are made at the same time.
       * @constant
       */
      readonly concurrent?: true
      readonly client?: components['schemas']['VectorClient']
      readonly steps: readonly {
        /**
         * @description Which call. Default: exchange.
         * @enum {unknown}
         */
        readonly op?: 'exchange' | 'on_behalf_of' | 'session_transfer'
        readonly input: components['schemas']['VectorExchangeInput'] | components['schemas']['VectorOnBehalfOfInput']
      }[]
      /** @description What the token endpoint answers: one reply for each request, and the last repeats. Default: a success with a token of the type that the call is for. */
      readonly respond?: readonly components['schemas']['VectorReply'][]
    }
    /** @description A redirect that hands a session transfer token over. */
    readonly RedirectVector: {
      readonly id: string
      /** @description What the vector shows, as one sentence. */
      readonly note: string
      readonly flags?: components['schemas']['VectorFlags']
      /** @description The rules that an SDK with every capability passes here. */
      readonly requirements: readonly string[]
      /**
       * @description A URL, or an error of the SDK's own.
       * @enum {unknown}
       */
      readonly expect: 'answered' | 'rejected'
      readonly redirect: {
        readonly target_login_url: string
        readonly session_transfer_token: string
        readonly organization?: string
      }
    }
    /** @description Logins and logouts in browsers, one after the other. Each login gets one reply. */
    readonly SessionVector: {
      readonly id: string
      /** @description What the vector shows, as one sentence. */
      readonly note: string
      readonly flags?: components['schemas']['VectorFlags']
      /** @description The rules that an SDK with every capability passes here. */
      readonly requirements: readonly string[]
      readonly client?: components['schemas']['VectorClient']
      readonly session: readonly {
        /**
         * @description User: look who is signed in.
         * @enum {unknown}
         */
        readonly do: 'login' | 'user' | 'logout'
        readonly browser: string
        readonly exchange?: components['schemas']['VectorExchangeInput']
      }[]
      /** @description What the token endpoint answers: one reply for each login. */
      readonly respond: readonly components['schemas']['VectorReply'][]
    }
    /** @description The claims of a token, and those of the token that one more actor got for it. */
    readonly ReExchangeVector: {
      readonly id: string
      /** @description What the vector shows, as one sentence. */
      readonly note: string
      readonly flags?: components['schemas']['VectorFlags']
      /** @description The rules that an SDK with every capability passes here. */
      readonly requirements: readonly string[]
      readonly claims: {
        readonly [key: string]: unknown
      }
      readonly next: {
        readonly [key: string]: unknown
      }
      readonly actor: string
    }
    /** @description Who asks. What is missing is as in every other case: the client web-app with client_secret_post. */
    readonly VectorClient: {
      /** @enum {unknown} */
      readonly authentication?: 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt' | 'none'
      readonly id?: string
      readonly secret?: string
      /** @description How long the SDK may wait. */
      readonly timeout_ms?: number
    }
    /** @description One answer, as data. */
    readonly VectorReply: {
      readonly status: number
      /** @description Default with `json`: the content-type application/json. */
      readonly headers?: readonly (readonly [string, string])[]
      /** @description The body is this value as JSON text. */
      readonly json?: unknown
      /** @description The body as text. */
      readonly body?: string
      /** @description The body where its bytes matter. */
      readonly body_base64?: string
      /** @description The connection breaks after so many bytes of the body. */
      readonly truncate_after?: number
      /** @description The answer comes after so many milliseconds. */
      readonly delay_ms?: number
      /** @description The body comes so many milliseconds after the headers. */
      readonly body_delay_ms?: number
      /**
       * @description The connection breaks before any answer.
       * @constant
       */
      readonly reset?: true
    }
    readonly VectorOnBehalfOfInput: {
      readonly access_token: string
      readonly audience: string
      readonly scope?: string
    }
    readonly VectorExchangeInput: {
      readonly subject_token: string
      readonly subject_token_type: string
      readonly actor_token?: string
      readonly actor_token_type?: string
      readonly audience?: string
      readonly scope?: string
      readonly organization?: string
      readonly requested_token_type?: string
      readonly extra?: readonly components['schemas']['VectorExtraEntry'][]
    }
    readonly VectorExtraEntry: readonly [string, string | readonly string[]]
    /** @description The claims of a verified token, and the truth about their act claim. */
    readonly ActVector: {
      readonly id: string
      /** @description What the vector shows, as one sentence. */
      readonly note: string
      readonly flags?: components['schemas']['VectorFlags']
      /** @description The rules that an SDK with every capability passes here. */
      readonly requirements: readonly string[]
      /** @description The claims. Instead of them, `actors` may stand. */
      readonly claims?: {
        readonly [key: string]: unknown
      }
      /** @description The claims are a chain of so many nodes: `actor-1` is the outermost. `chain` is then empty. */
      readonly actors?: number
      /** @description The nodes from the outermost inwards, to the innermost or to one that is not an object. */
      readonly chain: readonly (
        | {
            readonly sub: string
          }
        | {
            /** @description What is wrong with the node. */
            readonly malformed: string
          }
      )[]
      /**
       * @description How the innermost node ends. Default: absent.
       * @enum {unknown}
       */
      readonly end?: 'absent' | 'null'
      /** @description Names in the claims that are nobody's. */
      readonly decoys?: readonly string[]
    }
    readonly VectorFlags: readonly (
      | 'alias'
      | 'array'
      | 'blank'
      | 'case'
      | 'control'
      | 'empty'
      | 'encoding'
      | 'long'
      | 'null'
      | 'plain'
      | 'prototype'
      | 'punctuation'
      | 'sequence'
      | 'unicode'
    )[]
    /**
     * VectorFile
     * @description Static cases of one area. They can be read and used without this project's runner. Wherever `{{name}}` stands in a body, the signed token of that name is meant: spec/signed-tokens.json.
     */
    readonly VectorFile: {
      readonly area: string
      readonly vectors: readonly (
        | components['schemas']['CallVector']
        | components['schemas']['SequenceVector']
        | components['schemas']['RedirectVector']
        | components['schemas']['SessionVector']
        | components['schemas']['ActVector']
        | components['schemas']['ReExchangeVector']
      )[]
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type ActClaim = components['schemas']['ActClaim']
export type ActorInput = components['schemas']['ActorInput']
export type AdapterRequestMessage = components['schemas']['AdapterRequestMessage']
export type AdapterHelloMessage = components['schemas']['AdapterHelloMessage']
export type AdapterObservationMessage = components['schemas']['AdapterObservationMessage']
export type AdapterRequest = components['schemas']['AdapterRequest']
export type HelloRequest = components['schemas']['HelloRequest']
export type ExchangeRequest = components['schemas']['ExchangeRequest']
export type ExchangeTarget = components['schemas']['ExchangeTarget']
export type ExchangeClient = components['schemas']['ExchangeClient']
export type ExchangeInput = components['schemas']['ExchangeInput']
export type ExtraEntry = components['schemas']['ExtraEntry']
export type ActRequest = components['schemas']['ActRequest']
export type OnBehalfOfRequest = components['schemas']['OnBehalfOfRequest']
export type OnBehalfOfInput = components['schemas']['OnBehalfOfInput']
export type SessionTransferRequest = components['schemas']['SessionTransferRequest']
export type SessionTransferInput = components['schemas']['SessionTransferInput']
export type RedirectRequest = components['schemas']['RedirectRequest']
export type RedirectInput = components['schemas']['RedirectInput']
export type SessionRequest = components['schemas']['SessionRequest']
export type SessionInput = components['schemas']['SessionInput']
export type SessionStep = components['schemas']['SessionStep']
export type Hello = components['schemas']['Hello']
export type SdkIdentity = components['schemas']['SdkIdentity']
export type Capabilities = components['schemas']['Capabilities']
export type Claim = components['schemas']['Claim']
export type Observation = components['schemas']['Observation']
export type TokensObservation = components['schemas']['TokensObservation']
export type ValueObservation = components['schemas']['ValueObservation']
export type SessionObservation = components['schemas']['SessionObservation']
export type SeenSession = components['schemas']['SeenSession']
export type RejectedObservation = components['schemas']['RejectedObservation']
export type SdkError = components['schemas']['SdkError']
export type UnsupportedObservation = components['schemas']['UnsupportedObservation']
export type AdapterErrorObservation = components['schemas']['AdapterErrorObservation']
export type AdapterMessage = components['schemas']['AdapterMessage']
export type BaselineEntry = components['schemas']['BaselineEntry']
export type Baseline = components['schemas']['Baseline']
export type ProfileFile = components['schemas']['ProfileFile']
export type SdkReport = components['schemas']['SdkReport']
export type AreaResult = components['schemas']['AreaResult']
export type RequirementResult = components['schemas']['RequirementResult']
export type Finding = components['schemas']['Finding']
export type KnownFinding = components['schemas']['KnownFinding']
export type MarkedRequest = components['schemas']['MarkedRequest']
export type BaselineResult = components['schemas']['BaselineResult']
export type Answer = components['schemas']['Answer']
export type Fault = components['schemas']['Fault']
export type Report = components['schemas']['Report']
export type RequirementFile = components['schemas']['RequirementFile']
export type ActionReference = components['schemas']['ActionReference']
export type TokenExchangeProfileEntry = components['schemas']['TokenExchangeProfileEntry']
export type ClientEntry = components['schemas']['ClientEntry']
export type SessionTransferEntry = components['schemas']['SessionTransferEntry']
export type PublicKeyEntry = components['schemas']['PublicKeyEntry']
export type ApiEntry = components['schemas']['ApiEntry']
export type ProofOfPossessionEntry = components['schemas']['ProofOfPossessionEntry']
export type ClientGrantEntry = components['schemas']['ClientGrantEntry']
export type UserEntry = components['schemas']['UserEntry']
export type ConnectionTokenEntry = components['schemas']['ConnectionTokenEntry']
export type OrganizationEntry = components['schemas']['OrganizationEntry']
export type EnabledConnectionEntry = components['schemas']['EnabledConnectionEntry']
export type ConnectionEntry = components['schemas']['ConnectionEntry']
export type GeoIpEntry = components['schemas']['GeoIpEntry']
export type TenantFile = components['schemas']['TenantFile']
export type CallVector = components['schemas']['CallVector']
export type SequenceVector = components['schemas']['SequenceVector']
export type RedirectVector = components['schemas']['RedirectVector']
export type SessionVector = components['schemas']['SessionVector']
export type ReExchangeVector = components['schemas']['ReExchangeVector']
export type VectorClient = components['schemas']['VectorClient']
export type VectorReply = components['schemas']['VectorReply']
export type VectorOnBehalfOfInput = components['schemas']['VectorOnBehalfOfInput']
export type VectorExchangeInput = components['schemas']['VectorExchangeInput']
export type VectorExtraEntry = components['schemas']['VectorExtraEntry']
export type ActVector = components['schemas']['ActVector']
export type VectorFlags = components['schemas']['VectorFlags']
export type VectorFile = components['schemas']['VectorFile']
export type $defs = Record<string, never>
export type operations = Record<string, never>
