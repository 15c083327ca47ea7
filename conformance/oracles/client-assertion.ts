import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { CLIENT_ASSERTION_TYPE } from '../../generated/constants.js'
import type { ExchangeEvidence } from '../case.js'
import type { WireRequest } from '../wire.js'
import { fail, pass, type Verdict } from './verdict.js'
import { valuesOf } from './wire-view.js'

const keys = new Map<string, KeyObject>()

/** The rules on the assertion of private_key_jwt (RFC 7523, section 3). */
export function judgeAssertion(evidence: ExchangeEvidence, forms: readonly WireRequest[]): Verdict[] {
  const requirement = 'assertion-names-the-client'
  for (const request of forms) {
    const [assertion] = valuesOf(request, 'client_assertion')
    const [type] = valuesOf(request, 'client_assertion_type')
    if (assertion === undefined || type !== CLIENT_ASSERTION_TYPE) return [fail(requirement, 'assertion-missing')]
    const claims = claimsOf(assertion)
    if (!claims) return [fail(requirement, 'assertion-malformed')]
    if (!isSigned(assertion, evidence.client.private_key ?? '')) return [fail(requirement, 'assertion-not-signed')]
    const { iss, sub, exp, aud } = claims
    const { id } = evidence.client
    if (iss !== id || sub !== id || typeof exp !== 'number' || exp <= evidence.time.from) {
      return [fail(requirement, 'assertion-claims-wrong')]
    }
    // RFC 7521, section 4.2: a client_id beside it is the same client's.
    if (valuesOf(request, 'client_id').some((value) => value !== id)) return [fail(requirement, 'credentials-changed')]
    if (![aud].flat().some((audience) => isServer(audience, evidence.issuer))) {
      return [pass(requirement), fail('assertion-audience-is-the-server', 'assertion-audience-wrong')]
    }
  }
  return [pass(requirement), pass('assertion-audience-is-the-server')]
}

function isServer(audience: unknown, issuer: string): boolean {
  return audience === issuer || `${String(audience)}/` === issuer || audience === `${issuer}oauth/token`
}

/** The claims of an assertion, whoever signed it; undefined when it is no JWT. */
export function claimsOf(assertion: string): Record<string, unknown> | undefined {
  const parts = assertion.split('.')
  if (parts.length !== 3) return undefined
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function isSigned(assertion: string, privateKey: string): boolean {
  const key = keys.get(privateKey) ?? createPublicKey(privateKey)
  keys.set(privateKey, key)
  const end = assertion.lastIndexOf('.')
  const signature = Buffer.from(assertion.slice(end + 1), 'base64url')
  return verify('sha256', Buffer.from(assertion.slice(0, end)), { key, dsaEncoding: 'ieee-p1363' }, signature)
}
