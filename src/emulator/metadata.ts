import { CERTIFICATE_METHODS } from './client-auth/auth-methods.js'
import type { ServerMetadata } from '../../generated/openapi.js'
import { ASSERTION_ALGORITHMS } from './client-auth/client-assertion.js'
import { PROOF_ALGORITHMS } from './proof-of-possession/dpop.js'
import { SIGNING_ALGORITHM } from './tokens/keys.js'
import { endpoint, PATHS } from './http/paths.js'
import type { Server } from './server.js'
import type { Tenant } from './tenant/tenant.js'
import { GRANT_TYPES } from './token-endpoint.js'

const PROTOCOL_CLAIMS = ['sub', 'iss', 'aud', 'iat', 'exp', 'auth_time', 'nonce', 'org_id', 'org_name', 'act']
const USER_CLAIMS = ['name', 'given_name', 'family_name', 'nickname', 'picture', 'email', 'email_verified']
const AUTH_METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']

/** OpenID Connect Discovery, section 3; RFC 8414, section 2. What the description leaves open is there too. */
export function serverMetadata({ issuer, tenant }: Server): ServerMetadata & Readonly<Record<string, unknown>> {
  const hasAliases = takesCertificates(tenant)
  return {
    issuer,
    authorization_endpoint: endpoint(issuer, PATHS.authorize),
    token_endpoint: endpoint(issuer, PATHS.token),
    userinfo_endpoint: endpoint(issuer, PATHS.userInfo),
    end_session_endpoint: endpoint(issuer, PATHS.oidcLogout),
    jwks_uri: endpoint(issuer, PATHS.keys),
    ...(hasAliases && {
      mtls_endpoint_aliases: {
        token_endpoint: endpoint(issuer, PATHS.mtlsToken),
        userinfo_endpoint: endpoint(issuer, PATHS.mtlsUserInfo),
      },
    }),
    grant_types_supported: GRANT_TYPES,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    claims_supported: [...PROTOCOL_CLAIMS, ...USER_CLAIMS],
    subject_types_supported: ['public'],
    // Left out, the second one would count as true.
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    id_token_signing_alg_values_supported: [SIGNING_ALGORITHM],
    token_endpoint_auth_methods_supported: [...AUTH_METHODS, ...(hasAliases ? CERTIFICATE_METHODS : [])],
    token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    code_challenge_methods_supported: ['S256', 'plain'],
    dpop_signing_alg_values_supported: PROOF_ALGORITHMS,
  }
}

/** Whether some client shows a certificate instead of a secret. */
export function takesCertificates({ clients }: Tenant): boolean {
  return [...clients.values()].some((client) => CERTIFICATE_METHODS.some((method) => client.authMethods.has(method)))
}
