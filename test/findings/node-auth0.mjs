import { createRequire } from 'node:module'

const { AuthenticationClient } = createRequire(process.argv[3])('auth0/legacy')
const client = new AuthenticationClient({ domain: process.argv[2], clientId: 'app', clientSecret: 'app-secret' })
const exchange = (subject, further) =>
  client.tokenExchange.exchangeToken({ subject_token: subject, subject_token_type: 'urn:acme:legacy', ...further })
await exchange('redirect')
await exchange('subject', { client_secret: 'another-secret', audience: 'https://api.example.com' })
