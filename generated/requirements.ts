// Generated from spec/ by `npm run generate`. Do not edit.

import type { ProfileFile, RequirementFile } from './schemas.js'

/** The id of a row. */
export type RequirementId =
  | 'current-actor-is-outermost'
  | 'valid-act-is-read'
  | 'no-act-no-actor'
  | 'no-act-empty-chain'
  | 'null-act-helpers-agree'
  | 'malformed-outermost-refused'
  | 'malformed-node-refused'
  | 'chain-newest-first'
  | 'chain-head-is-current-actor'
  | 'long-chain-does-not-crash'
  | 'prototype-is-not-an-actor'
  | 're-exchange-keeps-chain'
  | 'result-act-read'
  | 'result-act-claims-checked'
  | 'at-jwt-not-read'
  | 'access-token-not-read'
  | 'actor-token-has-type'
  | 'actor-type-has-token'
  | 'unpaired-actor-refused'
  | 'actor-pair-arrives'
  | 'blank-actor-refused'
  | 'one-authentication-method'
  | 'credentials-not-in-url'
  | 'secret-post-arrives'
  | 'secret-basic-arrives'
  | 'assertion-names-the-client'
  | 'assertion-audience-is-the-server'
  | 'assertion-used-once'
  | 'public-client-names-itself'
  | 'oauth-error-is-an-error'
  | 'oauth-error-code-kept'
  | 'foreign-answer-is-an-error'
  | 'no-secret-in-message'
  | 'no-secret-in-stack'
  | 'no-secret-in-url'
  | 'no-secret-printed'
  | 'adapter-says-hello'
  | 'adapter-answers-in-time'
  | 'adapter-stays-alive'
  | 'stdout-holds-messages-only'
  | 'one-reply-for-each-request'
  | 'nothing-sent-after-the-reply'
  | 'adapter-ends-with-stdin'
  | 'credentials-stay-at-origin'
  | 'server-certificate-checked'
  | 'broken-answer-is-an-error'
  | 'too-many-attempts-not-repeated'
  | 'timeout-kept'
  | 'obo-token-types'
  | 'obo-parameters-arrive'
  | 'obo-result-is-narrow'
  | 'obo-not-applicable-refused'
  | 'organization-arrives'
  | 'blank-organization-refused'
  | 'organization-claim-checked'
  | 'no-repeated-parameter'
  | 'core-extra-never-overrides'
  | 'extra-never-overrides'
  | 'protected-extra-never-sent'
  | 'protected-extra-not-dropped-silently'
  | 'case-variant-refused'
  | 'alias-refused'
  | 'malformed-name-refused'
  | 'extra-arrives-unchanged'
  | 'array-extra-repeats'
  | 'array-extra-limit'
  | 'request-is-a-post'
  | 'request-is-a-form'
  | 'grant-type-is-token-exchange'
  | 'typed-options-arrive'
  | 'same-input-same-request'
  | 'unrelated-extra-changes-nothing'
  | 'extra-order-changes-nothing'
  | 'redirect-carries-token'
  | 'redirect-keeps-target'
  | 'redirect-carries-organization'
  | 'redirect-unsafe-target-refused'
  | 'issued-token-given'
  | 'unknown-members-ignored'
  | 'media-type-in-any-spelling'
  | 'lifetime-not-invented'
  | 'lifetime-kept'
  | 'granted-scope-kept'
  | 'malformed-success-refused'
  | 'error-member-refused'
  | 'only-success-gives-tokens'
  | 'no-token-of-another-call'
  | 'stt-needs-actor'
  | 'stt-audience'
  | 'stt-other-type-refused'
  | 'stt-not-applicable-accepted'
  | 'stt-not-shared'
  | 'login-signs-user-in'
  | 'login-act-persists'
  | 'login-id-token-checked'
  | 'login-organization-checked'
  | 'session-of-its-browser'
  | 'login-changes-session-id'
  | 'logout-ends-session'
  | 'stt-not-in-session'
  | 'subject-arrives'
  | 'blank-subject-refused'
  | 'padded-subject-refused'
  | 'prefixed-subject-refused'

/** An area of the suite. */
export type Area =
  | 'act-parsing'
  | 'actor-pairing'
  | 'client-authentication'
  | 'errors'
  | 'leaks'
  | 'lifecycle'
  | 'network'
  | 'on-behalf-of'
  | 'organization'
  | 'protected-parameters'
  | 'redirect-builder'
  | 'responses'
  | 'session-transfer'
  | 'sessions'
  | 'token-hygiene'

/** A rule of the suite, with its source. */
export type Requirement = RequirementFile['requirements'][number] & { readonly id: RequirementId; readonly area: Area }

/** The rows of spec/requirements/. */
export const REQUIREMENTS: readonly Requirement[] = [
  {
    area: 'act-parsing',
    id: 'current-actor-is-outermost',
    level: 'MUST',
    capability: 'current-actor',
    title: 'The current actor is the sub of the outermost act, and no other.',
    source: {
      document: 'RFC 8693',
      section: '4.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-4.1',
      quote:
        'For the purpose of applying access control policy, the consumer of a token MUST only consider the token\'s top-level claims and the party identified as the current actor by the "act" claim. Prior actors identified by any nested "act" claims are informational only and are not to be considered in access control decisions.',
    },
    note: 'A helper that refuses because of an inner node is not judged.',
  },
  {
    area: 'act-parsing',
    id: 'valid-act-is-read',
    level: 'VENDOR',
    capability: 'any-act-helper',
    title: 'A valid act claim of up to five actors gives an answer.',
    source: {
      document: 'auth0-api-python, get_current_actor',
      url: 'https://github.com/auth0/auth0-api-python',
      quote: 'Return the current actor from the outermost `act.sub`, if present.',
    },
    note: 'Five is the most that the vendor issues, so a lower limit would refuse its tokens. A null inside is not judged.',
  },
  {
    area: 'act-parsing',
    id: 'no-act-no-actor',
    level: 'VENDOR',
    capability: 'current-actor',
    title: 'Without an act claim there is no current actor.',
    source: {
      document: 'auth0-api-python, get_current_actor',
      url: 'https://github.com/auth0/auth0-api-python',
      quote: 'Return the current actor from the outermost `act.sub`, if present.',
    },
    note: 'For `act` null, no actor and an error both pass.',
  },
  {
    area: 'act-parsing',
    id: 'no-act-empty-chain',
    level: 'VENDOR',
    capability: 'delegation-chain',
    title: 'Without an act claim the delegation chain is empty.',
    source: {
      document: 'auth0-api-python, get_delegation_chain',
      url: 'https://github.com/auth0/auth0-api-python',
      quote: 'Return the delegation chain from newest actor to oldest actor.',
    },
    note: 'For `act` null, an empty chain and an error both pass.',
  },
  {
    area: 'act-parsing',
    id: 'null-act-helpers-agree',
    level: 'VENDOR',
    capability: 'both-act-helpers',
    title: 'The two helpers read a null act claim in the same way.',
    source: {
      document: 'auth0-api-python, get_delegation_chain',
      url: 'https://github.com/auth0/auth0-api-python',
      quote: 'The first entry is the current actor (outermost `act.sub`).',
    },
  },
  {
    area: 'act-parsing',
    id: 'malformed-outermost-refused',
    level: 'VENDOR',
    capability: 'current-actor',
    title: 'An outermost act that is not an object with a non-blank string sub is an error.',
    source: {
      document: 'auth0-api-python, get_current_actor',
      url: 'https://github.com/auth0/auth0-api-python',
      quote: 'Invalid act claim',
    },
    note: 'The helper is never judged on inner nodes. Blank means ASCII whitespace.',
  },
  {
    area: 'act-parsing',
    id: 'malformed-node-refused',
    level: 'VENDOR',
    capability: 'delegation-chain',
    title: 'A delegation chain with a malformed node, at any depth, is an error.',
    source: {
      document: 'auth0-api-python, get_delegation_chain',
      url: 'https://github.com/auth0/auth0-api-python',
      quote: 'Invalid act claim',
    },
    note: 'A null inner act is the end of the chain or an error; both pass.',
  },
  {
    area: 'act-parsing',
    id: 'chain-newest-first',
    level: 'SHOULD',
    capability: 'delegation-chain',
    title: 'The delegation chain names every actor, from the newest to the oldest.',
    source: {
      document: 'RFC 8693',
      section: '4.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-4.1',
      quote:
        'The outermost "act" claim represents the current actor while nested "act" claims represent prior actors. The least recent actor is the most deeply nested.',
    },
    note: 'A limit on the length is legal; a shortened or reordered answer is not.',
  },
  {
    area: 'act-parsing',
    id: 'chain-head-is-current-actor',
    level: 'VENDOR',
    capability: 'both-act-helpers',
    title: 'The first entry of the delegation chain is the current actor.',
    source: {
      document: 'auth0-api-python, get_delegation_chain',
      url: 'https://github.com/auth0/auth0-api-python',
      quote: 'The first entry is the current actor (outermost `act.sub`).',
    },
  },
  {
    area: 'act-parsing',
    id: 'long-chain-does-not-crash',
    level: 'VENDOR',
    capability: 'any-act-helper',
    title: 'A long chain gives an answer or an error of the SDK, and no stack overflow.',
    source: {
      document: 'RFC 8693',
      section: '4.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-4.1',
      quote: 'A chain of delegation can be expressed by nesting one "act" claim within another.',
    },
    note: 'The RFC sets no limit.',
  },
  {
    area: 'act-parsing',
    id: 'prototype-is-not-an-actor',
    level: 'VENDOR',
    capability: 'any-act-helper',
    title: 'A member with the name of a prototype property never names an actor.',
    source: {
      document: 'RFC 8693',
      section: '4.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-4.1',
      quote:
        'The "act" claim value is a JSON object, and members in the JSON object are claims that identify the actor.',
    },
    note: 'A member `__proto__` of the JSON text is a member like any other.',
  },
  {
    area: 'act-parsing',
    id: 're-exchange-keeps-chain',
    level: 'SHOULD',
    capability: 'delegation-chain',
    title: 'One more actor around a chain adds one entry and changes no other.',
    source: {
      document: 'RFC 8693',
      section: '4.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-4.1',
      quote: 'A chain of delegation can be expressed by nesting one "act" claim within another.',
    },
    note: 'A limit on the length is legal.',
  },
  {
    area: 'act-parsing',
    id: 'result-act-read',
    level: 'VENDOR',
    capability: 'result-act',
    title: 'The actor on a result is the one in the ID token.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '3',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote: 'The actor claim is surfaced on the response. It may nest for delegation chains.',
    },
    note: 'A result without an actor is not scored: an SDK may leave an ID token alone that it cannot verify.',
  },
  {
    area: 'act-parsing',
    id: 'result-act-claims-checked',
    level: 'MUST',
    capability: 'result-act',
    title:
      'The actor on a result never comes from an ID token of another issuer or for another client, or one that has expired, or one that lacks iss, aud or exp.',
    source: {
      document: 'OpenID Connect Core 1.0',
      section: '3.1.3.7',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation',
      quote:
        'The Issuer Identifier for the OpenID Provider (which is typically obtained during Discovery) MUST exactly match the value of the iss (issuer) Claim.',
    },
    note: 'The same section requires aud and exp to be checked: "The current time MUST be before the time represented by the exp Claim." A claim that is not there keeps none of it. Section 2 requires iat and sub too, of the server alone. The signature is not scored, since the token came over TLS.',
  },
  {
    area: 'act-parsing',
    id: 'at-jwt-not-read',
    level: 'MUST',
    capability: 'result-act',
    title: 'The actor on a result never comes from an access token of the type at+jwt.',
    source: {
      document: 'RFC 9068',
      section: '6',
      url: 'https://www.rfc-editor.org/rfc/rfc9068#section-6',
      quote: 'The client MUST NOT inspect the content of the access token',
    },
  },
  {
    area: 'act-parsing',
    id: 'access-token-not-read',
    level: 'VENDOR',
    capability: 'result-act',
    title: 'The actor on a result never comes from an access token of another type.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '3',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote: 'response.act is read from the ID token.',
    },
  },
  {
    area: 'actor-pairing',
    id: 'actor-token-has-type',
    level: 'MUST',
    capability: 'actor',
    title: 'An actor_token is never sent without an actor_token_type.',
    source: {
      document: 'RFC 8693',
      section: '2.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.1',
      quote:
        'This is REQUIRED when the "actor_token" parameter is present in the request but MUST NOT be included otherwise.',
    },
    note: 'For an API with typed actor options. A generic grant function sends what it is given, and so does a bag of extra parameters: the rules on protected names judge those. A value that is empty counts as omitted (RFC 6749, section 3.2).',
  },
  {
    area: 'actor-pairing',
    id: 'actor-type-has-token',
    level: 'MUST',
    capability: 'actor',
    title: 'An actor_token_type is never sent without an actor_token.',
    source: {
      document: 'RFC 8693',
      section: '2.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.1',
      quote:
        'This is REQUIRED when the "actor_token" parameter is present in the request but MUST NOT be included otherwise.',
    },
    note: 'As for actor-token-has-type.',
  },
  {
    area: 'actor-pairing',
    id: 'unpaired-actor-refused',
    level: 'VENDOR',
    capability: 'actor',
    title: 'Half an actor pair is an error, and is neither dropped nor completed.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '6',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote: 'MISSING_ACTOR_TOKEN_TYPE: actor_token provided without actor_token_type',
    },
    note: 'Half a pair that reaches the wire is judged by the two rules above. A default type for the actor of a session transfer, which SDKs document, is not scored.',
  },
  {
    area: 'actor-pairing',
    id: 'actor-pair-arrives',
    level: 'SHOULD',
    capability: 'actor',
    title: 'An actor token and its type arrive as they were given.',
    source: {
      document: 'RFC 8693',
      section: '2.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.1',
      quote: 'A security token that represents the identity of the acting party.',
    },
    note: 'To refuse a token whose type says that it is a JWT, and which is none, passes; so does to refuse the actor of a session transfer that is no ID token.',
  },
  {
    area: 'actor-pairing',
    id: 'blank-actor-refused',
    level: 'VENDOR',
    capability: 'actor',
    title: 'A blank actor token or actor token type is an error.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '6',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote: 'INVALID_TOKEN_FORMAT: Token is empty, whitespace-only, or has "Bearer " prefix',
    },
    note: 'Judged on ASCII whitespace alone.',
  },
  {
    area: 'client-authentication',
    id: 'one-authentication-method',
    level: 'MUST',
    capability: 'exchange',
    title: 'A request uses one method of client authentication.',
    source: {
      document: 'RFC 6749',
      section: '2.3',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-2.3',
      quote: 'The client MUST NOT use more than one authentication method in each request.',
    },
    note: 'client_id beside an Authorization header is legal.',
  },
  {
    area: 'client-authentication',
    id: 'credentials-not-in-url',
    level: 'MUST',
    capability: 'exchange',
    title: 'Client credentials never stand in a URL.',
    source: {
      document: 'RFC 6749',
      section: '2.3.1',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1',
      quote: 'The parameters can only be transmitted in the request-body and MUST NOT be included in the request URI.',
    },
  },
  {
    area: 'client-authentication',
    id: 'secret-post-arrives',
    level: 'SHOULD',
    capability: 'secret-post',
    title: 'With client_secret_post the id and the secret arrive as they were given.',
    source: {
      document: 'RFC 6749',
      section: '2.3.1',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1',
      quote:
        'Alternatively, the authorization server MAY support including the client credentials in the request-body using the following parameters',
    },
    note: 'Compared decoded.',
  },
  {
    area: 'client-authentication',
    id: 'secret-basic-arrives',
    level: 'SHOULD',
    capability: 'secret-basic',
    title: 'With client_secret_basic the id and the secret are form-encoded before they are joined.',
    source: {
      document: 'RFC 6749',
      section: '2.3.1',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1',
      quote:
        'The client identifier is encoded using the "application/x-www-form-urlencoded" encoding algorithm per Appendix B, and the encoded value is used as the username; the client password is encoded using the same algorithm and used as the password.',
    },
    note: 'Compared decoded. A client_id beside it is the same.',
  },
  {
    area: 'client-authentication',
    id: 'assertion-names-the-client',
    level: 'MUST',
    capability: 'private-key-jwt',
    title: 'With private_key_jwt the assertion is signed by the client, about the client, and ends.',
    source: {
      document: 'RFC 7523',
      section: '3',
      url: 'https://www.rfc-editor.org/rfc/rfc7523#section-3',
      quote: 'For client authentication, the subject MUST be the "client_id" of the OAuth client.',
    },
    note: 'The same section requires iss and exp. RFC 7521, section 4.2, has a client_id beside it name the same client.',
  },
  {
    area: 'client-authentication',
    id: 'assertion-audience-is-the-server',
    level: 'MUST',
    capability: 'private-key-jwt',
    title: 'The audience of a client assertion is the authorization server.',
    source: {
      document: 'RFC 7523',
      section: '3',
      url: 'https://www.rfc-editor.org/rfc/rfc7523#section-3',
      quote:
        'The JWT MUST contain an "aud" (audience) claim containing a value that identifies the authorization server as an intended audience.',
    },
    note: 'The issuer, with or without its closing slash, and the token endpoint pass.',
  },
  {
    area: 'client-authentication',
    id: 'assertion-used-once',
    level: 'VENDOR',
    capability: 'private-key-jwt',
    title: 'Each request has a client assertion of its own.',
    source: {
      document: 'Auth0, Authenticate with Private Key JWT',
      url: 'https://auth0.com/docs/get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt',
      quote: 'The client assertion is a one-time use token, and we recommend the shortest possible expiry time.',
    },
    note: 'Two with one jti are the same to the server.',
  },
  {
    area: 'client-authentication',
    id: 'public-client-names-itself',
    level: 'VENDOR',
    capability: 'public-client',
    title: 'A public client sends its client_id, and no credentials.',
    source: {
      document: 'Auth0, Call your API using the Custom Token Exchange flow',
      url: 'https://auth0.com/docs/get-started/authentication-and-authorization-flow/token-exchange-flow/call-your-api-using-the-custom-token-exchange-flow',
      quote: 'The client ID of the application you are using for the Token Exchange.',
    },
  },
  {
    area: 'errors',
    id: 'oauth-error-is-an-error',
    level: 'SHOULD',
    capability: 'exchange',
    title: 'A refusal of the server is an error.',
    source: {
      document: 'RFC 8693',
      section: '2.2.2',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.2.2',
      quote:
        'If the request itself is not valid or if either the "subject_token" or "actor_token" are invalid for any reason, or are unacceptable based on policy, the authorization server MUST construct an error response, as specified in Section 5.2 of [RFC6749].',
    },
    note: 'The sentence binds the server.',
  },
  {
    area: 'errors',
    id: 'oauth-error-code-kept',
    level: 'VENDOR',
    capability: 'oauth-error',
    title: 'An error of the SDK has the error code of the server.',
    source: {
      document: 'auth0-server-python, pull request 126',
      url: 'https://github.com/auth0/auth0-server-python/pull/126',
      quote: 'server-side cases; surfaced via the raw server error/error_description',
    },
    note: 'Judged on a status in the four hundreds.',
  },
  {
    area: 'errors',
    id: 'foreign-answer-is-an-error',
    level: 'VENDOR',
    capability: 'exchange',
    title: 'An answer that is not JSON is an error of the SDK, and not of its language.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '6',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote: 'INVALID_RESPONSE: Auth0 returned a non-JSON response',
    },
  },
  {
    area: 'leaks',
    id: 'no-secret-in-message',
    level: 'MUST',
    capability: 'exchange',
    title: 'The message of an error has no token and no secret that the SDK was given.',
    source: {
      document: 'RFC 6749',
      section: '10.3',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.3',
      quote:
        'Access token credentials (as well as any confidential access token attributes) MUST be kept confidential in transit and storage, and only shared among the authorization server, the resource servers the access token is valid for, and the client to whom the access token is issued.',
    },
    note: 'A plain security property, of what the application gave and of client assertions. The text of an answer, tokens in it, and a cause are not scored.',
  },
  {
    area: 'leaks',
    id: 'no-secret-in-stack',
    level: 'MUST',
    capability: 'exchange',
    title: 'The stack of an error has no token and no secret that the SDK was given.',
    source: {
      document: 'RFC 6749',
      section: '10.3',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.3',
      quote:
        'Access token credentials (as well as any confidential access token attributes) MUST be kept confidential in transit and storage, and only shared among the authorization server, the resource servers the access token is valid for, and the client to whom the access token is issued.',
    },
    note: 'As for no-secret-in-message.',
  },
  {
    area: 'leaks',
    id: 'no-secret-in-url',
    level: 'MUST',
    capability: 'exchange',
    title: 'No token stands in the URL of a request.',
    source: {
      document: 'RFC 6749',
      section: '10.3',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.3',
      quote:
        'Access token credentials (as well as any confidential access token attributes) MUST be kept confidential in transit and storage, and only shared among the authorization server, the resource servers the access token is valid for, and the client to whom the access token is issued.',
    },
    note: 'A plain security property: URLs get into logs.',
  },
  {
    area: 'leaks',
    id: 'no-secret-printed',
    level: 'MUST',
    capability: 'exchange',
    title: 'The SDK writes no token and no secret to standard output or error.',
    source: {
      document: 'RFC 6749',
      section: '10.3',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.3',
      quote:
        'Access token credentials (as well as any confidential access token attributes) MUST be kept confidential in transit and storage, and only shared among the authorization server, the resource servers the access token is valid for, and the client to whom the access token is issued.',
    },
    note: 'A plain security property, as for no-secret-in-message. Known for an SDK in a process of its own.',
  },
  {
    area: 'lifecycle',
    id: 'adapter-says-hello',
    level: 'VENDOR',
    capability: 'process',
    title: 'The process starts, and answers the hello in time.',
    source: {
      document: 'onbehalf, adapter protocol',
      section: 'The rules',
      quote: 'The first request is the hello. Answer it within 30 seconds.',
    },
    note: "The rules of this area are those of the suite's own protocol, for adapters in processes of their own. They say nothing of an RFC. What breaks them is counted so that no adapter passes by dying.",
  },
  {
    area: 'lifecycle',
    id: 'adapter-answers-in-time',
    level: 'VENDOR',
    capability: 'process',
    title: 'Every request is answered before its deadline.',
    source: {
      document: 'onbehalf, adapter protocol',
      section: 'The rules',
      quote: 'Answer every request before the deadline, which is 5 seconds unless the run says otherwise.',
    },
    note: 'Counted for the case that hangs alone.',
  },
  {
    area: 'lifecycle',
    id: 'adapter-stays-alive',
    level: 'VENDOR',
    capability: 'process',
    title: 'The process lives until its standard input ends.',
    source: {
      document: 'onbehalf, adapter protocol',
      section: 'The rules',
      quote: 'Live until standard input ends. An exit before that is a failure, whatever its code.',
    },
    note: 'Counted for the case that ends the process alone.',
  },
  {
    area: 'lifecycle',
    id: 'stdout-holds-messages-only',
    level: 'VENDOR',
    capability: 'process',
    title: 'Standard output holds messages of the protocol and nothing else.',
    source: {
      document: 'onbehalf, adapter protocol',
      section: 'The rules',
      quote: 'Standard output is for messages alone. Everything else goes to standard error.',
    },
  },
  {
    area: 'lifecycle',
    id: 'one-reply-for-each-request',
    level: 'VENDOR',
    capability: 'process',
    title: 'Every request gets one reply with its id.',
    source: {
      document: 'onbehalf, adapter protocol',
      section: 'The rules',
      quote: 'Reply once to every request, with its id, in any order.',
    },
  },
  {
    area: 'lifecycle',
    id: 'nothing-sent-after-the-reply',
    level: 'VENDOR',
    capability: 'exchange',
    title: 'No exchange request is sent after the call has ended.',
    source: {
      document: 'onbehalf, adapter protocol',
      section: 'The rules',
      quote: 'Reply when the call has ended. A token request after that is a failure.',
    },
  },
  {
    area: 'lifecycle',
    id: 'adapter-ends-with-stdin',
    level: 'VENDOR',
    capability: 'process',
    title: 'The process ends by itself, with exit code 0, when its standard input ends.',
    source: {
      document: 'onbehalf, adapter protocol',
      section: 'The rules',
      quote: 'When standard input ends, exit with code 0 within 3 seconds.',
    },
  },
  {
    area: 'network',
    id: 'credentials-stay-at-origin',
    level: 'MUST',
    capability: 'exchange',
    title: 'A redirect to another origin gets no credentials and no tokens.',
    source: {
      document: 'RFC 6749',
      section: '10.1',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.1',
      quote: 'Web application clients MUST ensure confidentiality of client passwords and other client credentials.',
    },
    note: 'A plain security property. A redirect within the origin is not scored.',
  },
  {
    area: 'network',
    id: 'server-certificate-checked',
    level: 'MUST',
    capability: 'tls',
    title:
      'A server whose certificate is of an authority that is not trusted, or is for another host, gets no request.',
    source: {
      document: 'RFC 6749',
      section: '10.9',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.9',
      quote:
        "The client MUST validate the authorization server's TLS certificate as defined by [RFC6125] and in accordance with its requirements for server identity authentication.",
    },
    note: 'Judged where the SDK makes the connection itself: in a process of its own, over https. A request for metadata counts too, since it names where the tokens go.',
  },
  {
    area: 'network',
    id: 'broken-answer-is-an-error',
    level: 'VENDOR',
    capability: 'exchange',
    title: 'An answer that breaks off, or never comes, is an error.',
    source: {
      document: 'RFC 9112',
      section: '8',
      url: 'https://www.rfc-editor.org/rfc/rfc9112#section-8',
      quote:
        'A client that receives an incomplete response message, which can occur when a connection is closed prematurely or when decoding a supposedly chunked transfer coding fails, MUST record the message as incomplete.',
    },
    note: 'What a client makes of the record is its own business. Another try passes.',
  },
  {
    area: 'network',
    id: 'too-many-attempts-not-repeated',
    level: 'VENDOR',
    capability: 'exchange',
    title: 'A request that attack protection has refused is not sent again.',
    source: {
      document: 'Auth0, Custom Token Exchange attack protection',
      url: 'https://auth0.com/docs/authenticate/custom-token-exchange/cte-attack-protection',
      quote: 'We have detected suspicious login behavior and further attempts will be blocked.',
    },
    note: 'The error too_many_attempts alone. Another try after any other refusal is not scored.',
  },
  {
    area: 'network',
    id: 'timeout-kept',
    level: 'VENDOR',
    capability: 'timeout',
    title: 'An answer that comes after the timeout is an error.',
    source: {
      document: 'auth0-api-python, ApiClientOptions',
      url: 'https://github.com/auth0/auth0-api-python',
      quote: 'timeout: HTTP timeout in seconds for token endpoint requests (default: 10.0).',
    },
    note: 'An answer is its headers and its body. A timeout of each read counts as one: judged is only an answer, or a body, of which nothing comes for longer.',
  },
  {
    area: 'on-behalf-of',
    id: 'obo-token-types',
    level: 'VENDOR',
    capability: 'on-behalf-of',
    title: 'An on-behalf-of exchange sends an access token and asks for one.',
    source: {
      document: 'auth0-api-python, On Behalf Of Token Exchange',
      url: 'https://github.com/auth0/auth0-api-python',
      quote:
        'The OBO wrapper reuses the existing RFC 8693 exchange support and fixes both token-type parameters to Auth0 access-token exchange.',
    },
  },
  {
    area: 'on-behalf-of',
    id: 'obo-parameters-arrive',
    level: 'VENDOR',
    capability: 'on-behalf-of',
    title: 'The access token, the audience and the scope of an on-behalf-of call arrive as they were given.',
    source: {
      document: 'auth0-api-python, ApiClient.get_token_on_behalf_of',
      url: 'https://github.com/auth0/auth0-api-python',
      quote: 'audience: Target API identifier for the exchanged access token',
    },
    note: 'A refusal is not scored: an SDK may want to read the access token first.',
  },
  {
    area: 'on-behalf-of',
    id: 'obo-result-is-narrow',
    level: 'VENDOR',
    capability: 'on-behalf-of',
    title: 'The result of an on-behalf-of call has no ID token and no refresh token.',
    source: {
      document: 'auth0-api-python, On Behalf Of Token Exchange',
      url: 'https://github.com/auth0/auth0-api-python',
      quote:
        'The OBO result only includes access-token-oriented fields. It does not expose `id_token` or `refresh_token`.',
    },
  },
  {
    area: 'on-behalf-of',
    id: 'obo-not-applicable-refused',
    level: 'VENDOR',
    capability: 'on-behalf-of',
    title: 'An on-behalf-of call does not take a token that is no access token for one.',
    source: {
      document: 'RFC 8693',
      section: '2.2.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.2.1',
      quote:
        'If the issued token is not an access token or usable as an access token, then the "token_type" value "N_A" is used to indicate that an OAuth 2.0 "token_type" identifier is not applicable in that context.',
    },
    note: 'The sentence does not say what a client does with it.',
  },
  {
    area: 'organization',
    id: 'organization-arrives',
    level: 'VENDOR',
    capability: 'organization',
    title: 'An organization arrives as it was given.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '5',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote: 'Specify an organization when exchanging tokens.',
    },
  },
  {
    area: 'organization',
    id: 'blank-organization-refused',
    level: 'VENDOR',
    capability: 'organization',
    title: 'A blank organization is an error before any request.',
    source: {
      document: 'auth0-auth-js, AuthClient.exchangeToken',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote: '{OrganizationValidationError} When `organization` is blank',
    },
    note: 'Judged on ASCII whitespace alone.',
  },
  {
    area: 'organization',
    id: 'organization-claim-checked',
    level: 'VENDOR',
    capability: 'organization',
    title: 'An ID token of another organization than the one that was asked for is an error.',
    source: {
      document: 'auth0-auth-js, AuthClient.exchangeToken',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote: "When `organization` is provided, the returned ID token's organization claim is validated against it",
    },
    note: 'Judged on ids, not on names.',
  },
  {
    area: 'protected-parameters',
    id: 'no-repeated-parameter',
    level: 'MUST',
    capability: 'exchange',
    title: 'A parameter of RFC 6749 or RFC 8693 that may not repeat is sent at most once.',
    source: {
      document: 'RFC 6749',
      section: '3.2',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-3.2',
      quote: 'Request and response parameters MUST NOT be included more than once.',
    },
    note: 'Not audience and resource, which RFC 8693 lets repeat, and not extension parameters. A value that is empty counts as omitted (the same section). A generic grant function is judged on the parameters that it sets itself.',
  },
  {
    area: 'protected-parameters',
    id: 'core-extra-never-overrides',
    level: 'SHOULD',
    capability: 'extra',
    title: 'An extra parameter never takes the place of the grant, the client or the subject.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '4',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote:
        'Critical parameters (grant_type, client_id, subject_token, subject_token_type) cannot be overridden via authorization_params for security reasons.',
    },
    note: "SHOULD since it is a security property: such a parameter would change who asks, or for whom. The sentence is one vendor's, and no RFC says what an SDK makes of it. Throwing and dropping both pass. A name that is sent twice is judged by no-repeated-parameter.",
  },
  {
    area: 'protected-parameters',
    id: 'extra-never-overrides',
    level: 'VENDOR',
    capability: 'extra',
    title: 'An extra parameter never takes the place of any other typed option, and is never added to it.',
    source: {
      document: 'auth0-auth-js, ExchangeProfileOptions.extra',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote: 'Cannot override reserved OAuth parameters.',
    },
    note: 'Throwing and dropping both pass. A name that is sent twice is judged by no-repeated-parameter.',
  },
  {
    area: 'protected-parameters',
    id: 'protected-extra-never-sent',
    level: 'VENDOR',
    capability: 'extra',
    title: 'A protected name never reaches the wire from an extra parameter, even when its typed option is not used.',
    source: {
      document: 'auth0-auth-js, PARAM_DENYLIST',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote:
        'These restrictions ensure that security-critical and routing parameters are always set through explicit, typed API parameters rather than untyped extras.',
    },
    note: "The names are the 21 of auth0-api-python's RESERVED_PARAMS.",
  },
  {
    area: 'protected-parameters',
    id: 'protected-extra-not-dropped-silently',
    level: 'VENDOR',
    capability: 'typed-extra',
    title: 'A protected extra parameter is an error, and is not dropped without a word.',
    source: {
      document: 'auth0-api-python, ApiClient._apply_extra',
      url: 'https://github.com/auth0/auth0-api-python',
      quote: "Parameter '{k}' is reserved and cannot be overridden",
    },
  },
  {
    area: 'protected-parameters',
    id: 'case-variant-refused',
    level: 'VENDOR',
    capability: 'typed-extra',
    title: 'A protected name is protected in every spelling of its letters.',
    source: {
      document: 'auth0-api-python, ApiClient._apply_extra',
      url: 'https://github.com/auth0/auth0-api-python',
      quote: 'Case-insensitive check against reserved params',
    },
    note: 'On the wire names are case-sensitive, so this is a habit and not a rule of an RFC.',
  },
  {
    area: 'protected-parameters',
    id: 'alias-refused',
    level: 'VENDOR',
    capability: 'typed-extra',
    title: 'An alias of a target parameter is protected like the parameter.',
    source: {
      document: 'auth0-auth-js, PARAM_DENYLIST',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote:
        'audience, aud, resource, resources, resource_indicator: Target API parameters must use explicit API parameters to prevent confusion about precedence and ensure correct routing',
    },
  },
  {
    area: 'protected-parameters',
    id: 'malformed-name-refused',
    level: 'VENDOR',
    capability: 'typed-extra',
    title: 'An extra parameter whose name no OAuth parameter can have is not sent.',
    source: {
      document: 'RFC 6749',
      section: '8.2',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-8.2',
      quote:
        'Parameter names MUST conform to the param-name ABNF, and parameter values syntax MUST be well-defined (e.g., using ABNF, or a reference to the syntax of an existing parameter).',
    },
    note: 'The sentence binds those who define parameters, so what an SDK does with such a name is a habit.',
  },
  {
    area: 'protected-parameters',
    id: 'extra-arrives-unchanged',
    level: 'VENDOR',
    capability: 'extra',
    title: 'An unprotected extra parameter arrives unchanged and once.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '4',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote: 'Pass additional parameters to the token endpoint.',
    },
    note: 'An empty value may be left out, since RFC 6749, section 3.2 treats it as omitted. A value with control characters may be refused, and the name __proto__ may be refused or lost.',
  },
  {
    area: 'protected-parameters',
    id: 'array-extra-repeats',
    level: 'VENDOR',
    capability: 'extra',
    title: 'An extra parameter with several values arrives as repeated fields, in order.',
    source: {
      document: 'auth0-api-python, ApiClient._apply_extra',
      url: 'https://github.com/auth0/auth0-api-python',
      quote: 'Additional parameters to append (accepts str or sequences like list/tuple)',
    },
  },
  {
    area: 'protected-parameters',
    id: 'array-extra-limit',
    level: 'VENDOR',
    capability: 'typed-extra',
    title: 'An extra parameter with more than 20 values is refused.',
    source: {
      document: 'auth0-auth-js, ExchangeProfileOptions.extra',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote: 'Array values are limited to 20 items per key to prevent DoS attacks.',
    },
  },
  {
    area: 'protected-parameters',
    id: 'request-is-a-post',
    level: 'MUST',
    capability: 'exchange',
    title: 'A token request uses the method POST.',
    source: {
      document: 'RFC 6749',
      section: '3.2',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-3.2',
      quote: 'The client MUST use the HTTP "POST" method when making access token requests.',
    },
  },
  {
    area: 'protected-parameters',
    id: 'request-is-a-form',
    level: 'SHOULD',
    capability: 'exchange',
    title: 'The parameters of an exchange are a form in the body.',
    source: {
      document: 'RFC 8693',
      section: '2.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.1',
      quote:
        'The following parameters are included in the HTTP request entity-body using the "application/x-www-form-urlencoded" format with a character encoding of UTF-8 as described in Appendix B of [RFC6749].',
    },
    note: 'Every legal encoding passes.',
  },
  {
    area: 'protected-parameters',
    id: 'grant-type-is-token-exchange',
    level: 'MUST',
    capability: 'exchange',
    title: 'The grant type of an exchange is the one of RFC 8693.',
    source: {
      document: 'RFC 8693',
      section: '2.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.1',
      quote:
        'REQUIRED. The value "urn:ietf:params:oauth:grant-type:token-exchange" indicates that a token exchange is being performed.',
    },
  },
  {
    area: 'protected-parameters',
    id: 'typed-options-arrive',
    level: 'SHOULD',
    capability: 'exchange',
    title: 'The audience, the scope and the requested token type arrive as they were given.',
    source: {
      document: 'RFC 8693',
      section: '2.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.1',
      quote: 'OPTIONAL. An identifier, as described in Section 3, for the type of the requested security token.',
    },
    note: 'Each of the three is such an optional parameter of the section.',
  },
  {
    area: 'protected-parameters',
    id: 'same-input-same-request',
    level: 'VENDOR',
    capability: 'exchange',
    title: 'The same call made twice sends the same parameters twice.',
    source: {
      document: 'RFC 8693',
      section: '2.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.1',
      quote:
        "A client requests a security token by making a token request to the authorization server's token endpoint using the extension grant type mechanism defined in Section 4.5 of [RFC6749].",
    },
    note: 'Compared on the parameters of the specifications and those that were given. The client assertion differs each time. An SDK that answers the second call from a cache is not judged.',
  },
  {
    area: 'protected-parameters',
    id: 'unrelated-extra-changes-nothing',
    level: 'VENDOR',
    capability: 'extra',
    title: 'A further extra parameter changes no other parameter.',
    source: {
      document: 'auth0-auth-js, ExchangeProfileOptions.extra',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote: 'Additional custom parameters accessible in Auth0 Actions via event.request.body.',
    },
  },
  {
    area: 'protected-parameters',
    id: 'extra-order-changes-nothing',
    level: 'VENDOR',
    capability: 'extra',
    title: 'The order of the extra parameters changes none of them.',
    source: {
      document: 'auth0-auth-js, ExchangeProfileOptions.extra',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote: 'Additional custom parameters accessible in Auth0 Actions via event.request.body.',
    },
  },
  {
    area: 'redirect-builder',
    id: 'redirect-carries-token',
    level: 'VENDOR',
    capability: 'session-transfer-redirect',
    title: 'The redirect carries the session transfer token, once and unchanged.',
    source: {
      document: 'auth0-server-js, ServerClient.buildSessionTransferRedirect',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote:
        'Returns `targetLoginUrl` with `session_transfer_token` (and `organization`, when provided) appended as query parameters, URL-encoded.',
    },
  },
  {
    area: 'redirect-builder',
    id: 'redirect-keeps-target',
    level: 'VENDOR',
    capability: 'session-transfer-redirect',
    title: 'The redirect keeps the origin, the path and the query of the target.',
    source: {
      document: 'auth0-server-js, ServerClient.buildSessionTransferRedirect',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote:
        'Returns `targetLoginUrl` with `session_transfer_token` (and `organization`, when provided) appended as query parameters, URL-encoded.',
    },
  },
  {
    area: 'redirect-builder',
    id: 'redirect-carries-organization',
    level: 'VENDOR',
    capability: 'session-transfer-redirect',
    title: 'The redirect carries the organization when it is given, and none otherwise.',
    source: {
      document: 'auth0-server-js, ServerClient.buildSessionTransferRedirect',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote:
        'Returns `targetLoginUrl` with `session_transfer_token` (and `organization`, when provided) appended as query parameters, URL-encoded.',
    },
  },
  {
    area: 'redirect-builder',
    id: 'redirect-unsafe-target-refused',
    level: 'VENDOR',
    capability: 'session-transfer-redirect',
    title: 'A target that is relative, or neither https nor loopback, is an error.',
    source: {
      document: 'auth0-server-js, ServerClient.buildSessionTransferRedirect',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote:
        'To harden against that, the URL must be absolute and use `https:` (an `http:` URL is accepted only for `localhost` / loopback, to support local development).',
    },
  },
  {
    area: 'responses',
    id: 'issued-token-given',
    level: 'SHOULD',
    capability: 'exchange',
    title: 'A successful answer gives the token that was issued.',
    source: {
      document: 'RFC 8693',
      section: '2.2.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.2.1',
      quote:
        'REQUIRED. The security token issued by the authorization server in response to the token exchange request.',
    },
    note: 'An answer without token_type or issued_token_type may be refused.',
  },
  {
    area: 'responses',
    id: 'unknown-members-ignored',
    level: 'MUST',
    capability: 'exchange',
    title: 'Unknown members of an answer are ignored.',
    source: {
      document: 'RFC 6749',
      section: '5.1',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.1',
      quote: 'The client MUST ignore unrecognized value names in the response.',
    },
  },
  {
    area: 'responses',
    id: 'media-type-in-any-spelling',
    level: 'SHOULD',
    capability: 'exchange',
    title: 'The media type of an answer is read without case, whatever its parameters.',
    source: {
      document: 'RFC 9110',
      section: '8.3.1',
      url: 'https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1',
      quote: 'The type and subtype tokens are case-insensitive.',
    },
  },
  {
    area: 'responses',
    id: 'lifetime-not-invented',
    level: 'VENDOR',
    capability: 'exchange',
    title: 'Without expires_in an answer has no lifetime.',
    source: {
      document: 'RFC 6749',
      section: '5.1',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.1',
      quote:
        'If omitted, the authorization server SHOULD provide the expiration time via other means or document the default value.',
    },
    note: 'Refusing such an answer passes. NaN and an invalid date are invented.',
  },
  {
    area: 'responses',
    id: 'lifetime-kept',
    level: 'VENDOR',
    capability: 'exchange',
    title: 'The lifetime of a result is the one of the answer.',
    source: {
      document: 'RFC 6749',
      section: '5.1',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.1',
      quote: 'RECOMMENDED. The lifetime in seconds of the access token.',
    },
    note: 'A point in time may be off by a minute. A result without a lifetime is not scored.',
  },
  {
    area: 'responses',
    id: 'granted-scope-kept',
    level: 'VENDOR',
    capability: 'exchange',
    title: 'The scope of a result is the one that was granted.',
    source: {
      document: 'RFC 8693',
      section: '2.2.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.2.1',
      quote:
        'OPTIONAL if the scope of the issued security token is identical to the scope requested by the client; otherwise, it is REQUIRED.',
    },
    note: 'A result without a scope is not scored.',
  },
  {
    area: 'responses',
    id: 'malformed-success-refused',
    level: 'VENDOR',
    capability: 'exchange',
    title: 'A success without an access token is an error.',
    source: {
      document: 'RFC 6749',
      section: '5.1',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.1',
      quote: 'REQUIRED. The access token issued by the authorization server.',
    },
    note: 'The sentence binds the server. A token of spaces alone is not scored.',
  },
  {
    area: 'responses',
    id: 'error-member-refused',
    level: 'VENDOR',
    capability: 'exchange',
    title: 'An answer with an error and no token is an error, whatever its status.',
    source: {
      document: 'RFC 6749',
      section: '5.2',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2',
      quote: 'REQUIRED. A single ASCII [USASCII] error code from the following',
    },
    note: 'The sentence binds the server, which uses another status than 200. A token beside an error is not scored: section 5.1 has a client ignore what it does not know.',
  },
  {
    area: 'responses',
    id: 'only-success-gives-tokens',
    level: 'VENDOR',
    capability: 'exchange',
    title: 'An answer that is no success gives no tokens.',
    source: {
      document: 'RFC 6749',
      section: '5.1',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.1',
      quote:
        'The authorization server issues an access token and optional refresh token, and constructs the response by adding the following parameters to the entity-body of the HTTP response with a 200 (OK) status code',
    },
    note: 'The sentence binds the server.',
  },
  {
    area: 'responses',
    id: 'no-token-of-another-call',
    level: 'MUST',
    capability: 'exchange',
    title:
      'A call never gets the token that was issued for another subject, actor, organization, target, type or scope.',
    source: {
      document: 'RFC 6749',
      section: '10.3',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.3',
      quote:
        'Access token credentials (as well as any confidential access token attributes) MUST be kept confidential in transit and storage, and only shared among the authorization server, the resource servers the access token is valid for, and the client to whom the access token is issued.',
    },
    note: 'A plain security property: a cache or a shared request must not mix callers.',
  },
  {
    area: 'session-transfer',
    id: 'stt-needs-actor',
    level: 'VENDOR',
    capability: 'session-transfer',
    title: 'A session transfer without an actor is an error before any request.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '8',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote: 'ACTOR_UNAVAILABLE: no usable actor token (client-side; raised before any network call)',
    },
  },
  {
    area: 'session-transfer',
    id: 'stt-audience',
    level: 'VENDOR',
    capability: 'session-transfer',
    title: 'A session transfer asks for the audience that the domain of the issuer makes.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '8',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote: 'The audience (urn:{domain}:session_transfer), grant type, and the actor are set by the SDK',
    },
  },
  {
    area: 'session-transfer',
    id: 'stt-other-type-refused',
    level: 'VENDOR',
    capability: 'session-transfer',
    title: 'An answer that issued another type of token is an error.',
    source: {
      document: 'auth0-server-js, SessionTransferTokenResult',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote:
        'The issued token type URI — the session-transfer URN (`urn:auth0:params:oauth:token-type:session_transfer_token`). Branch on this, never on {@link SessionTransferTokenResult.tokenType}.',
    },
    note: 'Refusing an answer without issued_token_type passes; so does accepting it.',
  },
  {
    area: 'session-transfer',
    id: 'stt-not-applicable-accepted',
    level: 'SHOULD',
    capability: 'session-transfer',
    title: 'A session transfer token with the token_type N_A is accepted.',
    source: {
      document: 'RFC 8693',
      section: '2.2.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.2.1',
      quote:
        'If the issued token is not an access token or usable as an access token, then the "token_type" value "N_A" is used to indicate that an OAuth 2.0 "token_type" identifier is not applicable in that context.',
    },
    note: 'A result that spells it in lower case passes.',
  },
  {
    area: 'session-transfer',
    id: 'stt-not-shared',
    level: 'VENDOR',
    capability: 'session-transfer',
    title: 'Every call asks for a session transfer token of its own.',
    source: {
      document: 'auth0-server-js, SessionTransferTokenResult',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote: 'The STT is opaque, single-use, and short-lived (~60s).',
    },
  },
  {
    area: 'sessions',
    id: 'login-signs-user-in',
    level: 'VENDOR',
    capability: 'session',
    title: 'A login signs in the user of its ID token.',
    source: {
      document: 'auth0-server-js, ServerClient.loginWithCustomTokenExchange',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote: 'Exchanges a custom token for Auth0 tokens and persists the resulting session (RFC 8693).',
    },
  },
  {
    area: 'sessions',
    id: 'login-act-persists',
    level: 'VENDOR',
    capability: 'session',
    title: 'The actor of a login stays on the user of the session.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '3',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote:
        'When you establish a session with login_with_custom_token_exchange(), the act claim is persisted on the session user and can be read back later via get_user()',
    },
  },
  {
    area: 'sessions',
    id: 'login-id-token-checked',
    level: 'MUST',
    capability: 'session',
    title:
      'An ID token of another issuer or for another client, or one that has expired, or one that lacks iss, aud or exp, signs nobody in.',
    source: {
      document: 'OpenID Connect Core 1.0',
      section: '3.1.3.7',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation',
      quote:
        'The Issuer Identifier for the OpenID Provider (which is typically obtained during Discovery) MUST exactly match the value of the iss (issuer) Claim.',
    },
    note: 'The same section requires aud and exp to be checked: "The current time MUST be before the time represented by the exp Claim." A claim that is not there keeps none of it. Section 2 requires iat and sub too, of the server alone. The signature is not scored, since the token came over TLS.',
  },
  {
    area: 'sessions',
    id: 'login-organization-checked',
    level: 'VENDOR',
    capability: 'session',
    title: 'An ID token of another organization than the one that was asked for signs nobody in.',
    source: {
      document: 'auth0-auth-js, AuthClient.exchangeToken',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote: "When `organization` is provided, the returned ID token's organization claim is validated against it",
    },
    note: 'Judged on ids, not on names.',
  },
  {
    area: 'sessions',
    id: 'session-of-its-browser',
    level: 'MUST',
    capability: 'session',
    title: "A browser never gets the user of another browser's session, and keeps its own.",
    source: {
      document: 'RFC 6749',
      section: '10.3',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.3',
      quote:
        'Access token credentials (as well as any confidential access token attributes) MUST be kept confidential in transit and storage, and only shared among the authorization server, the resource servers the access token is valid for, and the client to whom the access token is issued.',
    },
    note: 'A plain security property: a session, and the tokens in it, must not be given to another browser.',
  },
  {
    area: 'sessions',
    id: 'login-changes-session-id',
    level: 'VENDOR',
    capability: 'session',
    title: 'Every login gets a session of its own, whatever the browser held before.',
    source: {
      document: 'OWASP ASVS 4.0.3',
      section: '3.2.1',
      url: 'https://owasp.org/www-project-application-security-verification-standard/',
      quote: 'Verify the application generates a new session token on user authentication.',
    },
    note: 'It keeps a session from being fixed by somebody else. Judged where the SDK decides what the browser holds.',
  },
  {
    area: 'sessions',
    id: 'logout-ends-session',
    level: 'VENDOR',
    capability: 'session',
    title: 'After a logout nobody is signed in in that browser.',
    source: {
      document: 'auth0-server-js, ServerClient.logout',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote: 'Logs the user out and returns a URL to redirect the user-agent to after they log out.',
    },
  },
  {
    area: 'sessions',
    id: 'stt-not-in-session',
    level: 'VENDOR',
    capability: 'session',
    title: 'A session transfer token is never stored in a session.',
    source: {
      document: 'auth0-server-js, SessionTransferTokenResult',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote: 'Never decode, cache, or persist it.',
    },
    excluded: 'What an SDK stores in a session is encrypted or in a store of the application, where no adapter looks.',
  },
  {
    area: 'token-hygiene',
    id: 'subject-arrives',
    level: 'SHOULD',
    capability: 'exchange',
    title: 'A subject token and its type arrive as they were given.',
    source: {
      document: 'RFC 8693',
      section: '2.1',
      url: 'https://www.rfc-editor.org/rfc/rfc8693#section-2.1',
      quote:
        'REQUIRED. A security token that represents the identity of the party on behalf of whom the request is being made.',
    },
    note: 'Tokens with control characters, padding or an authorization scheme are not judged here.',
  },
  {
    area: 'token-hygiene',
    id: 'blank-subject-refused',
    level: 'VENDOR',
    capability: 'typed-exchange',
    title: 'A blank subject token is an error before any request.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '6',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote: 'INVALID_TOKEN_FORMAT: Token is empty, whitespace-only, or has "Bearer " prefix',
    },
    note: 'Judged on ASCII whitespace alone.',
  },
  {
    area: 'token-hygiene',
    id: 'padded-subject-refused',
    level: 'VENDOR',
    capability: 'typed-exchange',
    title: 'A subject token with whitespace around it is not sent as it is.',
    source: {
      document: 'auth0-auth-js, validateSubjectToken',
      url: 'https://github.com/auth0/auth0-auth-js',
      quote: 'subject_token must not include leading or trailing whitespace',
    },
    note: 'Judged on ASCII whitespace alone. Trimming is not scored.',
  },
  {
    area: 'token-hygiene',
    id: 'prefixed-subject-refused',
    level: 'VENDOR',
    capability: 'typed-exchange',
    title: 'A subject token that starts with "Bearer " is not sent as it is.',
    source: {
      document: 'auth0-server-python, Custom Token Exchange',
      section: '6',
      url: 'https://github.com/auth0/auth0-server-python/blob/main/examples/CustomTokenExchange.md',
      quote: 'INVALID_TOKEN_FORMAT: Token is empty, whitespace-only, or has "Bearer " prefix',
    },
    note: 'Taking the prefix off is not scored.',
  },
]

/** The files of spec/profiles/, the oldest first. */
export const PROFILES: readonly ProfileFile[] = [
  {
    profile: '2026-11',
    frozen: '2026-11-28',
    required: [
      'no-repeated-parameter',
      'core-extra-never-overrides',
      'extra-never-overrides',
      'protected-extra-never-sent',
      'protected-extra-not-dropped-silently',
      'case-variant-refused',
      'alias-refused',
      'malformed-name-refused',
      'extra-arrives-unchanged',
      'array-extra-repeats',
      'array-extra-limit',
      'request-is-a-post',
      'request-is-a-form',
      'grant-type-is-token-exchange',
      'typed-options-arrive',
      'same-input-same-request',
      'unrelated-extra-changes-nothing',
      'extra-order-changes-nothing',
      'actor-token-has-type',
      'actor-type-has-token',
      'unpaired-actor-refused',
      'actor-pair-arrives',
      'blank-actor-refused',
      'current-actor-is-outermost',
      'valid-act-is-read',
      'no-act-no-actor',
      'no-act-empty-chain',
      'null-act-helpers-agree',
      'malformed-outermost-refused',
      'malformed-node-refused',
      'chain-newest-first',
      'chain-head-is-current-actor',
      'long-chain-does-not-crash',
      'prototype-is-not-an-actor',
      're-exchange-keeps-chain',
      'result-act-read',
      'result-act-claims-checked',
      'at-jwt-not-read',
      'access-token-not-read',
      'subject-arrives',
      'blank-subject-refused',
      'padded-subject-refused',
      'prefixed-subject-refused',
      'issued-token-given',
      'unknown-members-ignored',
      'media-type-in-any-spelling',
      'lifetime-not-invented',
      'lifetime-kept',
      'granted-scope-kept',
      'malformed-success-refused',
      'error-member-refused',
      'only-success-gives-tokens',
      'no-token-of-another-call',
      'oauth-error-is-an-error',
      'oauth-error-code-kept',
      'foreign-answer-is-an-error',
      'one-authentication-method',
      'credentials-not-in-url',
      'secret-post-arrives',
      'secret-basic-arrives',
      'assertion-names-the-client',
      'assertion-audience-is-the-server',
      'assertion-used-once',
      'public-client-names-itself',
      'obo-token-types',
      'obo-parameters-arrive',
      'obo-result-is-narrow',
      'obo-not-applicable-refused',
      'stt-needs-actor',
      'stt-audience',
      'stt-other-type-refused',
      'stt-not-applicable-accepted',
      'stt-not-shared',
      'redirect-carries-token',
      'redirect-keeps-target',
      'redirect-carries-organization',
      'redirect-unsafe-target-refused',
      'organization-arrives',
      'blank-organization-refused',
      'organization-claim-checked',
      'credentials-stay-at-origin',
      'server-certificate-checked',
      'broken-answer-is-an-error',
      'too-many-attempts-not-repeated',
      'timeout-kept',
      'no-secret-in-message',
      'no-secret-in-stack',
      'no-secret-in-url',
      'no-secret-printed',
      'login-signs-user-in',
      'login-act-persists',
      'login-id-token-checked',
      'login-organization-checked',
      'session-of-its-browser',
      'login-changes-session-id',
      'logout-ends-session',
      'adapter-says-hello',
      'adapter-answers-in-time',
      'adapter-stays-alive',
      'stdout-holds-messages-only',
      'one-reply-for-each-request',
      'nothing-sent-after-the-reply',
      'adapter-ends-with-stdin',
    ],
    not_scored: [
      {
        id: 'stt-not-in-session',
        reason:
          'What an SDK stores in a session is encrypted or in a store of the application, where no adapter looks.',
      },
    ],
  },
]
