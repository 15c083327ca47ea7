import { TOKEN_EXCHANGE_GRANT_TYPE } from '../../../generated/constants.js'

/** A command that gets a token from the default tenant. */
export function exampleRequest(origin: string, curl = 'curl'): string {
  return `${curl} ${origin}/oauth/token \\
  -d grant_type=${TOKEN_EXCHANGE_GRANT_TYPE} \\
  -d client_id=spa \\
  -d subject_token=legacy-session:alice \\
  -d subject_token_type=urn:acme:legacy-session \\
  -d audience=https://mcp.example.com \\
  -d scope=tools:call`
}
