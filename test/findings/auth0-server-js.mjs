import { ServerClient } from '@auth0/auth0-server-js'

const store = { get: async () => undefined, set: async () => {}, delete: async () => {} }
const credentials = { domain: process.argv[2], clientId: 'app', clientSecret: 'app-secret' }
const client = new ServerClient({ ...credentials, transactionStore: store, stateStore: store })
const subject = { subjectToken: 'subject', subjectTokenType: 'urn:acme:legacy' }
await client.customTokenExchange({ ...subject, actorTokenType: 'urn:acme:agent' })
await client.customTokenExchange({ ...subject, actorToken: 'actor', actorTokenType: '' })
const result = await client.customTokenExchange({ ...subject, actorToken: 'actor', actorTokenType: 'urn:acme:agent' })
console.log(`act ${JSON.stringify(result.act)}, expiresAt ${result.expiresAt}`)
