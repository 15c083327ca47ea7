import type { TokenRequest } from '../../generated/openapi.js'
import { FORM_HEADERS, formBody } from '../request/form.js'
import { LIGHT_FETCH, boundedFetch, type Fetch, type Limits, type ReadResponse } from './bounded-fetch.js'
import type { ExtraParameters } from '../input/parameters.js'

type HeaderFields = Readonly<Record<string, string>>

const JSON_HEADERS = { Accept: 'application/json' }

/**
 * The requests of this package. Each answer is read, bounded and handed back whatever its status.
 *
 * URLs come from the checked configuration or from checked metadata, so they are https.
 */
export interface Transport {
  /** The body is `parts` and `body` as one form. */
  postToken(
    endpoint: string,
    body: TokenRequest,
    parts: { readonly client: object | undefined; readonly extra: ExtraParameters | undefined },
    headers: HeaderFields,
    limits: Limits,
  ): Promise<ReadResponse>
  /** Reads a JSON document. */
  get(url: string, headers: HeaderFields, limits: Limits): Promise<ReadResponse>
}

export function createTransport(anyFetch: Fetch): Transport {
  const fetch = (anyFetch as { [LIGHT_FETCH]?: Fetch })[LIGHT_FETCH] ?? anyFetch

  function send(method: 'GET' | 'POST', url: string, headers: HeaderFields, body: string | null, limits: Limits) {
    return boundedFetch((signal) => fetch(url, { method, headers, body, redirect: 'manual', signal }), limits)
  }

  return {
    postToken: (endpoint, body, { client, extra }, headers, limits) =>
      send('POST', endpoint, { ...FORM_HEADERS, ...headers }, formBody(client, body, extra), limits),
    get: (url, headers, limits) => send('GET', url, { ...JSON_HEADERS, ...headers }, null, limits),
  }
}
