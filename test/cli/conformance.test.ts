import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isReport } from '../../generated/validators/report.js'
import { isVectorFile } from '../../generated/validators/vector-file.js'
import { ONBEHALF } from '../support/command.js'
import { conformance } from './in-process.js'

const ROOT = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'cli-'))
beforeAll(() => {
  vi.stubEnv('FORCE_COLOR', '')
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

function path(name: string, content?: string): string {
  const file = join(folder, name)
  if (content !== undefined) writeFileSync(file, content)
  return file
}

const ENTRY =
  '  - requirement: actor-type-has-token\n    reason: actor-type-without-token\n    note: a\n    until: 2999-01-01\n'

describe('onbehalf conformance', { timeout: 90_000 }, () => {
  it.each<[rule: string, args: () => readonly string[], exitCode: number, says: RegExp]>([
    [
      'run --help says what is written and what the exit codes mean',
      () => ['run', '--help'],
      0,
      /report\.json, junit\.xml, summary\.md, report\.html.*130\s+interrupted.*143\s+by SIGTERM/s,
    ],
    [
      'run knows its reporters',
      () => ['run', '--report-dir', folder, '--reporter', 'json,pdf'],
      2,
      /There are json, junit, markdown, badge, html/,
    ],
    [
      'matrix --help says what is installed, and what a skip means',
      () => ['matrix', '--help'],
      0,
      /npm, PyPI, Maven Central.*skipped with its reason.*exit code is then 3/s,
    ],
    [
      'matrix takes the baselines of the suite by itself',
      () => ['matrix', '--sdk', 'onbehalf', 'auth0-auth-js', '--runs', '1'],
      0,
      /^result +conforms +(\d+) findings, \1 known$/m,
    ],
    [
      'matrix shows every finding on demand',
      () => ['matrix', '--sdk', 'auth0-auth-js', '--runs', '1', '--no-baseline'],
      1,
      /^ {2}MUST /m,
    ],
    ['matrix knows its SDKs', () => ['matrix', '--sdk', 'x'], 2, /no SDK x; try onbehalf, auth0-auth-js/],
    ['run needs a folder for reporters', () => ['run', '--reporter', 'json'], 2, /--reporter needs --report-dir/],
    [
      'run says that a folder cannot be written to',
      () => ['run', '--runs', '1', '--report-dir', join(path('a-file', ''), 'folder')],
      2,
      /cannot write to .*a-file.folder: ENOTDIR/,
    ],
    ['run knows its areas', () => ['run', '--area', 'x'], 2, /no area x; try protected-parameters/],
    [
      'a filtered run says that it is incomplete',
      () => ['run', '--area', 'act-parsing', '--runs', '1'],
      0,
      /incomplete\.\nIncomplete: Only these areas ran: act-parsing\./,
    ],
    [
      'run --only takes names of checks and of requirements, with *',
      () => ['run', '--only', 'actor-token-has-*', '--runs', '1'],
      0,
      /incomplete\.\nIncomplete: Only these checks ran: actor-token-has-\*\./,
    ],
    [
      'run --skip says what did not run',
      () => ['run', '--only', 'actor-*', '--skip', '*type*', '--runs', '1'],
      0,
      /Only these checks ran: actor-\*\. These checks did not run: \*type\*\./,
    ],
    [
      'run needs patterns that match',
      () => ['run', '--only', 'x'],
      2,
      /no check and no requirement is called x; .*list/,
    ],
    ['run needs a shard that there is', () => ['run', '--shard', '5/4'], 2, /looks like 1\/4/],
    [
      'a run that ended after enough findings says so, and fails for them',
      () => ['run', '--sdk', 'auth0-auth-js', 'oauth4webapi', '--runs', '1', '--max-fail', '1'],
      1,
      /Incomplete: The run ended after 1 finding\.\nIncomplete: oauth4webapi was not run\./,
    ],
    [
      'a run that ended after its time budget is incomplete, and does not pass',
      () => ['run', '--runs', '100000', '--only', 'case-variants', 'plain-exchange', '--time-budget', '1'],
      3,
      /Incomplete: The run ended after its time budget of 1 seconds\./,
    ],
    [
      'a part of the checks makes no baseline',
      () => ['run', '--shard', '1/2', '--baseline', path('part.yaml', ''), '--update-baseline'],
      2,
      /needs a run of all checks/,
    ],
    [
      'a baseline with a mistake costs no run',
      () => ['run', '--baseline', path('bad.yaml', 'schema: 1\nsdk: onbehalf\n')],
      2,
      /bad\.yaml:1: the baseline needs entries/,
    ],
    [
      'a baseline for another SDK costs no run',
      () => ['run', '--baseline', path('other.yaml', 'schema: 1\nsdk: other\nentries: []\n')],
      2,
      /is for other, which is not run/,
    ],
    [
      'a baseline that does not hold fails',
      () => ['run', '--runs', '1', '--baseline', path('stale.yaml', `schema: 1\nsdk: onbehalf\nentries:\n${ENTRY}`)],
      1,
      /stale .*stale\.yaml:4: .*was not found any more/,
    ],
    [
      'a report that cannot be written costs nothing of what was found',
      () => ['run', '--runs', '1', '--only', 'plain-exchange', '--report-dir', 'package.json/reports'],
      2,
      /result +conforms.*cannot write to package\.json\/reports: ENOTDIR/s,
    ],
    ['--update-baseline needs a file', () => ['run', '--update-baseline'], 2, /needs --baseline FILE/],
    [
      '--update-baseline needs a whole run',
      () => ['run', '--update-baseline', '--baseline', 'x', '--area', 'act-parsing'],
      2,
      /without --area/,
    ],
    [
      'a new baseline is for one SDK',
      () => ['run', '--sdk', 'onbehalf', 'oauth4webapi', '--update-baseline', '--baseline', '/no/such'],
      2,
      /in a run with one --sdk/,
    ],
    [
      'diff exits 1 for disagreements',
      () => ['diff', 'onbehalf', 'oauth4webapi', '--runs', '2', '--seed', '1'],
      1,
      /^Seed 1,.*actor-pairing: .*no requirement tells them apart/s,
    ],
    [
      'diff is JSON on demand',
      () => ['diff', 'onbehalf', 'oauth4webapi', '--runs', '1', '--json'],
      1,
      /"told_apart_by"/,
    ],
    ['diff exits 0 for none', () => ['diff', 'onbehalf', 'onbehalf', '--runs', '1'], 0, / 0 disagreements/],
    [
      'diff compares the areas that it is told',
      () => ['diff', 'onbehalf', 'oauth4webapi', '--runs', '1', '--area', 'errors', 'redirect-builder'],
      0,
      / 0 disagreements/,
    ],
    [
      'diff needs areas that there are',
      () => ['diff', 'onbehalf', 'onbehalf', '--area', 'x'],
      2,
      /no area x; try protected-parameters, /,
    ],
    ['diff needs SDKs that it knows', () => ['diff', 'onbehalf', 'x'], 2, /no SDK x; try onbehalf.*--adapter COMMAND/],
    ['diff needs two SDKs', () => ['diff', 'onbehalf'], 2, /two SDKs: names, or --adapter COMMAND/],
    [
      'promote prints a vector',
      () => ['promote', 'auth0-auth-js/case-upper-alias:0:0', '--id', 'upper-aud'],
      0,
      /^\{\n {2}"id": "upper-aud",.*"expect": "rejected"/s,
    ],
    ['promote needs a finding', () => ['promote', 'onbehalf/plain-exchange:0:0'], 2, /fails no rule/],
    ['promote needs a token', () => ['promote', 'x'], 2, /sdk\/check:seed:path/],
    [
      'promote needs an id that a vector can have',
      () => ['promote', 'auth0-auth-js/case-upper-alias:0:0', '--id', 'Upper Aud'],
      2,
      /Upper Aud is no id/,
    ],
    [
      'promote needs an adapter that starts',
      () => ['promote', 'my-sdk/actor-type-only:0:0', '--adapter', '/no/such/adapter'],
      3,
      /^onbehalf: adapter-says-hello: not-started \(ENOENT\)\n$/,
    ],
    [
      'replay needs an adapter that starts',
      () => ['replay', 'my-sdk/actor-type-only:0:0', '--http', '--deadline', '100', '--adapter', '/no/such/adapter'],
      3,
      /^onbehalf: adapter-says-hello: not-started \(ENOENT\)\n$/,
    ],
    [
      'replay as JSON shows no secret',
      () => ['replay', 'auth0-auth-js/actor-type-only:0:0', '--json'],
      1,
      /\[client secret\]/,
    ],
  ])('%s', async (_rule, args, exitCode, says) => {
    const { stdout, stderr, ...outcome } = await conformance(...args())
    expect({ ...outcome, output: stdout + stderr }).toEqual({ exitCode, output: expect.stringMatching(says) as string })
    expect(stdout + stderr).not.toContain('web-app-secret')
    expect(stdout + stderr).not.toMatch(/\n {4}at /)
  })

  it('run --report-dir writes every form, and a filtered run takes the badge away', async () => {
    const dir = join(folder, 'reports')
    const { exitCode } = await conformance('run', '--sdk', 'auth0-auth-js', '--runs', '1', '--report-dir', dir)
    expect(exitCode).toBe(1)
    expect(readdirSync(dir).sort()).toEqual([
      'badge-auth0-auth-js.json',
      'junit.xml',
      'report.html',
      'report.json',
      'summary.md',
    ])
    const report: unknown = JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8'))
    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true)

    await conformance(
      'run',
      '--sdk',
      'auth0-auth-js',
      '--runs',
      '1',
      '--area',
      'act-parsing',
      '--report-dir',
      dir,
      '--reporter',
      'badge',
    )
    expect(readdirSync(dir)).not.toContain('badge-auth0-auth-js.json')
  })

  it('a baseline goes from an update over its author to a run without new findings', async () => {
    const file = join(folder, 'known.yaml')
    const run = ['run', '--sdk', 'auth0-auth-js', '--runs', '2', '--seed', '1']
    const updated = await conformance(...run, '--baseline', file, '--update-baseline')
    expect(updated.exitCode).toBe(1)
    expect(updated.stderr).toMatch(/11 added, 0 removed\.\nWrite into each new entry why/)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/note: .*/g, 'note: It is known.'))

    const known = await conformance(...run, '--baseline', file)
    expect({ exitCode: known.exitCode, stdout: known.stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/11 findings, 11 known\n/) as string,
    })
    const all = await conformance(...run, '--baseline', file, '--no-baseline')
    expect({ exitCode: all.exitCode, stdout: all.stdout }).toEqual({
      exitCode: 1,
      stdout: expect.stringMatching(/11 findings\n/) as string,
    })
  })

  it('promote --append adds to a vector file, and to no other', async () => {
    const file = join(folder, 'vectors.json')
    for (const token of ['auth0-auth-js/case-upper-alias:0:0', 'auth0-auth-js/override-grant-type:0:0']) {
      expect((await conformance('promote', token, '--append', file)).exitCode).toBe(0)
    }
    const vectors: unknown = JSON.parse(readFileSync(file, 'utf8'))
    expect(isVectorFile(vectors)).toBe(true)
    expect(vectors).toMatchObject({
      area: 'protected-parameters',
      vectors: [{ expect: 'rejected' }, { expect: 'rejected' }],
    })

    const before = readFileSync(file, 'utf8')
    const twice = await conformance('promote', 'auth0-auth-js/case-upper-alias:0:0', '--append', file)
    expect(twice).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('already') as string })
    const elsewhere = await conformance('promote', 'auth0-auth-js/actor-type-only:0:0', '--append', file)
    expect(elsewhere).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is for protected-parameters') as string,
    })
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it.each([
    ['SIGINT', 130, 'among its vectors', '100000', []],
    // Which would take minutes.
    ['SIGINT', 130, 'within a property', '5000000', ['--only', 'case-variants']],
    ['SIGTERM', 143, 'among its vectors', '100000', []],
  ] as const)('%s ends a run with an incomplete report, no badge and exit code %i: %s', async (...row) => {
    const [signal, code, where, runs, only] = row
    const dir = join(folder, `${signal} ${where}`)
    const args = ['run', '--runs', runs, ...only, '--report-dir', dir]
    const child = spawn(process.execPath, [...ONBEHALF, 'conformance', ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const stdout = text(child.stdout)
    // The line that names the SDK comes when the run has begun.
    await new Promise<void>((begun) => {
      child.stderr.on('data', (chunk) => {
        if (String(chunk).includes('onbehalf: ')) begun()
      })
    })
    child.kill(signal)
    const [exitCode] = (await once(child, 'exit')) as [number | null]
    expect({ exitCode, stdout: await stdout }).toEqual({
      exitCode: code,
      stdout: expect.stringMatching(/incomplete\.\nIncomplete: The run was interrupted\./) as string,
    })
    expect(existsSync(join(dir, 'badge-onbehalf.json'))).toBe(false)
    expect(JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8'))).toMatchObject({
      complete: false,
      sdks: [{ name: 'onbehalf', status: 'interrupted' }],
    })
  })
})
