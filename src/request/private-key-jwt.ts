import type { CryptoKey } from 'jose'
import { CLIENT_ASSERTION_TYPE } from '../../generated/constants.js'
import type { ClientAuthentication } from './client-auth.js'
import { checkOptionNames } from '../input/options-object.js'
import { checkText } from '../input/parameters.js'
import { lazily } from '../lazily.js'

/** How an assertion is signed. */
export interface PrivateKeyJwtOptions {
  /** The JWS algorithm that fits the key, such as `RS256`. */
  readonly alg: string
  /** The id under which the server knows the key. */
  readonly kid?: string | undefined
  /** Lifetime of an assertion. Default 60, at most 300. */
  readonly lifetimeSeconds?: number | undefined
  /** The clock, in milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof PrivateKeyJwtOptions>(['alg', 'kid', 'lifetimeSeconds', 'now'])

const loadJose = lazily(() => import('jose'))

/**
 * An assertion signed with the client's private key (`private_key_jwt`; OpenID Connect Core 1.0, section 9; RFC 7523).
 *
 * Its audience is the configured issuer, never a URL that discovery gave, and every request gets an assertion of its
 * own.
 *
 * @param privateKey The key, such as from `jose.importPKCS8`.
 * @throws {TypeError} When the key is not a private `CryptoKey`, or the lifetime is not from 1 to 300 seconds.
 * @example
 * ```ts
 * const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
 * const clientAuthentication = privateKeyJwt(privateKey, { alg: 'ES256', kid: 'key-1' })
 * ```
 */
export function privateKeyJwt(privateKey: CryptoKey, options: PrivateKeyJwtOptions): ClientAuthentication {
  if (!(privateKey instanceof globalThis.CryptoKey) || privateKey.type !== 'private') {
    throw new TypeError('privateKeyJwt needs a private CryptoKey, such as from importPKCS8 of jose')
  }
  checkOptionNames('privateKeyJwt', options, OPTION_NAMES)
  const { alg, kid, lifetimeSeconds = 60, now = Date.now } = options
  checkText('alg', alg)
  if (kid !== undefined) checkText('kid', kid)
  if (typeof lifetimeSeconds !== 'number' || !(lifetimeSeconds >= 1 && lifetimeSeconds <= 300)) {
    throw new TypeError('lifetimeSeconds must be from 1 to 300')
  }
  if (typeof now !== 'function') throw new TypeError('now must be a function')
  return {
    method: 'private_key_jwt',
    async authenticate({ clientId, issuer }) {
      const { SignJWT } = await loadJose()
      const issuedAt = Math.floor(now() / 1000)
      const assertion = await new SignJWT()
        .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) })
        .setIssuer(clientId)
        .setSubject(clientId)
        .setAudience(issuer)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .setJti(crypto.randomUUID())
        .sign(privateKey)
      return {
        parameters: {
          client_id: clientId,
          client_assertion: assertion,
          client_assertion_type: CLIENT_ASSERTION_TYPE,
        },
      }
    },
  }
}
