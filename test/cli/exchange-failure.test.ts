import { execFile } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createEmulator, type Listening } from '../../src/emulator/index.js'
import { TokenExchangeError } from '../../src/index.js'
import { reportFailure } from '../../src/cli/exchange-failure.js'
import { ONBEHALF } from '../support/command.js'

interface Outcome {
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

function exchange(domain: string, ...more: readonly string[]): Promise<Outcome> {
  const args = [
    'exchange',
    '--domain',
    domain,
    '--client-id',
    'web-app',
    '--subject-token-type',
    'urn:acme:legacy-session',
  ]
  return new Promise((resolve) => {
    const env = { ...process.env, ONBEHALF_CLIENT_SECRET: 'web-app-secret' }
    const child = execFile(process.execPath, [...ONBEHALF, ...args, ...more], { env }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr })
    })
    child.stdin?.end('hidden-token')
  })
}

const DESCRIPTION = 'hidden-token has \u001b[2J\u009b31m ended.\nonbehalf: all is well \u202e'
const PRINTED = String.raw`hidden-token has \u{1b}[2J\u{9b}31m ended.\u{a}onbehalf: all is well \u{202e}`
const refusing = createEmulator()
refusing.faults.push({
  path: '/oauth/token',
  status: 400,
  body: { error: 'invalid_request', error_description: DESCRIPTION },
  times: 3,
})
let server: Listening
let closed: string
beforeAll(async () => {
  server = await refusing.listen()
  const gone = await createEmulator().listen()
  closed = gone.url
  await gone.close()
})
afterAll(() => server.close())
afterEach(() => {
  vi.restoreAllMocks()
})

const NETWORK = 'The request got no complete answer.'
const REFUSED = 'The server refused: invalid_request (status 400).'

describe('onbehalf exchange, when it fails,', { timeout: 60_000 }, () => {
  it('names what the network said, in text and JSON', async () => {
    const text = `onbehalf: network_error: ${NETWORK} (ECONNREFUSED)\n`
    expect(await exchange(closed)).toEqual({ exitCode: 1, stdout: '', stderr: text })
    const { stdout, ...rest } = await exchange(closed, '--json', '--print-description')
    expect(rest).toEqual({ exitCode: 1, stderr: text })
    expect(JSON.parse(stdout)).toEqual({
      error: {
        name: 'TokenExchangeError',
        code: 'network_error',
        kind: 'network',
        message: NETWORK,
        causeCode: 'ECONNREFUSED',
      },
    })
  })

  it('names what is wrong with a certificate', async () => {
    const secure = await createEmulator({ seed: 'cli' }).listen({ tls: true })
    const { stderr } = await exchange(secure.url)
    await secure.close()
    expect(stderr).toMatch(/ \((?:\w*CERT\w*|UNABLE_TO_\w+)\)\n$/)
  })

  it("shows the server's description to who asks for it, and no control character of it", async () => {
    const text = `onbehalf: token_exchange_failed: ${REFUSED}\nthe server says: ${PRINTED}\n`
    expect(await exchange(server.url, '--print-description')).toEqual({ exitCode: 1, stdout: '', stderr: text })
    const { stdout, ...rest } = await exchange(server.url, '--print-description', '--json')
    expect(rest).toEqual({ exitCode: 1, stderr: text })
    expect(JSON.parse(stdout)).toMatchObject({ error: { oauthError: 'invalid_request', errorDescription: PRINTED } })
  })

  it('shows it to nobody else', async () => {
    const { stdout, stderr } = await exchange(server.url, '--json')
    expect(JSON.parse(stdout)).toHaveProperty('error.message', REFUSED)
    expect(stdout + stderr).not.toMatch(/hidden-token|ended|says/)
  })
})

it('onbehalf exchange prints no control character of an answer either', { timeout: 60_000 }, async () => {
  const emulator = createEmulator()
  const body = { access_token: 'issued', token_type: 'Bearer', scope: 'read\u001b[2J\u009b2J' }
  emulator.faults.push({ path: '/oauth/token', status: 200, body })
  const { url, close } = await emulator.listen()
  const { stdout } = await exchange(url)
  await close()
  expect(stdout).toContain(String.raw`read\u{1b}[2J\u{9b}2J`)
})

const withCode = (code: unknown, cause?: unknown) => Object.assign(new Error('hidden', { cause }), { code })
const circle = new Error('circle')
circle.cause = circle

describe('the code of a cause', () => {
  it.each<[string, unknown, string | undefined]>([
    ['is that of the cause', withCode('ENOTFOUND'), 'ENOTFOUND'],
    [
      'is that of a deeper cause',
      new TypeError('fetch failed', { cause: withCode('CERT_HAS_EXPIRED') }),
      'CERT_HAS_EXPIRED',
    ],
    ['is the first one that is a system code', withCode('not_found', withCode('E404')), 'E404'],
    ['is no number', withCode(20), undefined],
    ['is no text of any other kind', withCode('E hidden-token'), undefined],
    ['is none of a cause that is no error', { code: 'ENOTFOUND' }, undefined],
    ['is none of a circle', circle, undefined],
    ['is none without a cause', undefined, undefined],
  ])('%s', (_rule, cause, code) => {
    const printed = vi.spyOn(console, 'error').mockReturnValue()
    reportFailure(new TokenExchangeError('network_error', NETWORK, { cause }), {})
    expect(printed.mock.calls).toEqual([
      [`onbehalf: network_error: ${NETWORK}${code === undefined ? '' : ` (${code})`}`],
    ])
  })
})
