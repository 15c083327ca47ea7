import type { Emulator, ConnectionOptions } from '../../../src/emulator/index.js'
import { custom, exchange, member, send, toForm, FORM, type Parameters, type Reply } from '../support.js'

export const CALLBACK = 'http://127.0.0.1:4711/callback'

/** The customer app's request for a login, which is fine unless `overrides` break it. */
export function loginRequest(overrides: Parameters = {}): Parameters {
  return {
    client_id: 'customer-app',
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid profile read:data',
    state: 'a state & more',
    nonce: 'a nonce',
    ...overrides,
  }
}

export function authorize(emulator: Emulator, parameters: Parameters, options: ConnectionOptions = {}): Promise<Reply> {
  return send(emulator, `/authorize?${toForm(parameters)}`, {}, options)
}

/** What a browser sends when somebody presses a button of the login page. */
export function signIn(
  emulator: Emulator,
  overrides: Parameters = {},
  user_id: string | undefined = 'auth0|alice',
): Promise<Reply> {
  const body = toForm(loginRequest({ user_id, ...overrides }))
  return send(emulator, '/authorize/login', { method: 'POST', headers: FORM, body })
}

/** The name and value of the session's cookie, as a browser sends it back. */
export function sessionOf({ headers }: Reply): { readonly Cookie: string } {
  const [cookie] = headers.getSetCookie()
  if (cookie === undefined) throw new Error('No cookie')
  return { Cookie: cookie.slice(0, cookie.indexOf(';')) }
}

/** The same as `authorize`, from a browser that has cookies. */
export function authorizeAgain(emulator: Emulator, cookies: object, parameters: Parameters = {}): Promise<Reply> {
  return send(emulator, `/authorize?${toForm(loginRequest(parameters))}`, { headers: { ...cookies } })
}

/** The parameters that a redirect gives to the client. */
export function answer({ status, headers }: Reply): Readonly<Record<string, string>> {
  const location = headers.get('Location')
  if (status !== 302 || location === null) throw new Error(`No redirect: ${status}`)
  return Object.fromEntries(new URL(location).searchParams)
}

export function codeOf(reply: Reply): string {
  const { code } = answer(reply)
  if (code === undefined) throw new Error(`No code: ${JSON.stringify(answer(reply))}`)
  return code
}

/** The customer app's request for the tokens. */
export function codeGrant(code: string, overrides: Parameters = {}): Parameters {
  return {
    grant_type: 'authorization_code',
    client_id: 'customer-app',
    client_secret: 'customer-app-secret',
    code,
    redirect_uri: CALLBACK,
    ...overrides,
  }
}

/** The support console's request for a session transfer token, with Bob as the actor. */
export function sessionTransfer(overrides: Parameters = {}): Parameters {
  return custom({
    client_id: 'support-console',
    client_secret: 'support-console-secret',
    actor_token: 'agent:bob',
    actor_token_type: 'urn:acme:agent',
    audience: 'urn:tenant.example.com:session_transfer',
    scope: undefined,
    ...overrides,
  })
}

export async function mint(
  emulator: Emulator,
  overrides: Parameters = {},
  options: ConnectionOptions = {},
  headers = {},
): Promise<string> {
  return member(await exchange(emulator, sessionTransfer(overrides), headers, options), 'access_token')
}
