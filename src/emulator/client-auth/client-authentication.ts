import { CERTIFICATE_METHODS, SECRET_METHODS } from './auth-methods.js'
import { verifyClientAssertion } from './client-assertion.js'
import type { Client } from '../tenant/clients.js'
import type { TokenEndpointAuthMethod } from '../config/config.js'
import type { Connection } from '../http/connection.js'
import { invalidRequest, OAuthFailure } from '../http/failure.js'
import { decodeFormComponent } from '../http/form.js'
import { getParameter, missingParameter, type RequestParameters } from '../http/parameters.js'
import type { Server } from '../server.js'

/** A request whose client is not known yet. */
export interface AuthenticationAttempt {
  readonly server: Server
  readonly request: Request
  readonly parameters: RequestParameters
  readonly connection: Connection
  readonly now: number
}

export interface AuthenticatedClient {
  readonly client: Client
  readonly authMethod: TokenEndpointAuthMethod
}

interface SecretCredentials {
  readonly method: TokenEndpointAuthMethod
  readonly clientId: string
  readonly secret: string | undefined
}

/** RFC 6749, section 2.3. The texts say too little to tell an unknown client from a wrong secret. */
export async function authenticateClient(attempt: AuthenticationAttempt): Promise<AuthenticatedClient> {
  const { server, request, parameters, now } = attempt
  const authorization = request.headers.get('Authorization')
  const secret = getParameter(parameters, 'client_secret')
  const assertion = getParameter(parameters, 'client_assertion') ?? getParameter(parameters, 'client_assertion_type')
  if ([authorization ?? undefined, secret, assertion].filter((value) => value !== undefined).length > 1) {
    throw invalidRequest('The request uses more than one method of client authentication.')
  }
  const client =
    assertion === undefined
      ? authenticateWithoutAssertion(attempt, authorization)
      : await authenticateWithAssertion(server, parameters, now)
  if (client === undefined) throw invalidClient(authorization)
  return client
}

/**
 * The address that rules about addresses go by. A client is believed when it proved itself with its secret.
 * Source: Auth0, "Passwordless: relevant API endpoints".
 */
export function readClientAddress(
  request: Request,
  connection: Connection,
  client: Client,
  authMethod: TokenEndpointAuthMethod,
): string {
  if (!client.isIpHeaderTrusted || !SECRET_METHODS.has(authMethod)) return connection.ip
  const forwarded = request.headers.get('auth0-forwarded-for')?.trim() ?? ''
  return /^[\da-f.:]{2,45}$/i.test(forwarded) ? forwarded : connection.ip
}

async function authenticateWithAssertion(
  server: Server,
  parameters: RequestParameters,
  now: number,
): Promise<AuthenticatedClient | undefined> {
  const client = await verifyClientAssertion(server, parameters, now)
  return client && { client, authMethod: 'private_key_jwt' }
}

function authenticateWithoutAssertion(
  { server, parameters, connection }: AuthenticationAttempt,
  authorization: string | null,
): AuthenticatedClient | undefined {
  const { method, clientId, secret } = readSecret(authorization, parameters)
  const client = server.tenant.clients.get(clientId)
  if (client === undefined) return undefined
  const certificateMethod = CERTIFICATE_METHODS.find((name) => client.authMethods.has(name))
  if (method === 'none' && certificateMethod !== undefined) {
    const thumbprint = connection.certificateThumbprint
    const isKnown = thumbprint !== undefined && client.certificateThumbprints.has(thumbprint)
    return isKnown ? { client, authMethod: certificateMethod } : undefined
  }
  return client.authMethods.has(method) && client.secret === secret ? { client, authMethod: method } : undefined
}

function readSecret(authorization: string | null, parameters: RequestParameters): SecretCredentials {
  const clientId = getParameter(parameters, 'client_id')
  const secret = getParameter(parameters, 'client_secret')
  if (authorization !== null) return readBasic(authorization, clientId)
  if (clientId === undefined) throw missingParameter('client_id')
  return { method: secret === undefined ? 'none' : 'client_secret_post', clientId, secret }
}

function readBasic(authorization: string, parameterClientId: string | undefined): SecretCredentials {
  const decoded = decodeBase64(/^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1])
  const colon = decoded?.indexOf(':') ?? -1
  if (decoded === undefined || colon === -1) throw invalidClient(authorization)
  const clientId = decodeFormComponent(decoded.slice(0, colon))
  const secret = decodeFormComponent(decoded.slice(colon + 1))
  if (clientId === undefined || secret === undefined) throw invalidClient(authorization)
  if (parameterClientId !== undefined && parameterClientId !== clientId) {
    throw invalidRequest('The client_id differs from the one in the Authorization header.')
  }
  return { method: 'client_secret_basic', clientId, secret }
}

function decodeBase64(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The challenge is owed to whoever tried the Authorization header (RFC 6749, section 5.2). */
function invalidClient(authorization: string | null): OAuthFailure {
  const challenge = { 'WWW-Authenticate': 'Basic realm="token endpoint", charset="UTF-8"' }
  return new OAuthFailure(
    401,
    'invalid_client',
    'Client authentication failed',
    authorization === null ? {} : challenge,
  )
}
