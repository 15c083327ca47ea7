import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'

/** An access token of the type at+jwt (RFC 9068) that names an actor. */
const ACCESS_TOKEN = `${encoded({ typ: 'at+jwt', alg: 'none' })}.${encoded({ act: { sub: 'of-the-access-token' } })}.`
/** No expires_in, and no ID token. */
const ANSWER = { access_token: ACCESS_TOKEN, issued_token_type: ACCESS_TOKEN_TYPE, token_type: 'Bearer' }

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const KEY = { ...publicKey.export({ format: 'jwk' }), kid: 'plain', alg: 'RS256', use: 'sig' }

/** A form that was posted, and to which host. */
export interface Posted {
  readonly host: string
  readonly authorization: string | undefined
  readonly form: URLSearchParams
}

/**
 * An authorization server on 127.0.0.1, and another server on localhost that gives tokens too.
 *
 * The subject token says what is answered: `redirect`, `refused`, `lifetime`, `mixed-case`, `endless`, or anything
 * else for a success.
 *
 * @param tls Default: plain http.
 */
export async function openServers(tls?: { readonly key: string; readonly cert: string }) {
  const posted: Posted[] = []
  const scheme = tls ? 'https' : 'http'
  const servers = [server(answer), server(giveToken)]
  const [port, otherPort] = await Promise.all(servers.map(listening))
  const url = `${scheme}://127.0.0.1:${port}`

  function server(reply: (form: URLSearchParams, response: ServerResponse) => void): Server {
    const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      if (request.method !== 'POST') {
        sendJson(response, 200, request.url === '/jwks.json' ? { keys: [KEY] } : metadata())
        return
      }
      const { host = '', authorization } = request.headers
      const form = new URLSearchParams(await text(request))
      posted.push({ host: host.replace(/:\d+$/, ''), authorization, form })
      reply(form, response)
    }
    return tls
      ? createSecureServer(tls, (...both) => void listener(...both))
      : createServer((...both) => void listener(...both))
  }

  function metadata() {
    return { issuer: url, token_endpoint: `${url}/oauth/token`, jwks_uri: `${url}/jwks.json` }
  }

  function answer(form: URLSearchParams, response: ServerResponse): void {
    switch (form.get('subject_token')) {
      case 'redirect':
        response.writeHead(307, { location: `${scheme}://localhost:${otherPort}/elsewhere` }).end()
        return
      case 'refused':
        sendJson(response, 401, { error: 'invalid_client' })
        return
      case 'lifetime':
        sendJson(response, 200, { ...ANSWER, expires_in: 3600 })
        return
      case 'mixed-case':
        sendJson(response, 200, { ...ANSWER, access_token: 'of-access_token', Access_Token: 'of-Access_Token' })
        return
      case 'endless':
        sendJson(response, 200, { ...ANSWER, expires_in: 3600, id_token: endlessIdToken(url) })
        return
      default:
        giveToken(form, response)
    }
  }

  return {
    url,
    host: new URL(url).host,
    posted,
    close() {
      for (const each of servers) {
        each.close()
        each.closeAllConnections()
      }
    },
  }
}

function giveToken(_form: URLSearchParams, response: ServerResponse): void {
  sendJson(response, 200, ANSWER)
}

function sendJson(response: ServerResponse, status: number, members: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(members))
}

/** An ID token without exp that names an actor. */
function endlessIdToken(issuer: string): string {
  const claims = { iss: issuer, sub: 'alice', aud: 'app', iat: 1, act: { sub: 'of-the-endless-token' } }
  const text = `${encoded({ alg: 'RS256', kid: KEY.kid })}.${encoded(claims)}`
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
