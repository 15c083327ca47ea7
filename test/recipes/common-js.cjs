/* eslint-disable @typescript-eslint/no-require-imports -- that is the recipe */
const { TokenExchangeClient, clientSecretPost } = require('onbehalf')

const client = new TokenExchangeClient({
  domain: process.env.AUTH_DOMAIN ?? 'tenant.example.com',
  clientId: 'mcp-server',
  clientAuthentication: clientSecretPost(process.env.CLIENT_SECRET ?? ''),
})

module.exports = { client }
