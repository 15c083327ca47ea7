import { FormData as UndiciFormData, fetch as undiciFetch, type Dispatcher } from 'undici'
import { checkOptionNames } from './input/options-object.js'
import { createLightFetch } from './node/light-fetch.js'
import { LIGHT_FETCH, type Fetch } from './transport/bounded-fetch.js'

/** How a Node fetch connects. */
export interface NodeFetchOptions {
  /** Of undici: an `Agent` with a certificate, a `ProxyAgent`, a `MockAgent`. Default: undici's global one. */
  readonly dispatcher?: Dispatcher | undefined
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof NodeFetchOptions>(['dispatcher'])

/**
 * A `fetch` for Node that costs less than the global one and takes undici's dispatchers, for proxies and certificates.
 *
 * Exchanges, discovery and keys go through undici's dispatcher itself; who calls it as a `fetch`, gets undici's.
 *
 * @param options The dispatcher.
 * @throws {TypeError} When an option is unknown, or the dispatcher is none.
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
export function createNodeFetch(options: NodeFetchOptions = {}): Fetch {
  checkOptionNames('createNodeFetch', options, OPTION_NAMES)
  const { dispatcher } = options
  if (dispatcher !== undefined && typeof (dispatcher as Partial<Dispatcher> | null)?.dispatch !== 'function')
    throw new TypeError('dispatcher must be one of undici, such as a ProxyAgent')
  const own = dispatcher === undefined ? {} : { dispatcher }
  // Who calls it as a `fetch` may leave the init out.
  const fetch = (url: string, init: RequestInit = {}): Promise<Response> =>
    undiciFetch(url, { ...init, body: ownBody(init.body), ...own } as Parameters<
      typeof undiciFetch
    >[1]) as unknown as Promise<Response>
  return Object.assign(fetch, { [LIGHT_FETCH]: createLightFetch(dispatcher) })
}

/** A form of Node's own is none to the package undici, which would send the text "[object FormData]". */
function ownBody(body: RequestInit['body']): unknown {
  if (!(body instanceof FormData)) return body
  const form = new UndiciFormData()
  for (const [name, value] of body) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, value, value.name)
  }
  return form
}
