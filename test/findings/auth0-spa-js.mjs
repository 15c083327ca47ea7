import { createRequire } from 'node:module'

const { Auth0Client } = createRequire(process.argv[3])('@auth0/auth0-spa-js')
const client = new Auth0Client({ domain: process.argv[2], clientId: 'app' })
for (const further of [
  { subject_token: 'redirect' },
  { subject_token: 'subject', actor_token: 'actor' },
  { subject_token: 'subject', actor_token_type: 'urn:acme:agent' },
])
  await client.customTokenExchange({ subject_token_type: 'urn:acme:legacy', ...further })
