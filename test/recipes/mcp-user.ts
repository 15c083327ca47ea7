import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js'

/** A user of an MCP client that gets its tokens as the SDK does, and signs in at the emulator. */
export interface McpUser {
  connect(url: string): Promise<Client>
  /** Where the SDK sent the user. */
  authorizationUrl(): URL
  signIn(userId: string): Promise<void>
}

export function createMcpUser(clientId: string, accessToken?: string): McpUser {
  let tokens: OAuthTokens | undefined
  if (accessToken !== undefined) tokens = { access_token: accessToken, token_type: 'Bearer' }
  let sentTo: URL | undefined
  let verifier = ''
  let transport: StreamableHTTPClientTransport | undefined

  const provider: OAuthClientProvider = {
    redirectUrl: 'http://127.0.0.1/callback',
    clientMetadata: { redirect_uris: ['http://127.0.0.1/callback'] },
    clientInformation: () => ({ client_id: clientId }),
    tokens: () => tokens,
    saveTokens: (saved) => {
      tokens = saved
    },
    redirectToAuthorization: (url) => {
      sentTo = url
    },
    saveCodeVerifier: (saved) => {
      verifier = saved
    },
    codeVerifier: () => verifier,
  }

  function authorizationUrl(): URL {
    if (sentTo === undefined) throw new Error('The SDK sent the user nowhere.')
    return sentTo
  }

  return {
    authorizationUrl,
    async connect(url) {
      transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider })
      const client = new Client({ name: 'test', version: '1.0.0' })
      await client.connect(transport)
      return client
    },
    async signIn(userId) {
      const body = new URLSearchParams([...authorizationUrl().searchParams, ['user_id', userId]])
      const page = new URL('/authorize/login', authorizationUrl())
      const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' })
      const code = new URL(answer.headers.get('Location') ?? '').searchParams.get('code') ?? ''
      await transport?.finishAuth(code)
    },
  }
}
