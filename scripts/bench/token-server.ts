/** A token endpoint that does nothing but answer, in a process of its own so that it does not share the client's CPU. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const server = createServer((request, response) => {
  response.setHeader('Content-Type', 'application/json')
  if (request.method === 'GET') {
    response.end(
      JSON.stringify({ issuer: `${origin}/`, token_endpoint: `${origin}/oauth/token`, jwks_uri: `${origin}/jwks` }),
    )
    return
  }
  request.resume().on('end', () => response.end(answer))
})
const answer = JSON.stringify({
  access_token: 'x'.repeat(900),
  issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  token_type: 'Bearer',
  expires_in: 86400,
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
process.send?.(origin)
process.once('disconnect', () => process.exit(0))
