import type { TokenEndpointAuthMethod } from '../config/config.js'

type Credential = 'clientSecret' | 'publicKeys' | 'certificateThumbprints'

export const SECRET_METHODS: ReadonlySet<TokenEndpointAuthMethod> = new Set([
  'client_secret_post',
  'client_secret_basic',
])

/** RFC 8705, section 2. No authority has to have signed a certificate in either. */
export const CERTIFICATE_METHODS: readonly TokenEndpointAuthMethod[] = [
  'tls_client_auth',
  'self_signed_tls_client_auth',
]

/** Which credential each method needs. */
export const METHODS: readonly (readonly [Credential, readonly TokenEndpointAuthMethod[]])[] = [
  ['clientSecret', [...SECRET_METHODS]],
  ['publicKeys', ['private_key_jwt']],
  ['certificateThumbprints', CERTIFICATE_METHODS],
]
