import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { request } from 'node:https'
import { createConnection } from 'node:net'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import type { Served } from '../../src/cli/served.js'
import { ONBEHALF } from '../support/command.js'

const ROOT = resolve(import.meta.dirname, '../..')
const COMMAND = [...ONBEHALF, 'serve']

const children: ChildProcessWithoutNullStreams[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function start(...args: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [...COMMAND, ...args], { cwd: ROOT })
  children.push(child)
  return child
}

async function startJson(...args: readonly string[]) {
  const child = start('--json', ...args)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { child, served: JSON.parse(line) as Served }
}

async function stop(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals) {
  const exit = once(child, 'exit')
  child.kill(signal)
  const [exitCode] = (await exit) as [number | null]
  return exitCode
}

const statusOf = (url: string, ca: Buffer) =>
  new Promise((resolve, reject) => {
    request(url, { ca, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })

describe('onbehalf serve', { timeout: 60_000 }, () => {
  it('prints one line with the issuer, every endpoint and credentials that work', async () => {
    const { child, served } = await startJson('--seed', 'cli')
    const rest = text(child.stdout)
    const { issuer, authorizationEndpoint, tokenEndpoint, userinfoEndpoint, jwksUri, clients, audiences } = served
    expect(issuer).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    expect([authorizationEndpoint, tokenEndpoint, userinfoEndpoint, jwksUri]).toEqual(
      ['authorize', 'oauth/token', 'userinfo', '.well-known/jwks.json'].map((path) => issuer + path),
    )
    const agent = clients.find(({ clientId }) => clientId === 'reports-agent')
    const audience = audiences.find((identifier) => identifier.includes('mcp'))
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: agent?.clientId ?? '',
      client_secret: agent?.clientSecret ?? '',
      audience: audience ?? '',
    })
    expect((await fetch(tokenEndpoint, { method: 'POST', body })).status).toBe(200)
    expect([await stop(child, 'SIGTERM'), await rest]).toEqual([0, ''])
  })

  it('speaks https to those who trust its authority, and takes the files away', async () => {
    const { child, served } = await startJson('--tls', '--host', 'localhost', '--seed', 'cli')
    const { issuer, jwksUri, caFile = '', trustStoreFile = '', trustStorePassword } = served
    expect([issuer, trustStorePassword]).toEqual([expect.stringMatching(/^https:\/\/localhost:\d+\/$/), 'changeit'])
    expect(await statusOf(jwksUri, readFileSync(caFile))).toBe(200)
    expect([caFile, trustStoreFile].map((file) => existsSync(file))).toEqual([true, true])
    expect(await stop(child, 'SIGINT')).toBe(0)
    expect([caFile, trustStoreFile].map((file) => existsSync(file))).toEqual([false, false])
  })

  it('stops with connections open, one of them in the middle of a request', async () => {
    const { child, served } = await startJson()
    const { hostname, port } = new URL(served.issuer)
    const idle = createConnection(Number(port), hostname).on('error', () => undefined)
    const busy = createConnection(Number(port), hostname)
      .on('error', () => undefined)
      .resume()
    const closed = Promise.all([once(idle, 'close'), once(busy, 'close')])
    idle.write(`GET /.well-known/jwks.json HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`)
    await once(idle, 'data')
    busy.write(`POST /oauth/token HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 10\r\n\r\n`)
    await fetch(served.jwksUri)
    expect(await stop(child, 'SIGTERM')).toBe(0)
    await closed
  })

  it('shows people the same', async () => {
    const child = start('--tls')
    const lines: string[] = []
    for await (const line of createInterface(child.stdout)) {
      lines.push(line)
      if (line.startsWith('Stop')) break
    }
    expect(lines.join('\n')).toMatch(
      /^issuer +https:.*token endpoint +https:.*authority +\/.*trust store +\/.*web-app +secret web-app-secret.*APIs/s,
    )
    const [, authority = ''] = /authority +(\S+)/.exec(lines.join('\n')) ?? []
    const [, issuer = ''] = /issuer +(\S+)/.exec(lines.join('\n')) ?? []
    expect(lines).toContain(`  curl --cacert ${authority} ${issuer}oauth/token \\`)
    expect(await stop(child, 'SIGHUP')).toBe(0)
  })

  it('takes a host that others reach when it is told to', async () => {
    const { child, served } = await startJson('--host', '0.0.0.0', '--allow-remote')
    expect((await fetch(served.jwksUri)).status).toBe(200)
    expect(await stop(child, 'SIGTERM')).toBe(0)
  })

  it.concurrent.each<[string, readonly string[], RegExp]>([
    ['a host that others reach', ['--host', '0.0.0.0'], /0\.0\.0\.0 is not a loopback host.*--allow-remote/],
    [
      'a host that does not exist',
      ['--host', 'nowhere.invalid', '--allow-remote'],
      /cannot listen on nowhere\.invalid/,
    ],
    ['a port that is a word', ['--port', 'http'], /0 to 65535/],
    ['an empty port', ['--port', ''], /0 to 65535/],
    ['an unknown option', ['--nonsense'], /unknown option/],
  ])('refuses %s with exit code 2', async (_case, args, message) => {
    const outcome = await new Promise((resolve) => {
      execFile(process.execPath, [...COMMAND, ...args], { cwd: ROOT }, (error, stdout, stderr) => {
        resolve({ exitCode: error?.code, stdout, stderr })
      })
    })
    expect(outcome).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringMatching(message) as string })
  })
})
