import type { TokenRequestParameters } from '../../generated/openapi.js'
import { TokenExchangeError } from '../errors.js'
import { formEncoded } from './form.js'
import { hasLoneSurrogate, isBlank } from '../text.js'

/** What a client authentication method adds to a request. */
export interface ClientCredentials {
  readonly parameters?:
    | Pick<TokenRequestParameters, 'client_id' | 'client_secret' | 'client_assertion' | 'client_assertion_type'>
    | undefined
  /** The value of the `Authorization` header. */
  readonly authorization?: string | undefined
}

/** A client authentication method (RFC 6749, section 2.3): what the client shows to the token endpoint. */
export interface ClientAuthentication {
  /** The method's registered name, such as `client_secret_post`. */
  readonly method: string
  /** Whether the connection itself shows who the client is, so that the endpoints for certificates are used. */
  readonly usesCertificate?: boolean | undefined
  /** Called once for every request that is sent. */
  authenticate(client: {
    readonly clientId: string
    readonly issuer: string
  }): ClientCredentials | Promise<ClientCredentials>
}

/**
 * The client secret in the body (`client_secret_post`; RFC 6749, section 2.3.1).
 *
 * @param clientSecret The secret.
 * @throws {TokenExchangeError} `invalid_configuration` when the secret is blank.
 * @example
 * ```ts
 * const clientAuthentication = clientSecretPost(process.env['CLIENT_SECRET'] ?? '')
 * ```
 */
export function clientSecretPost(clientSecret: string): ClientAuthentication {
  checkSecret(clientSecret)
  return {
    method: 'client_secret_post',
    authenticate: ({ clientId }) => ({ parameters: { client_id: clientId, client_secret: clientSecret } }),
  }
}

/**
 * The client id and secret in the `Authorization` header (`client_secret_basic`; RFC 6749, section 2.3.1).
 *
 * @param clientSecret The secret.
 * @throws {TokenExchangeError} `invalid_configuration` when the secret is blank.
 * @example
 * ```ts
 * const clientAuthentication = clientSecretBasic(process.env['CLIENT_SECRET'] ?? '')
 * ```
 */
export function clientSecretBasic(clientSecret: string): ClientAuthentication {
  checkSecret(clientSecret)
  return {
    method: 'client_secret_basic',
    // Both halves are form-encoded before they are joined, or a colon in the id would move the boundary.
    authenticate: ({ clientId }) => ({
      authorization: `Basic ${btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`)}`,
    }),
  }
}

/**
 * No authentication: a public client sends its id alone (`none`).
 *
 * @example
 * ```ts
 * const clientAuthentication = noClientAuthentication()
 * ```
 */
export function noClientAuthentication(): ClientAuthentication {
  return { method: 'none', authenticate: ({ clientId }) => ({ parameters: { client_id: clientId } }) }
}

/**
 * A client certificate (`tls_client_auth`, `self_signed_tls_client_auth`; RFC 8705, section 2).
 *
 * The certificate is shown by the `fetch` that the client is configured with, and the discovered
 * `mtls_endpoint_aliases` are used.
 *
 * @example
 * ```ts
 * const clientAuthentication = mutualTls()
 * ```
 */
export function mutualTls(): ClientAuthentication {
  return {
    method: 'tls_client_auth',
    usesCertificate: true,
    authenticate: ({ clientId }) => ({ parameters: { client_id: clientId } }),
  }
}

function checkSecret(clientSecret: unknown): void {
  if (typeof clientSecret !== 'string') throw new TypeError('clientSecret must be a string')
  if (isBlank(clientSecret) || hasLoneSurrogate(clientSecret)) {
    throw new TokenExchangeError('invalid_configuration', 'The client secret is blank or broken.', {
      field: 'clientSecret',
      reason: isBlank(clientSecret) ? 'blank' : 'lone_surrogate',
    })
  }
}
