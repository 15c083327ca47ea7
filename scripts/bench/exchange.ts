import { fork } from 'node:child_process'
import { once } from 'node:events'
import { AuthClient } from '@auth0/auth0-auth-js'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { request } from 'undici'
import { TokenExchangeClient, clientSecretPost } from '../../src/index.js'
import { createNodeFetch } from '../../src/node.js'
import { interleave, type Measurement } from './measurement.js'

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange'
const OPTIONS = {
  subjectToken: 's'.repeat(900),
  subjectTokenType: 'urn:acme:legacy-session',
  audience: 'https://api.example.com',
  scope: 'read:data',
}
const PARAMETERS = {
  subject_token: OPTIONS.subjectToken,
  subject_token_type: OPTIONS.subjectTokenType,
  audience: OPTIONS.audience,
  scope: OPTIONS.scope,
}
const FIELDS = { client_id: 'web-app', client_secret: 'secret', grant_type: GRANT, ...PARAMETERS }

/** What each contender must reach of a bare `fetch` of the same fields. */
const REACH: Readonly<Record<string, string>> = { exchange: '<= 1.05', 'exchange with onbehalf/node': '<= 0.70' }

/**
 * An exchange without a cache, ours and the peers', next to the same fields through a bare `fetch`, over loopback.
 *
 * Each runs in turn with the bare fetch alone. With all of them at once, a contender is slower the less of its code it
 * shares with the others, since what the others share stays in the caches of the machine.
 */
export async function measureExchange(): Promise<Measurement[]> {
  const server = fork(new URL('token-server.js', import.meta.url))
  try {
    const [domain] = (await once(server, 'message')) as [string]
    const bare = bareFetch(domain)
    const measurements: Measurement[] = []
    for (const [name, contender] of Object.entries(contenders(domain))) {
      const medians = await interleave({ bare, contender }, { rounds: 4000, warmup: 4000 })
      const reach = REACH[name]
      measurements.push({
        name: `${name} / bare fetch`,
        value: medians.contender / medians.bare,
        unit: 'ratio',
        ...(reach === undefined ? {} : { reach }),
      })
    }
    return measurements
  } finally {
    server.disconnect()
  }
}

function bareFetch(domain: string): (init?: RequestInit) => Promise<unknown> {
  return async (init) => {
    const body = new URLSearchParams(FIELDS)
    const response = await fetch(`${domain}/oauth/token`, { method: 'POST', body, ...init })
    return response.json() as Promise<unknown>
  }
}

function contenders(domain: string) {
  const endpoint = `${domain}/oauth/token`
  const config = { domain, clientId: 'web-app', clientAuthentication: clientSecretPost('secret') }
  const facade = new TokenExchangeClient(config)
  const node = new TokenExchangeClient({ ...config, fetch: createNodeFetch() })

  const server = { issuer: `${domain}/`, token_endpoint: endpoint }
  const client = { client_id: 'web-app' }
  const openidConfig = new openid.Configuration(server, 'web-app', undefined, openid.ClientSecretPost('secret'))
  openid.allowInsecureRequests(openidConfig)
  // It insists on https for discovery and the exchange; its own fetch option brings it to the same server.
  const auth0 = new AuthClient({
    domain: 'bench.example.com',
    clientId: 'web-app',
    clientSecret: 'secret',
    customFetch: (input, init) => {
      if (!requestUrl(input).includes('.well-known')) return fetch(endpoint, init)
      const issuer = 'https://bench.example.com/'
      return Promise.resolve(Response.json({ issuer, token_endpoint: `${issuer}t`, jwks_uri: `${issuer}k` }))
    },
  })
  const bare = bareFetch(domain)
  return {
    exchange: () => facade.exchangeToken(OPTIONS),
    'exchange with onbehalf/node': () => node.exchangeToken(OPTIONS),
    /** The request of an exchange, by hand: it asks for JSON, follows no redirect and can time out. */
    'the same request by hand': async () => {
      const controller = new AbortController()
      const timer = setTimeout(() => {
        controller.abort()
      }, 10_000)
      const headers = { Accept: 'application/json' }
      const answer = await bare({ headers, redirect: 'manual', signal: controller.signal })
      clearTimeout(timer)
      return answer
    },
    'bare undici.request': async () => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const { body } = await request(endpoint, {
        method: 'POST',
        headers,
        body: new URLSearchParams(FIELDS).toString(),
      })
      return body.json()
    },
    'auth0-auth-js': () => auth0.exchangeToken(OPTIONS),
    'openid-client': () => openid.genericGrantRequest(openidConfig, GRANT, PARAMETERS),
    oauth4webapi: async () => {
      const response = await oauth.genericTokenEndpointRequest(
        server,
        client,
        oauth.ClientSecretPost('secret'),
        GRANT,
        PARAMETERS,
        { [oauth.allowInsecureRequests]: true },
      )
      return oauth.processGenericTokenEndpointResponse(server, client, response)
    },
  }
}

function requestUrl(input: string | URL | Request): string {
  return input instanceof Request ? input.url : String(input)
}
