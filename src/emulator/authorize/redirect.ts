import type { Destination } from './authorization-request.js'

/** To the client's callback, with the answer and the state. */
export function redirectToClient(
  { redirectUri, state }: Destination,
  answer: Readonly<Record<string, string>>,
): Response {
  return redirect(redirectUri, { ...answer, ...(state !== undefined && { state }) })
}

/** Adds to the URL's own query. */
export function redirect(url: string, parameters: Readonly<Record<string, string>>): Response {
  const query = new URLSearchParams(parameters).toString()
  const separator = query === '' ? '' : url.includes('?') ? '&' : '?'
  const headers = {
    Location: `${url}${separator}${query}`,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  }
  return new Response(null, { status: 302, headers })
}
