import type { TokenEndpointAuthMethod } from '../config/config.js'

type Credential = 'clientSecret' | 'publicKeys' | 'certificateThumbprints'

export const SECRET_METHODS: ReadonlySet<TokenEndpointAuthMethod> = new Set([
  'client_secret_post',
  'client_secret_basic',
])

/** Which credential each method needs. */
export const METHODS: readonly (readonly [Credential, readonly TokenEndpointAuthMethod[]])[] = [
  ['clientSecret', [...SECRET_METHODS]],
  ['publicKeys', ['private_key_jwt']],
  ['certificateThumbprints', ['tls_client_auth']],
]
