import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose'
import { expect } from 'vitest'
import { ACCESS_TOKEN_TYPE, TOKEN_EXCHANGE_GRANT_TYPE } from '../../generated/constants.js'
import { isJsonWebKeySet } from '../../generated/validators/json-web-key-set.js'
import { isOAuthError } from '../../generated/validators/oauth-error.js'
import { isServerMetadata } from '../../generated/validators/server-metadata.js'
import { isTokenResponse } from '../../generated/validators/token-response.js'
import { isUserInfo } from '../../generated/validators/user-info.js'
import {
  createEmulator,
  defaultTenant,
  type Action,
  type ApiConfig,
  type ClientConfig,
  type Emulator,
  type ConnectionOptions,
  type TenantConfig,
  type UserConfig,
} from '../../src/emulator/index.js'

export const ISSUER = 'https://tenant.example.com/'
export const TOKEN_URL = `${ISSUER}oauth/token`
export const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

/** A parameter that is undefined is not sent. */
export type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>

export interface Reply {
  readonly status: number
  readonly headers: Headers
  /** Empty unless it is JSON. */
  readonly body: Readonly<Record<string, unknown>>
  readonly text: string
}

type Validator = ((value: unknown) => boolean) & { readonly errors?: unknown }

const VALIDATORS = new Map<string, Validator>([
  ['/oauth/token', isTokenResponse],
  ['/mtls/oauth/token', isTokenResponse],
  ['/userinfo', isUserInfo],
  ['/mtls/userinfo', isUserInfo],
  ['/.well-known/openid-configuration', isServerMetadata],
  ['/.well-known/oauth-authorization-server', isServerMetadata],
  ['/.well-known/jwks.json', isJsonWebKeySet],
])
const PAGES = ['/authorize', '/authorize/login', '/oidc/logout', '/v2/logout']

/** Sends a request. Whatever the answer is, it is one that the description allows. */
export async function send(
  emulator: Emulator,
  path: string,
  init: RequestInit = {},
  options: ConnectionOptions = {},
): Promise<Reply> {
  return readReply(await emulator.fetch(new Request(new URL(path, ISSUER), init), options), path)
}

/** Sends a request to the token endpoint. */
export function post(
  emulator: Emulator,
  body: RequestInit['body'],
  headers: Readonly<Record<string, string>> = FORM,
  options: ConnectionOptions = {},
): Promise<Reply> {
  return send(emulator, '/oauth/token', { method: 'POST', headers, ...(body !== undefined && { body }) }, options)
}

export async function readReply(response: Response, path = '/oauth/token'): Promise<Reply> {
  const { status, headers } = response
  const text = await response.text()
  const { pathname } = new URL(path, ISSUER)
  expect(headers.get('Cache-Control')).toBe('no-store')
  if (PAGES.includes(pathname) && status !== 405) {
    const hasPage = status === 200 || status === 400
    expect([200, 302, 400]).toContain(status)
    expect(headers.get('Content-Type')).toBe(hasPage ? 'text/html; charset=utf-8' : null)
    expect(headers.has('Location')).toBe(!hasPage)
    return { status, headers, body: {}, text }
  }
  expect(headers.get('Content-Type')).toBe('application/json')
  expect(headers.get('Pragma')).toBe('no-cache')
  if (text === '') return { status, headers, body: {}, text }
  const body: unknown = JSON.parse(text)
  const isValid: Validator | undefined = status === 200 ? VALIDATORS.get(pathname) : isOAuthError
  expect(isValid?.(body), JSON.stringify([path, status, body, isValid?.errors])).toBe(true)
  return { status, headers, body: body as Reply['body'], text }
}

export function toForm(parameters: Parameters): string {
  return new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) =>
      (value === undefined ? [] : [value].flat()).map((item) => [name, item]),
    ),
  ).toString()
}

export function exchange(
  emulator: Emulator,
  parameters: Parameters,
  headers = {},
  options: ConnectionOptions = {},
): Promise<Reply> {
  return post(emulator, toForm(parameters), { ...FORM, ...headers }, options)
}

/** A custom exchange of the web app for Alice, which succeeds unless `overrides` break it. */
export function custom(overrides: Parameters = {}): Parameters {
  return {
    grant_type: TOKEN_EXCHANGE_GRANT_TYPE,
    client_id: 'web-app',
    client_secret: 'web-app-secret',
    subject_token: 'legacy-session:alice',
    subject_token_type: 'urn:acme:legacy-session',
    audience: 'https://api.example.com',
    scope: 'read:data',
    ...overrides,
  }
}

/** The MCP server's exchange for the calendar, which succeeds when the subject token does. */
export function onBehalfOf(subjectToken: string, overrides: Parameters = {}): Parameters {
  return {
    grant_type: TOKEN_EXCHANGE_GRANT_TYPE,
    client_id: 'mcp-server',
    client_secret: 'mcp-server-secret',
    subject_token: subjectToken,
    subject_token_type: ACCESS_TOKEN_TYPE,
    requested_token_type: ACCESS_TOKEN_TYPE,
    audience: 'https://calendar.example.com',
    scope: 'calendar:read',
    ...overrides,
  }
}

/** A user's access token for the MCP server, issued to the single-page app. */
export async function mcpToken(emulator: Emulator, overrides: Parameters = {}): Promise<string> {
  const parameters = {
    client_id: 'spa',
    client_secret: undefined,
    audience: 'https://mcp.example.com',
    scope: 'tools:call',
  }
  return accessToken(await exchange(emulator, custom({ ...parameters, ...overrides })))
}

export function accessToken(reply: Reply): string {
  return member(reply, 'access_token')
}

export function member(reply: Reply, name: string): string {
  const value = reply.body[name]
  if (typeof value !== 'string') throw new Error(`No ${name}: ${JSON.stringify(reply.body)}`)
  return value
}

export function claims(reply: Reply, name = 'access_token'): JWTPayload {
  return decodeJwt(member(reply, name))
}

export function tokenHeader(reply: Reply) {
  return decodeProtectedHeader(accessToken(reply))
}

export function expectFailure(reply: Reply, status: number, error: string, description: string): void {
  expect(reply).toMatchObject({ status, body: { error, error_description: description } })
}

export function seeded(overrides: Partial<TenantConfig> = {}, now?: () => number): Emulator {
  return createEmulator({ seed: 'test', tenant: { ...defaultTenant(), ...overrides }, ...(now && { now }) })
}

/** The default tenant with one profile, `urn:acme:test`, that runs `action`. */
export function withAction(action: Action, overrides: Partial<TenantConfig> = {}): Emulator {
  return seeded({ tokenExchangeProfiles: [{ subjectTokenType: 'urn:acme:test', action }], ...overrides })
}

export const TEST_TYPE = { subject_token_type: 'urn:acme:test' }

/** The default tenant's clients, with one of them changed. A member that is undefined is left out. */
export function withClient(clientId: string, overrides: Loose<ClientConfig>): Pick<TenantConfig, 'clients'> {
  return {
    clients: defaultTenant().clients.map((client) => {
      if (client.clientId !== clientId) return client
      const members = Object.entries({ ...client, ...overrides }).filter(([, value]) => value !== undefined)
      return { clientId, ...Object.fromEntries(members) }
    }),
  }
}

type Loose<Config> = { readonly [Name in keyof Config]?: Config[Name] | undefined }

/** The default tenant's users, with one of them changed. */
export function withUser(userId: string, overrides: Partial<UserConfig>): Pick<TenantConfig, 'users'> {
  return { users: defaultTenant().users.map((user) => (user.userId === userId ? { ...user, ...overrides } : user)) }
}

/** The default tenant's APIs, with one of them changed. */
export function withApi(identifier: string, overrides: Partial<ApiConfig>): Pick<TenantConfig, 'apis'> {
  return { apis: defaultTenant().apis.map((api) => (api.identifier === identifier ? { ...api, ...overrides } : api)) }
}
