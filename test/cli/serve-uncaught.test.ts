import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import type { Served } from '../../src/cli/served.js'
import { reportUncaught } from '../../src/cli/uncaught.js'
import { ONBEHALF } from '../support/command.js'

const folder = mkdtempSync(join(tmpdir(), 'serve-uncaught-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
afterEach(() => {
  vi.restoreAllMocks()
})

const ACTIONS = `
const acts = {
  rejects: () => void Promise.reject(new Error('floating')),
  forgets: () => void (async () => { await 0; throw new TypeError('forgotten') })(),
  rejectsText: () => void Promise.reject('a text'),
  throws: () => void setTimeout(() => { throw new RangeError('late') }),
  throwsText: () => void setTimeout(() => { throw 'a late text' }),
  nothing: () => undefined,
}
const action = (event, api) => {
  acts[event.transaction.subject_token]()
  api.authentication.setUserById('auth0|carol')
}
export default {
  clients: [{ clientId: 'app', tokenExchange: { allowAnyProfileOfType: ['custom_authentication'] } }],
  apis: [{ identifier: 'https://api.example.com' }],
  users: [{ userId: 'auth0|carol' }],
  tokenExchangeProfiles: [{ subjectTokenType: 'urn:acme:session', action }],
}
`

const REJECTED =
  'onbehalf: a promise was rejected that nobody awaits, most likely in an Action; the emulator goes on:\n'
const THROWN =
  'onbehalf: an error was thrown that nobody catches, most likely in a timer of an Action; the emulator goes on:\n'

describe('onbehalf serve', { timeout: 60_000 }, () => {
  it('tells of what an Action does not handle, and goes on', async () => {
    const file = join(folder, 'tenant.mjs')
    writeFileSync(file, ACTIONS)
    const child = spawn(process.execPath, [...ONBEHALF, 'serve', '--json', '--config', file])
    let printed = ''
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
    const { tokenEndpoint } = JSON.parse(line) as Served
    const exchange = async (subjectToken: string): Promise<{ status: number; stderr: string }> => {
      const body = new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        client_id: 'app',
        subject_token: subjectToken,
        subject_token_type: 'urn:acme:session',
        audience: 'https://api.example.com',
      })
      const { status } = await fetch(tokenEndpoint, { method: 'POST', body })
      while (subjectToken !== 'nothing' && !printed.endsWith('\n')) await delay(5)
      const stderr = printed
      printed = ''
      return { status, stderr }
    }
    const at = (stderr: string) => stderr.replaceAll(/\n( {6}at .*)+/g, '\n').replace(/\n+$/, '')
    for (const [name, first, told] of [
      ['rejects', REJECTED, '  Error: floating'],
      ['forgets', REJECTED, '  TypeError: forgotten'],
      ['throws', THROWN, '  RangeError: late'],
      ['throwsText', THROWN, `  'a late text'`],
    ] as const) {
      const { status, stderr } = await exchange(name)
      expect([name, status, at(stderr)]).toEqual([name, 200, first + told])
      if (told.includes(':')) expect(stderr).toContain(`${file}:`)
    }
    const { status, stderr } = await exchange('rejectsText')
    expect([status, stderr]).toEqual([200, expect.stringMatching(/Action; the emulator goes on:\n.*"a text"/s)])
    expect(await exchange('nothing')).toEqual({ status: 200, stderr: '' })
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  })

  it('ends when it cannot start, whatever a module does then', async () => {
    const file = join(folder, 'broken.mjs')
    writeFileSync(
      file,
      `void Promise.reject(new Error('at the start'))\nawait new Promise(() => setTimeout(() => {}, 60_000))`,
    )
    const child = spawn(process.execPath, [...ONBEHALF, 'serve', '--config', file])
    expect(await once(child, 'exit')).toEqual([1, null])
  })
})

it('what is told of an error fakes no line and moves no cursor', () => {
  const printed = vi.spyOn(console, 'error').mockReturnValue()
  const error = new Error('a\nonbehalf: all is well\u001b[2J')
  error.stack = `Error: ${error.message}`
  reportUncaught(error, 'unhandledRejection')
  expect(printed.mock.calls).toEqual([
    [String.raw`${REJECTED}  Error: a@  onbehalf: all is well\u{1b}[2J`.replace('@', '\n')],
  ])
})
