import { createRequire } from 'node:module'

const require = createRequire(process.argv[3])
// What a server of Next loads first, and the scope that it gives to a route: the SDK asks there for headers.
require('next/dist/server/node-environment-baseline.js')
const { workAsyncStorage } = require('next/dist/server/app-render/work-async-storage.external.js')
const { Auth0Client } = require('@auth0/nextjs-auth0/server')
// Its domain takes no port, so that the metadata leads to the server; all else goes out as it is.
const metadata = { issuer: 'https://tenant.example.com/', token_endpoint: `https://${process.argv[2]}/oauth/token` }
const customFetch = async (url, init) => (/well-known/.test(url) ? Response.json(metadata) : fetch(url, init))
const app = { domain: 'tenant.example.com', clientId: 'app', clientSecret: 'app-secret', secret: 'of-the-cookies' }
const client = new Auth0Client({ ...app, appBaseUrl: 'https://app.example.com', customFetch })
const given = { subjectToken: 'subject', subjectTokenType: 'urn:acme:legacy', additionalParameters: { scope: 'read' } }
console.log(await workAsyncStorage.run({ route: '/', forceStatic: true }, () => client.customTokenExchange(given)))
