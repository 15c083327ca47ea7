import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SecureListening } from '../../../src/emulator/index.js'
import { ROOT } from '../../structure/manifest.js'
import { seeded } from '../support.js'
import type { Report } from './report.js'

const run = promisify(execFile)

let listening: SecureListening
beforeAll(async () => {
  listening = await seeded().listen({ tls: true })
})
afterAll(() => listening.close())

/** As its users run it: a process that is told of one more authority, and nothing else. */
async function runProgram(name: string): Promise<Report> {
  const program = join(import.meta.dirname, `${name}.ts`)
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: listening.caFile }
  const { stdout } = await run(process.execPath, ['--import', 'tsx', program, listening.issuer], { cwd: ROOT, env })
  return JSON.parse(stdout) as Report
}

const BOB = { act: { sub: 'auth0|bob' } }
const EXPECTED = {
  customExchange: { sub: 'auth0|alice', aud: 'https://mcp.example.com' },
  delegatedExchange: { sub: 'auth0|alice', aud: 'web-app', ...BOB },
  login: { sub: 'auth0|alice', aud: 'web-app' },
  sessionTransfer: { sub: 'auth0|alice', aud: 'customer-app', ...BOB },
} satisfies Report
const ON_BEHALF_OF = {
  onBehalfOf: {
    sub: 'auth0|alice',
    aud: 'https://calendar.example.com',
    act: { sub: 'mcp-server', act: { sub: 'web-app' } },
  },
}

describe('over https, an SDK as it is on npm exchanges, delegates, signs in and transfers a session', () => {
  it.concurrent.each<[string, Report]>([
    ['auth0-auth-js', { ...EXPECTED, ...ON_BEHALF_OF }],
    ['auth0-server-js', EXPECTED],
    ['openid-client', { ...EXPECTED, ...ON_BEHALF_OF }],
    ['oauth4webapi', { ...EXPECTED, ...ON_BEHALF_OF }],
  ])('%s', { timeout: 60_000 }, async (name, expected) => {
    expect(await runProgram(name)).toEqual(expected)
  })
})
