import { AuthClient } from '@auth0/auth0-auth-js'

const client = new AuthClient({ domain: process.argv[2], clientId: 'app', clientSecret: 'app-secret' })
const subject = { subjectToken: 'subject', subjectTokenType: 'urn:acme:legacy' }
await client.exchangeToken({ ...subject, actorTokenType: 'urn:acme:agent' })
await client.exchangeToken({ ...subject, actorToken: 'actor', actorTokenType: '' })
const result = await client.exchangeToken({ ...subject, actorToken: 'actor', actorTokenType: 'urn:acme:agent' })
console.log(`act ${JSON.stringify(result.act)}, expiresAt ${result.expiresAt}`)
