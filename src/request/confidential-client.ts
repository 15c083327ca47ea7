import { TokenExchangeError } from '../errors.js'
import type { ClientAuthentication } from './client-auth.js'

/**
 * Throws when a call needs a client that can prove who it is.
 *
 * @throws {TokenExchangeError} `invalid_configuration`
 */
export function requireConfidentialClient(call: string, { method }: ClientAuthentication): void {
  if (method !== 'none') return
  throw new TokenExchangeError(
    'invalid_configuration',
    `${call} needs a confidential client: one that authenticates.`,
    { field: 'clientAuthentication', reason: 'public_client' },
  )
}
