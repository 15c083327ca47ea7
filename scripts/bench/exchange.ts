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

/** An exchange without a cache, ours and the peers', next to the same fields through a bare `fetch`, over loopback. */
export async function measureExchange(): Promise<Measurement[]> {
  const server = fork(new URL('token-server.js', import.meta.url))
  try {
    const [domain] = (await once(server, 'message')) as [string]
    const medians = await interleave(contenders(domain), { rounds: 4000, warmup: 4000 })
    // By themselves: with each contender more, the caches of the machine are colder for all.
    const floor = await interleave(bareFetches(domain), { rounds: 4000, warmup: 4000 })
    const ratio = (name: string, value: number, reach?: string): Measurement => ({
      name: `${name} / bare fetch`,
      value: value / medians.fetch,
      unit: 'ratio',
      ...(reach === undefined ? {} : { reach }),
    })
    return [
      { name: 'bare fetch', value: medians.fetch * 1000, unit: 'µs' },
      ratio('exchange', medians.facade, '<= 1.05'),
      ratio('exchange with onbehalf/node', medians.node, '<= 0.70'),
      ratio('bare undici.request', medians.undici),
      ratio('auth0-auth-js', medians.auth0),
      ratio('openid-client', medians.openid),
      ratio('oauth4webapi', medians.oauth),
      { name: 'bare fetch that can time out / bare fetch', value: floor.timed / floor.fetch, unit: 'ratio' },
    ]
  } finally {
    server.disconnect()
  }
}

function bareFetches(domain: string) {
  const endpoint = `${domain}/oauth/token`
  async function post(signal?: AbortSignal): Promise<unknown> {
    const body = new URLSearchParams(FIELDS)
    const response = await fetch(endpoint, { method: 'POST', body, ...(signal && { signal }) })
    return response.json()
  }
  return {
    fetch: () => post(),
    /** The means to end a request that hangs, which is what an exchange cannot do without. */
    timed: async () => {
      const controller = new AbortController()
      const timer = setTimeout(() => {
        controller.abort()
      }, 10_000)
      const answer = await post(controller.signal)
      clearTimeout(timer)
      return answer
    },
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
  return {
    fetch: bareFetches(domain).fetch,
    facade: () => facade.exchangeToken(OPTIONS),
    node: () => node.exchangeToken(OPTIONS),
    undici: async () => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const { body } = await request(endpoint, {
        method: 'POST',
        headers,
        body: new URLSearchParams(FIELDS).toString(),
      })
      return body.json()
    },
    auth0: () => auth0.exchangeToken(OPTIONS),
    openid: () => openid.genericGrantRequest(openidConfig, GRANT, PARAMETERS),
    oauth: async () => {
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
