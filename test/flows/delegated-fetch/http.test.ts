import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createExchangeCache } from '../../../src/cache.js'
import type { DelegatedFetch } from '../../../src/index.js'
import { METADATA, TOKEN_RESPONSE, clientOf } from '../../support/scripted-server.js'
import { OPTIONS } from './delegated.js'

describe('a delegated fetch over real http', () => {
  const servers: Server[] = []

  async function listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer(handler)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  function overHttp(origin: string): DelegatedFetch {
    let count = 0
    const client = clientOf(
      {
        fetch: (url, init) => {
          if (url.endsWith('/.well-known/openid-configuration')) return Promise.resolve(Response.json(METADATA))
          if (url !== METADATA.token_endpoint) return fetch(url, init)
          return Promise.resolve(Response.json({ ...TOKEN_RESPONSE, access_token: `token-${++count}` }))
        },
      },
      { cache: createExchangeCache() },
    )
    return client.delegatedFetch({ ...OPTIONS, origins: [origin] })
  }

  it('sends the body again, whole, after a 401', async () => {
    const received: string[] = []
    const origin = await listen((request, response) => {
      let body = ''
      request.setEncoding('utf8')
      request.on('data', (chunk: string) => (body += chunk))
      request.on('end', () => {
        received.push(`${request.method ?? ''} ${request.headers.authorization ?? ''} ${body}`)
        response.writeHead(received.length === 1 ? 401 : 200).end('done')
      })
    })
    const response = await overHttp(origin)(`${origin}/events`, { method: 'PUT', body: new Blob(['hello']) })
    expect(await response.text()).toBe('done')
    expect(received).toEqual(['PUT Bearer token-1 hello', 'PUT Bearer token-2 hello'])
  })

  it.each([301, 302, 303, 307, 308])('does not follow a %s to another origin', async (status) => {
    let stray = 0
    const other = await listen((_request, response) => {
      stray++
      response.end()
    })
    const origin = await listen((_request, response) => {
      response.writeHead(status, { location: `${other}/` }).end()
    })
    const response = await overHttp(origin)(origin)
    expect(response.status).toBe(status)
    expect(stray).toBe(0)
  })
})
