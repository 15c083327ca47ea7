import { abortedError, onAbort } from '../abort.js'
import type { ServerMetadata } from '../../generated/openapi.js'
import { isSecure } from './domain.js'
import { TokenExchangeError } from '../errors.js'
import { parseObject } from '../response/response.js'
import type { Limits } from '../transport/bounded-fetch.js'
import type { Transport } from '../transport/transport.js'
import { parseUrl } from '../url.js'

/** How long the metadata of an issuer is trusted without another look. */
const MAX_AGE_MS = 10 * 60 * 1000

/** Gives the metadata of one issuer; concurrent callers share a request, and a failure is not kept. */
export type MetadataSource = (signal?: AbortSignal) => ServerMetadata | Promise<ServerMetadata>

/** Discovery for `issuer` (OpenID Connect Discovery 1.0, section 4). */
export function createMetadataSource(
  issuer: string,
  transport: Transport,
  limits: Omit<Limits, 'signal'>,
  now: () => number,
): MetadataSource {
  let known: { readonly metadata: ServerMetadata; readonly at: number } | undefined
  let inFlight: Promise<ServerMetadata> | undefined

  async function load(): Promise<ServerMetadata> {
    const response = await transport.get(`${issuer}.well-known/openid-configuration`, {}, limits)
    const metadata = readMetadata(response.status, response.body, issuer)
    known = { metadata, at: now() }
    return metadata
  }

  // Known metadata is given at once: a promise for each call is not free.
  return (signal) => {
    if (signal?.aborted) throw abortedError(signal)
    // A clock that was set back must not make metadata last.
    if (known && now() >= known.at && now() < known.at + MAX_AGE_MS) return known.metadata
    inFlight ??= load().finally(() => {
      inFlight = undefined
    })
    return signal ? untilAborted(inFlight, signal) : inFlight
  }
}

function readMetadata(status: number, body: string, issuer: string): ServerMetadata {
  const metadata = parseObject(body)
  if (status !== 200 || !isServerMetadata(metadata))
    throw invalid('The server has no usable metadata.', 'malformed', status)
  if (withSlash(metadata.issuer) !== issuer) {
    throw invalid('The metadata speaks for another issuer than the configured domain.', 'issuer', status)
  }
  const { token_endpoint, jwks_uri, userinfo_endpoint, mtls_endpoint_aliases } = metadata
  for (const url of [token_endpoint, jwks_uri, userinfo_endpoint, mtls_endpoint_aliases?.token_endpoint]) {
    const endpoint = url === undefined ? undefined : parseUrl(url)
    if (url !== undefined && !(endpoint && isSecure(endpoint))) {
      throw invalid('The metadata names an endpoint that is not https.', 'insecure', status)
    }
  }
  return metadata
}

/** The members that are used here; the generated validator checks more, and is larger than this client. */
function isServerMetadata(members: Record<string, unknown> | undefined): members is ServerMetadata {
  if (!members) return false
  const { issuer, token_endpoint, jwks_uri, userinfo_endpoint = '', mtls_endpoint_aliases: aliases = {} } = members
  const alias = (aliases as Record<string, unknown> | null)?.['token_endpoint'] ?? ''
  return [issuer, token_endpoint, jwks_uri, userinfo_endpoint, alias].every((value) => typeof value === 'string')
}

function withSlash(issuer: string): string {
  return issuer.endsWith('/') ? issuer : `${issuer}/`
}

/** One waiter's abort must not end the request that others wait for. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopListening = onAbort(signal, () => {
      reject(abortedError(signal))
    })
    void promise.then(resolve, reject).finally(stopListening)
  })
}

function invalid(message: string, reason: string, status: number): TokenExchangeError {
  return new TokenExchangeError('invalid_metadata', message, { reason, status })
}
