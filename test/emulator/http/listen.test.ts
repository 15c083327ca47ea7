import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../../src/emulator/index.js'
import {
  accessToken,
  claims,
  custom,
  exchange,
  FORM,
  readReply,
  send,
  toForm,
  withAction,
  TEST_TYPE,
} from '../support.js'

const isReachable = (url: string) =>
  new Promise<boolean>((resolve) => {
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port) })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => {
      resolve(false)
    })
  })

describe('listening', () => {
  it('serves the same over loopback http, with the address as issuer', async () => {
    const emulator = createEmulator({ seed: 1 })
    expect(emulator.issuer).toBe('https://tenant.example.com/')
    const { url, issuer, close } = await emulator.listen()
    try {
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
      expect([issuer, emulator.issuer]).toEqual([`${url}/`, `${url}/`])
      const metadata: unknown = await (await fetch(`${url}/.well-known/openid-configuration`)).json()
      expect(metadata).toMatchObject({ issuer, token_endpoint: `${url}/oauth/token` })
      const response = await fetch(`${url}/oauth/token`, { method: 'POST', headers: FORM, body: toForm(custom()) })
      const reply = await readReply(response)
      expect(reply.status).toBe(200)
      expect(claims(reply).iss).toBe(issuer)
    } finally {
      await close()
    }
  })

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '::1'],
  ])('on %s takes the address of the socket for that of the request', async (host, expected) => {
    let ip: string | undefined
    const emulator = withAction(({ request }, api) => {
      ip = request.ip
      api.authentication.setUserById('auth0|bob')
    })
    const { url, close } = await emulator.listen({ host })
    try {
      await fetch(`${url}/oauth/token`, { method: 'POST', headers: FORM, body: toForm(custom(TEST_TYPE)) })
    } finally {
      await close()
    }
    expect(ip).toBe(expected)
  })

  it('keeps a configured issuer', async () => {
    const emulator = createEmulator({ seed: 1, issuer: 'https://a.test' })
    const { issuer, close } = await emulator.listen()
    await close()
    expect([issuer, emulator.issuer]).toEqual(['https://a.test/', 'https://a.test/'])
  })

  it.each(['localhost', '::1', '[::1]', '127.0.0.1'])('serves on %s', async (host) => {
    const { url, close } = await createEmulator({ seed: 1 }).listen({ host })
    try {
      expect((await fetch(`${url}/.well-known/jwks.json`)).status).toBe(200)
    } finally {
      await close()
    }
  })

  it.each([
    '0.0.0.0',
    '::',
    '',
    '192.168.1.1',
    'example.com',
    'localhost.example.com',
    '127.0.0.1.example.com',
    'notlocalhost',
  ])('refuses a host that is not loopback: %j', async (host) => {
    await expect(createEmulator({ seed: 1 }).listen({ host })).rejects.toThrow(
      new TypeError(
        'The emulator listens on loopback hosts only: 127.0.0.1, ::1 or localhost. With allowRemote it takes others.',
      ),
    )
  })

  it.each([
    ['0.0.0.0', /^http:\/\/127\.0\.0\.1:\d+$/],
    ['::', /^http:\/\/\[::1\]:\d+$/],
  ])('takes %s when it is allowed to, and says how it is reached from here', async (host, expected) => {
    const { url, issuer, close } = await createEmulator({ seed: 1 }).listen({ host, allowRemote: true })
    const { status } = await fetch(`${url}/.well-known/jwks.json`)
    await close()
    expect([status, issuer]).toEqual([200, `${url}/`])
    expect(url).toMatch(expected)
  })

  it('close() frees the port, ends open connections, and may be called twice', async () => {
    const emulator = createEmulator({ seed: 1 })
    const { url, close } = await emulator.listen()
    const { port, hostname } = new URL(url)
    const idle = connect({ host: hostname, port: Number(port) })
    const ended = new Promise((resolve) => idle.once('close', resolve).on('error', () => undefined))
    await new Promise((resolve) => idle.once('connect', resolve))
    expect(await isReachable(url)).toBe(true)
    await Promise.all([close(), close()])
    await ended
    expect(await isReachable(url)).toBe(false)
    const again = await emulator.listen({ port: Number(port) })
    expect(again.url).toBe(url)
    await close()
    await expect(emulator.listen()).rejects.toThrow(TypeError)
    await again.close()
  })

  it('listens at one address at a time, and again after a failure', async () => {
    const emulator = createEmulator({ seed: 1 })
    const first = await emulator.listen()
    const port = Number(new URL(first.url).port)
    await expect(emulator.listen()).rejects.toThrow(new TypeError('The emulator listens already'))
    const other = createEmulator({ seed: 1 })
    await expect(other.listen({ port })).rejects.toThrow('EADDRINUSE')
    const second = await other.listen()
    await Promise.all([first.close(), second.close()])
  })

  it('answers malformed bodies as in process', async () => {
    const { url, close } = await createEmulator({ seed: 1 }).listen()
    const send = (body: RequestInit['body'], headers: Readonly<Record<string, string>>) =>
      fetch(`${url}/oauth/token`, { method: 'POST', headers, body: body ?? null })
    try {
      for (const [body, headers] of [
        [`a=${'x'.repeat(1024 * 1024)}`, FORM],
        [new Uint8Array([0xff]), FORM],
        [new Uint8Array([0x61]), {}],
        ['{', { 'Content-Type': 'application/json' }],
      ] as const) {
        expect((await readReply(await send(body, headers))).status).toBe(400)
      }
    } finally {
      await close()
    }
  })
})

describe('in its process', () => {
  it('two emulators share nothing: neither keys, nor issuer, nor clock, nor config', async () => {
    const one = createEmulator()
    const other = createEmulator({ issuer: 'https://b.test', now: () => 0 })
    const [a, b] = [await exchange(one, custom()), await exchange(other, custom())]
    expect([claims(a).iss, claims(b).iss]).toEqual(['https://tenant.example.com/', 'https://b.test/'])
    expect(claims(b).iat).toBe(0)
    const jwks = async (emulator: typeof one) => (await send(emulator, '/.well-known/jwks.json')).text
    expect(await jwks(one)).not.toBe(await jwks(other))
  })

  it('answers many requests at once', async () => {
    const emulator = withAction((_event, api) => {
      api.authentication.setUserById('auth0|bob')
    })
    const replies = await Promise.all(Array.from({ length: 100 }, () => exchange(emulator, custom(TEST_TYPE))))
    expect(new Set(replies.map(accessToken)).size).toBe(100)
  })
})
