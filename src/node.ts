import { fetch as undiciFetch, request, type Dispatcher } from 'undici'
import { LIGHT_FETCH, type Fetch } from './transport/bounded-fetch.js'

/** How a Node fetch connects. */
export interface NodeFetchOptions {
  /** Of undici: an `Agent` with a certificate, a `ProxyAgent`, a `MockAgent`. Default: undici's global one. */
  readonly dispatcher?: Dispatcher
}

/**
 * A `fetch` for Node that costs less than the global one and takes undici's dispatchers, for proxies and certificates.
 *
 * Exchanges, discovery and keys go through undici's `request`; who calls it as a `fetch`, gets undici's.
 *
 * @param options The dispatcher.
 * @example
 * ```ts
 * const client = new TokenExchangeClient({
 *   domain: 'tenant.example.com',
 *   clientId: 'mcp-server',
 *   clientAuthentication: clientSecretPost(process.env['CLIENT_SECRET'] ?? ''),
 *   fetch: createNodeFetch(),
 * })
 * ```
 */
export function createNodeFetch({ dispatcher }: NodeFetchOptions = {}): Fetch {
  const own = dispatcher === undefined ? {} : { dispatcher }
  const fetch = (url: string, init: RequestInit): Promise<Response> =>
    undiciFetch(url, { ...init, ...own } as Parameters<typeof undiciFetch>[1]) as unknown as Promise<Response>
  const lightFetch: Fetch = async (url, init) => {
    const response = await request(url, {
      method: init.method ?? 'GET',
      headers: init.headers as Record<string, string>,
      body: (init.body ?? null) as string | null,
      signal: init.signal ?? null,
      ...own,
    })
    return new LightResponse(response) as unknown as Response
  }
  return Object.assign(fetch, { [LIGHT_FETCH]: lightFetch })
}

/** What the transport reads of a Response; a real one, with its web stream, costs more than the request. */
class LightResponse {
  readonly type = 'basic'
  readonly status: number
  readonly ok: boolean
  readonly headers: { get(name: string): string | null }
  readonly body: Dispatcher.ResponseData['body'] & { cancel(): Promise<void> }

  constructor({ statusCode, headers, body }: Dispatcher.ResponseData) {
    this.status = statusCode
    this.ok = statusCode >= 200 && statusCode < 300
    this.headers = {
      get: (name) => {
        const value = headers[name.toLowerCase()]
        return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
      },
    }
    // A stream that is destroyed before its end tells of it by an event that ends the process when nobody listens.
    const cancel = (): Promise<void> => Promise.resolve(void body.on('error', () => undefined).destroy())
    this.body = Object.assign(body, { cancel })
  }
}
