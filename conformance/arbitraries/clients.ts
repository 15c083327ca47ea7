import fc from 'fast-check'
import type { CaseClient } from '../case.js'

/**
 * Ids and secrets that an encoder may get wrong, of the characters that RFC 6749, appendix A has for them. Few, since an
 * SDK makes a client for each pair.
 */
const IDS = ['web-app', 'client+1 &=', 'urn:acme:client', 'https://client.example.com/a'] as const
const SECRETS = ['canary-client-secret', 's3cr+t/=&%20 ?#', 'canary:secret:1', '100%-secret', 'a%2Bb-secret'] as const

/** A client that shows itself with a secret. */
export function secretClients(authentication: 'client_secret_post' | 'client_secret_basic'): fc.Arbitrary<CaseClient> {
  return fc.record({
    authentication: fc.constant(authentication),
    id: fc.constantFrom(...IDS),
    secret: fc.constantFrom(...SECRETS),
  })
}

/** A client that shows itself with an assertion, or not at all. */
export function clientsWithoutSecret(authentication: 'private_key_jwt' | 'none'): fc.Arbitrary<CaseClient> {
  return fc.constantFrom(...IDS).map((id) => ({ authentication, id, secret: '' }))
}
