import createClient, { type Client } from 'openapi-fetch'
import type { TokenRequest, paths } from '../../generated/openapi.js'
import { TokenExchangeError, TokenExchangeErrorCode } from '../errors.js'
import { formBody } from '../request/form.js'
import { LIGHT_FETCH, boundedFetch, type Fetch, type Limits, type ReadResponse, type Send } from './bounded-fetch.js'
import type { ExtraParameters } from '../input/parameters.js'

/** What openapi-fetch needs of a Request; a real one costs a third of an exchange. */
class HeldRequest {
  readonly url: string
  readonly init: RequestInit
  readonly method: string | undefined

  constructor(url: string, init: RequestInit) {
    this.url = url
    this.init = init
    this.method = init.method
  }
}

type HeaderFields = Readonly<Record<string, string>>

const FORM_HEADERS = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' }
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
  getMetadata(url: string, limits: Limits): Promise<ReadResponse>
  getKeys(url: string, limits: Limits): Promise<ReadResponse>
  getUserInfo(url: string, headers: HeaderFields, limits: Limits): Promise<ReadResponse>
}

/** Wires openapi-fetch to `fetch`; where it sends to is the endpoint that discovery found, not the description's path. */
export function createTransport(anyFetch: Fetch): Transport {
  const fetch = (anyFetch as { [LIGHT_FETCH]?: Fetch })[LIGHT_FETCH] ?? anyFetch
  const api = createClient<paths>({ Request: HeldRequest as unknown as typeof Request, querySerializer: () => '' })

  // Headers and form go straight to the fetch: openapi-fetch would make two objects of headers for each.
  function sends(method: 'GET' | 'POST', url: string, headers: HeaderFields, limits: Limits, body: string | null) {
    const send: Send = (signal) => fetch(url, { method, headers, body, redirect: 'manual', signal })
    return { parseAs: 'stream' as const, fetch: () => boundedFetch(send, limits) as unknown as Promise<Response> }
  }
  const gets = (url: string, headers: HeaderFields, limits: Limits) => sends('GET', url, headers, limits, null)

  return {
    postToken(endpoint, body, { client, extra }, headers, limits) {
      const form = formBody(client, body, extra)
      const init = sends('POST', endpoint, { ...FORM_HEADERS, ...headers }, limits, form)
      return api.POST('/oauth/token', init as typeof init & { readonly body: TokenRequest }).then(answer)
    },
    getMetadata: (url, limits) =>
      api.GET('/.well-known/openid-configuration', gets(url, JSON_HEADERS, limits)).then(answer),
    getKeys: (url, limits) => api.GET('/.well-known/jwks.json', gets(url, JSON_HEADERS, limits)).then(answer),
    getUserInfo: (url, headers, limits) =>
      api.GET('/userinfo', gets(url, { ...JSON_HEADERS, ...headers }, limits)).then(answer),
  }
}

/** The answer itself, whose body was read already. */
function answer({ response }: { readonly response: Response }): ReadResponse {
  return response as unknown as ReadResponse
}

/** The raw client's wiring: the same limits, but standard answers, and errors as openapi-fetch gives them. */
export function createRawClient(baseUrl: string, fetch: Fetch, limits: Limits): Client<paths> {
  return createClient<paths>({
    baseUrl,
    Request: HeldRequest as unknown as typeof Request,
    redirect: 'manual',
    headers: FORM_HEADERS,
    bodySerializer: (fields) => formBody(fields),
    async fetch(request: Request) {
      const { url, init } = request as unknown as HeldRequest
      const send: Send = (signal) => fetch(url, { ...init, signal })
      return standardResponse(await boundedFetch(send, { ...limits, signal: init.signal ?? undefined }))
    },
  })
}

/** A Response that openapi-fetch reads without an error of its own: such an error would quote the body. */
function standardResponse({ status, ok, headers, body }: ReadResponse): Response {
  const fail = (message: string, reason: string): never => {
    throw new TokenExchangeError(TokenExchangeErrorCode.INVALID_RESPONSE, message, { reason, status })
  }
  // A Response cannot have such a status, or not with a body.
  if (status === 205 || status > 599) fail(`The server answered with status ${status}.`, 'http_status')
  if (ok && status !== 204 && !isJson(body)) fail('The answer is not JSON.', 'not_json')
  return new Response(status === 204 ? null : body, { status, headers })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
