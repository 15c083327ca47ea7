import type { OAuthFailure } from './failure.js'

const HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', Pragma: 'no-cache' }

export function jsonResponse(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { ...HEADERS, ...headers } })
}

export function failureResponse(failure: OAuthFailure): Response {
  return jsonResponse(failure.status, failure.toBody(), failure.headers)
}
