import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmulator, type Listening } from '../../src/emulator/index.js'
import { ONBEHALF } from '../support/command.js'

interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

function onbehalf(args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { ...process.env, ONBEHALF_CLIENT_SECRET: 'web-app-secret' }
    const child = execFile(process.execPath, [...ONBEHALF, ...args], { env }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr })
    })
    child.stdin?.end(input)
  })
}

let emulator: Listening
beforeAll(async () => {
  emulator = await createEmulator({ seed: 'cli' }).listen()
})
afterAll(() => emulator.close())

const CHAIN = '{"sub":"auth0|alice","act":{"sub":"mcp-server","act":{"sub":"spa\\u001b[2J"}}}'
const exchange = (...more: string[]): string[] => [
  'exchange',
  '--domain',
  emulator.url,
  '--client-id',
  'web-app',
  '--subject-token-type',
  'urn:acme:legacy-session',
  ...more,
]

describe('onbehalf', { timeout: 60_000 }, () => {
  it.concurrent.each<[string, () => string[], string, number, RegExp]>([
    ['--version prints the version', () => ['--version'], '', 0, /^\d+\.\d+\.\d+\n$/],
    ['--help names the commands', () => ['--help'], '', 0, /serve.*exchange.*act.*demo.*conformance/s],
    ['an unknown command is wrong usage', () => ['nonsense'], '', 2, /^onbehalf: unknown command/],
    [
      'a file is no folder',
      () => ['conformance', 'init', '--lang', 'ts', 'package.json/x'],
      '',
      2,
      /^onbehalf: cannot make .*ENOTDIR/,
    ],
    [
      'no folder can be made below /proc',
      () => ['conformance', 'init', '--lang', 'ts', '/proc/no/folder'],
      '',
      2,
      /^onbehalf: cannot make the folder \/proc\/no\/folder: E/,
    ],
    [
      'act draws a chain, and no control character',
      () => ['act', CHAIN],
      '',
      0,
      /^auth0\|alice +subject\n└─ mcp-server.*\n   └─ spa\\u\{1b\}\[2J /,
    ],
    [
      'act reads standard input',
      () => ['act', '--json'],
      CHAIN,
      0,
      /"currentActor":"mcp-server","chain":\["mcp-server",/,
    ],
    [
      'act says what is malformed',
      () => ['act', '{"act":{"sub":" "}}'],
      '',
      1,
      /invalid_act_claim: .*blank "sub" at depth 1/,
    ],
    ['act takes a JWT or claims', () => ['act', 'neither'], '', 2, /neither a JWT nor a JSON object/],
    [
      'exchange prints no token',
      () => exchange('--scope', 'openid'),
      'legacy-session:alice\n',
      0,
      /^tokenType +Bearer\n(?!.*eyJ).*"sub":"auth0\|alice"/s,
    ],
    [
      'exchange prints the token when asked to',
      () => exchange('--print-token'),
      'legacy-session:alice',
      0,
      /^eyJ[\w.-]+\n$/,
    ],
    [
      'exchange says what is wrong before any request',
      () => exchange(),
      'Bearer hidden-token',
      1,
      /^onbehalf: invalid_token_format: subjectToken starts with/,
    ],
    [
      'exchange refuses half a pair',
      () => exchange('--actor-token-type', 'urn:x'),
      'hidden-token',
      1,
      /missing_actor_token/,
    ],
    [
      'exchange refuses a protected extra',
      () => exchange('--extra', 'Client_Id=x'),
      'hidden-token',
      1,
      /protected_parameter/,
    ],
    ['exchange needs name=value', () => exchange('--extra', 'x'), 'hidden-token', 2, /name=value/],
    [
      'exchange sends an extra of any name',
      () => exchange('--extra', '__proto__=x'),
      'legacy-session:alice',
      0,
      /Bearer/,
    ],
    ...['--organization', '--extra', '--resource', '--actor-token-type', '--subject-token-type'].map(
      (option): [string, () => string[], string, number, RegExp] => [
        `exchange on behalf of takes no ${option}, instead of dropping it`,
        () => ['exchange', '--domain', emulator.url, '--client-id', 'web-app', '--on-behalf-of', option, 'a=b'],
        'hidden-token',
        2,
        new RegExp(`--on-behalf-of takes no ${option}`),
      ],
    ),
    [
      'exchange reads one token from standard input, not two',
      () => exchange('--actor-token-file', '-', '--actor-token-type', 'urn:acme:legacy-session'),
      'hidden-token',
      2,
      /only one of the two tokens/,
    ],
    [
      'exchange passes on what the server refused',
      () => exchange(),
      'invalid',
      1,
      /token_exchange_failed: .*invalid_request/,
    ],
    ['serve refuses a port that is none', () => ['serve', '--port', '99999'], '', 2, /0 to 65535/],
    ['serve says that a port is taken', () => ['serve', '--port', new URL(emulator.url).port], '', 2, /EADDRINUSE/],
    [
      'conformance explain quotes the source, and has the vectors that a careless SDK alone breaks',
      () => ['conformance', 'explain', 'actor-token-has-type'],
      '',
      0,
      /MUST.*RFC 8693, section 2\.1.*vectors .*actor-token-only.*mutants/s,
    ],
    [
      'conformance explain knows no other id',
      () => ['conformance', 'explain', 'nothing'],
      '',
      2,
      /no requirement nothing/,
    ],
    ['conformance list is JSON on demand', () => ['conformance', 'list', '--json'], '', 0, /^\[\n {2}\{/],
    [
      'conformance run needs an SDK that it knows',
      () => ['conformance', 'run', '--sdk', 'x'],
      '',
      2,
      /no SDK x; try onbehalf/,
    ],
    [
      'conformance run says the seed first',
      () => ['conformance', 'run', '--seed', '7', '--runs', '1'],
      '',
      0,
      /^Seed 7,.*onbehalf.*conforms/s,
    ],
    [
      'conformance run exits 1 for findings',
      () => ['conformance', 'run', '--sdk', 'auth0-auth-js', '--runs', '1', '--json'],
      '',
      1,
      /"requirement": "actor-type-has-token"/,
    ],
    [
      'conformance replay runs one case',
      () => ['conformance', 'replay', 'auth0-auth-js/actor-type-only:0:0'],
      '',
      1,
      /, 1 case\n.*fail +actor-type-has-token/s,
    ],
    ['conformance replay needs a token', () => ['conformance', 'replay', 'x'], '', 2, /sdk\/check:seed:path/],
  ])('%s', async (_rule, args, input, exitCode, output) => {
    const { stdout, stderr, ...outcome } = await onbehalf(args(), input)
    expect({ ...outcome, output: stdout || stderr }).toEqual({
      exitCode,
      output: expect.stringMatching(output) as string,
    })
    expect(stdout + stderr).not.toContain('web-app-secret')
    expect(stdout + stderr).not.toMatch(/hidden-token|\n {4}at /)
  })

  it('a report that cannot be written leaves the table, and says why', async () => {
    const args = ['conformance', 'run', '--only', 'plain-exchange', '--report-dir', '/proc/no/folder']
    const { exitCode, stdout, stderr } = await onbehalf(args, '')
    expect([exitCode, stdout]).toEqual([2, expect.stringContaining('conforms')])
    expect(stderr).toMatch(/^onbehalf: .*\/proc\/no\/folder.*E[A-Z]+/m)
  })

  it('a reader that stops early, such as head, ends it in silence, and a run that was cut off is no success', async () => {
    const command = [process.execPath, ...ONBEHALF, 'conformance', 'list'].map((word) => `'${word}'`).join(' ')
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', `exec 3>&1; { ${command}; echo $? >&3; } | true`])
    expect({ stdout, stderr }).toEqual({ stdout: '141\n', stderr: '' })
  })
})
