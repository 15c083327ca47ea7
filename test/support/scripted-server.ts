import { TokenExchangeClient, clientSecretPost, type Fetch, type TokenExchangeClientConfig } from '../../src/index.js'

/** A request to the token endpoint, as it was sent. */
export interface SentRequest {
  readonly url: string
  readonly headers: Headers
  readonly body: string
  readonly form: readonly (readonly [string, string])[]
}

export const ISSUER = 'https://tenant.example.com/'
export const METADATA = {
  issuer: ISSUER,
  token_endpoint: `${ISSUER}oauth/token`,
  jwks_uri: `${ISSUER}.well-known/jwks.json`,
}
export const TOKEN_RESPONSE = {
  access_token: 'issued-access-token',
  issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  token_type: 'Bearer',
  expires_in: 3600,
}

export type Reply = (request: SentRequest) => Response | Promise<Response>

/** A `fetch` that answers discovery by itself and the token endpoint with `reply`, and keeps what was sent. */
export function scriptedServer(reply: Reply = () => Response.json(TOKEN_RESPONSE)): {
  fetch: Fetch
  /** Every URL that was asked for, discovery included. */
  urls: string[]
  tokenRequests: SentRequest[]
} {
  const urls: string[] = []
  const tokenRequests: SentRequest[] = []
  return {
    urls,
    tokenRequests,
    async fetch(url, init) {
      urls.push(url)
      if (url.endsWith('/.well-known/openid-configuration')) return Response.json(METADATA)
      const body = init.body as string
      const request = { url, headers: new Headers(init.headers), body, form: [...new URLSearchParams(body)] }
      tokenRequests.push(request)
      return reply(request)
    },
  }
}

/** A client of `server`, with what a test wants changed. */
export function clientOf(
  server: { fetch: Fetch },
  config: Partial<TokenExchangeClientConfig> = {},
): TokenExchangeClient {
  return new TokenExchangeClient({
    domain: 'tenant.example.com',
    clientId: 'web-app',
    clientAuthentication: clientSecretPost('canary-client-secret'),
    fetch: server.fetch,
    ...config,
  })
}

/** The smallest options of an exchange. */
export const EXCHANGE = {
  subjectToken: 'canary-subject-token',
  subjectTokenType: 'urn:acme:legacy-session',
} as const

/** What `promise` throws; a promise that does not is an error of its own. */
export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('expected an error, got none')
}
