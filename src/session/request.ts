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

/** A header of a request, by its lower-case name. */
export function headerOf({ headers }: SessionRequest, name: string): string | undefined {
  if (isStandard(headers)) return headers.get(name) ?? undefined
  const value = headers[name]
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
