/** A standard `Request`, or what Node has in its place: the requests of Express and Fastify fit as they are. */
export interface SessionRequest {
  readonly method: string
  /** Only the query counts: the origin is that of `appBaseUrl`, whatever a proxy makes of it. */
  readonly url: string
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
}

/** Where a call reads the browser's cookies, and where it puts what the browser is told. */
export interface StoreOptions {
  readonly request: SessionRequest
  /** The headers of the response: a standard `Headers`, Express's response, or anything else that can append. */
  readonly headers: { append(name: string, value: string): unknown }
}

/**
 * Throws, before anything is sent, when a call was not given where to read and write.
 *
 * @throws {TypeError} That says what the call takes.
 */
export function requireStore(call: string, store: unknown): asserts store is StoreOptions {
  requireRequest(call, store, '{ request, headers }')
  if (typeof (store as Partial<StoreOptions>).headers?.append === 'function') return
  throw new TypeError(`${call} needs { request, headers }: the headers of the response, which can append`)
}

/** The same for a call that only reads. */
export function requireRequest(call: string, store: unknown, what = '{ request }'): void {
  const { request } = (store ?? {}) as { readonly request?: Partial<SessionRequest> | null }
  const { method, url, headers } = request ?? {}
  if (typeof method === 'string' && typeof url === 'string' && typeof headers === 'object') return
  throw new TypeError(`${call} needs ${what}: the request, with its method, url and headers`)
}

/** A header of a request, by its lower-case name, however a plain object spells it. */
export function headerOf({ headers }: SessionRequest, name: string): string | undefined {
  if (isStandard(headers)) return headers.get(name) ?? undefined
  const value = headers[name] ?? Object.entries(headers).find(([other]) => other.toLowerCase() === name)?.[1]
  return typeof value === 'string' ? value : value?.join(name === 'cookie' ? '; ' : ', ')
}

/** The query of a request. What stands before it is not looked at: a proxy may have changed it. */
export function queryOf({ url }: SessionRequest): URLSearchParams {
  const [, query = ''] = /^[^?#]*\?([^#]*)/.exec(url) ?? []
  return new URLSearchParams(query)
}

const uncached = new WeakSet<object>()
const unreferred = new WeakSet<object>()

/** Whoever caches an answer with cookies, or with a token in its URL, gives it to others. */
export function forbidCaching({ headers }: StoreOptions): void {
  if (!uncached.has(headers)) headers.append('Cache-Control', 'no-store')
  uncached.add(headers)
}

/** The address that leads on may hold a token, and the one that led here may have held one. */
export function forbidReferrer({ headers }: StoreOptions): void {
  if (!unreferred.has(headers)) headers.append('Referrer-Policy', 'no-referrer')
  unreferred.add(headers)
}

/** Also those of another realm. */
function isStandard(headers: SessionRequest['headers']): headers is Headers {
  return typeof headers.get === 'function'
}
