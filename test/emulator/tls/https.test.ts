import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { connect as connectTls, createServer } from 'node:tls'
import { Agent, fetch } from 'undici'
import { describe, expect, it, vi } from 'vitest'
import { createEmulator, type SecureListening } from '../../../src/emulator/index.js'
import { createCertificates } from '../../../src/emulator/tls/certificates.js'
import { createAuthority } from '../../recipes/certificates.js'
import { claims, custom, FORM, mcpToken, onBehalfOf, readReply, seeded, toForm, withClient } from '../support.js'

const trusting = ({ caFile }: SecureListening, client = {}) =>
  new Agent({ connect: { ca: readFileSync(caFile, 'utf8'), ...client } })

const modeOf = (path: string): number => statSync(path).mode & 0o777
const publicKeyOf = ({ caFile }: SecureListening) =>
  new X509Certificate(readFileSync(caFile)).publicKey.export({ format: 'jwk' })

async function listening<Result>(
  use: (listening: SecureListening) => Promise<Result>,
  emulator = seeded(),
  host = '127.0.0.1',
): Promise<Result> {
  const opened = await emulator.listen({ tls: true, host })
  try {
    return await use(opened)
  } finally {
    await opened.close()
  }
}

describe('https', () => {
  it.each(['localhost', '127.0.0.1', '::1'])('serves on %s, with the address as issuer', async (host) => {
    await listening(
      async (opened) => {
        expect(opened.url).toMatch(/^https:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d+$/)
        expect(opened.issuer).toBe(`${opened.url}/`)
        const dispatcher = trusting(opened)
        const send = async (form: string) =>
          readReply(
            (await fetch(`${opened.url}/oauth/token`, {
              method: 'POST',
              headers: FORM,
              body: form,
              dispatcher,
            })) as unknown as Response,
          )
        const reply = await send(toForm(custom()))
        expect(claims(reply).iss).toBe(opened.issuer)
        await dispatcher.close()
      },
      seeded(),
      host,
    )
  })

  it('exchanges over the socket what was issued without one', async () => {
    const emulator = seeded()
    await listening(async (opened) => {
      const dispatcher = trusting(opened)
      const body = toForm(onBehalfOf(await mcpToken(emulator)))
      const response = await fetch(`${opened.url}/oauth/token`, { method: 'POST', headers: FORM, body, dispatcher })
      expect(await response.json()).toMatchObject({ token_type: 'Bearer' })
      await dispatcher.close()
    }, emulator)
  })

  it('is trusted by nobody who was not told to', async () => {
    const code = await listening(async ({ url }) =>
      fetch(url).catch((error: unknown) => ((error as Error).cause as NodeJS.ErrnoException).code),
    )
    expect(code).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  })

  it('takes the certificate of the connection for that of the client', async () => {
    const { client } = createAuthority()
    const digest = new X509Certificate(client.cert).fingerprint256.replaceAll(':', '')
    const thumbprint = Buffer.from(digest, 'hex').toString('base64url')
    const clients = withClient('web-app', { clientSecret: undefined, certificateThumbprints: [thumbprint] })
    await listening(async (opened) => {
      const statusWith = async (certificate: object) => {
        const dispatcher = trusting(opened, certificate)
        const body = toForm(custom({ client_secret: undefined }))
        const { status } = await fetch(`${opened.url}/oauth/token`, {
          method: 'POST',
          headers: FORM,
          body,
          dispatcher,
        })
        await dispatcher.close()
        return status
      }
      expect([await statusWith(client), await statusWith({})]).toEqual([200, 401])
    }, seeded(clients))
  })
})

describe('the files for those who are to trust it', () => {
  it('are open to their owner alone, and gone after close()', async () => {
    const files = await listening((opened) => {
      const { caFile, trustStoreFile } = opened
      expect([dirname(caFile), caFile, trustStoreFile].map(modeOf)).toEqual([0o700, 0o600, 0o600])
      expect(dirname(trustStoreFile)).toBe(dirname(caFile))
      return Promise.resolve([dirname(caFile), caFile, trustStoreFile])
    })
    expect(files.map((file) => existsSync(file))).toEqual([false, false, false])
  })

  it('are gone when the port is taken', async () => {
    const first = await seeded().listen()
    const folder = mkdtempSync(join(tmpdir(), 'taken-'))
    vi.stubEnv('TMPDIR', folder)
    const again = seeded().listen({ tls: true, port: Number(new URL(first.url).port) })
    await expect(again).rejects.toThrow('EADDRINUSE')
    vi.unstubAllEnvs()
    expect(readdirSync(folder)).toEqual([])
    rmdirSync(folder)
    await first.close()
  })

  it('are not there over http', async () => {
    const { close, ...rest } = await seeded().listen()
    await close()
    expect(Object.keys(rest)).toEqual(['url', 'issuer'])
  })

  it('hold a published key with a seed, and a new one without', async () => {
    const keyOf = (emulator = createEmulator()) => listening((opened) => Promise.resolve(publicKeyOf(opened)), emulator)
    expect(await keyOf(seeded())).toEqual(await keyOf(seeded()))
    expect(await keyOf()).not.toEqual(await keyOf())
  })

  it('hold an authority that can vouch for no other name', async () => {
    const forged = await createCertificates(['example.com'], true)
    const server = createServer({ cert: forged.server.certificate, key: forged.server.key })
    server.on('tlsClientError', () => undefined)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as { port: number }
    const outcomeWith = async (ca: string | Buffer) => {
      const socket = connectTls({ host: '127.0.0.1', port, servername: 'example.com', ca })
      const outcome = await once(socket, 'secureConnect').then(
        () => 'trusted',
        (error: unknown) => (error as Error).message,
      )
      socket.destroy()
      return outcome
    }
    const outcome = await listening((opened) => outcomeWith(readFileSync(opened.caFile)))
    expect([outcome, await outcomeWith(forged.authority.pem)]).toEqual(['permitted subtree violation', 'trusted'])
    server.close()
  })
})

it('close() ends connections that have not finished their handshake', async () => {
  const { url, close } = await seeded().listen({ tls: true })
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined)
  const ended = once(socket, 'close')
  await once(socket, 'connect')
  await close()
  await ended
})
