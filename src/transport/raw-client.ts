import createClient, { type Client } from 'openapi-fetch'
import type { paths } from '../../generated/openapi.js'
import { TokenExchangeError } from '../errors.js'
import { FORM_HEADERS, formBody } from '../request/form.js'
import { boundedFetch, type Fetch, type Limits, type ReadResponse, type Send } from './bounded-fetch.js'

/** Wires openapi-fetch to `fetch`, within the same limits as the facade's requests; its answers and errors are its own. */
export function createRawClient(baseUrl: string, fetch: Fetch, limits: Limits): Client<paths> {
  return createClient<paths>({
    baseUrl,
    headers: FORM_HEADERS,
    bodySerializer: (fields) => formBody(fields),
    async fetch(request: Request) {
      const { url, method, headers, signal } = request
      const body = await request.text()
      // openapi-fetch gives the client's headers to every request.
      if (body === '') headers.delete('Content-Type')
      const init = { method, headers, body: body === '' ? null : body, redirect: 'manual' } as const
      const send: Send = (timed) => fetch(url, { ...init, signal: timed })
      return standardResponse(await boundedFetch(send, { ...limits, signal }))
    },
  })
}

/** A Response that openapi-fetch reads without an error of its own: such an error would quote the body. */
function standardResponse({ status, ok, headers, body }: ReadResponse): Response {
  const fail = (message: string, reason: string): never => {
    throw new TokenExchangeError('invalid_response', message, { reason, status })
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
