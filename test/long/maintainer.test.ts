import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { splitCommand } from '../../conformance/stdio/command-line.js'
import { NO_PYTHON } from '../support/python.js'

const ROOT = resolve(import.meta.dirname, '../..')
const SUITE = ['--import', join(ROOT, 'node_modules/tsx/dist/loader.mjs'), join(ROOT, 'conformance/cli/main.ts')]
const ADAPTER = 'python3 adapter.py'
const PAGE = readFileSync(join(ROOT, 'conformance/adapters/README.md'), 'utf8')

/** An SDK of one file: it forgets that an actor's token and its type go together. */
const SDK = `
import json, ssl, urllib.parse, urllib.request

class TokenError(Exception):
    def __init__(self, code):
        super().__init__("the exchange failed")
        self.error = code

class Client:
    def __init__(self, issuer, client_id, secret, ca_file):
        self.endpoint = issuer + "oauth/token"
        self.credentials = {"client_id": client_id, "client_secret": secret}
        self.trust = ssl.create_default_context(cafile=ca_file)

    def exchange(self, subject_token, subject_token_type, **options):
        form = {**self.credentials, "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token": subject_token, "subject_token_type": subject_token_type, **options}
        request = urllib.request.Request(self.endpoint, urllib.parse.urlencode(form).encode())
        try:
            body = json.load(urllib.request.urlopen(request, timeout=3, context=self.trust))
        except Exception:
            raise TokenError("request_failed") from None
        if not isinstance(body, dict) or "access_token" not in body:
            raise TokenError("no_token")
        return body
`

/** What the maintainer puts in place of the stand-in. */
const CALL = `
def exchange(request):
    client = request["client"]
    sdk = Client(request["target"]["issuer"], client["id"], client["secret"], request["target"]["ca_file"])
    return sdk.exchange(**{name: value for name, value in request["input"].items() if name != "extra"})
`

describe('a maintainer, from an empty folder', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'maintainer-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  beforeAll(() => {
    if (NO_PYTHON !== undefined) return
    suite('init', '--lang', 'python', '.')
    writeFileSync(join(folder, 'sdk.py'), SDK)
    const skeleton = readFileSync(join(folder, 'adapter.py'), 'utf8')
    const serve = skeleton.slice(skeleton.indexOf('serve(')).replace('"extra": True', '"extra": False')
    writeFileSync(join(folder, 'adapter.py'), `from kit import serve\nfrom sdk import Client\n${CALL}\n\n${serve}`)
  })

  function suite(...args: readonly string[]): { readonly exitCode: number | null; readonly stdout: string } {
    const { status, stdout } = spawnSync(process.execPath, [...SUITE, 'conformance', ...args], {
      cwd: folder,
      env: { ...process.env, FORCE_COLOR: '' },
      encoding: 'utf8',
    })
    return { exitCode: status, stdout }
  }

  it('gets a table, a finding, its replay and a baseline', ({ skip }) => {
    skip(NO_PYTHON !== undefined, NO_PYTHON)
    expect(readdirSync(folder).sort()).toEqual(['adapter.py', 'kit.py', 'sdk.py'])
    const first = suite('run', '--adapter', ADAPTER, '--only', 'actor-*', '--runs', '1')
    expect(first.exitCode).toBe(1)
    expect(first.stdout).toMatch(/actor-pairing +\d/)
    expect(first.stdout).toContain('MUST   actor-token-has-type: actor-token-without-type')

    const [, token = ''] =
      /npx onbehalf conformance replay (my-sdk\/actor-token-only:0:0) --adapter "python3 adapter.py"/.exec(
        first.stdout,
      ) ?? []
    const replayed = suite('replay', token, '--adapter', ADAPTER)
    expect(replayed.exitCode).toBe(1)
    expect(replayed.stdout).toMatch(/, 1 case\n[^]*fail +actor-token-has-type: actor-token-without-type/)

    const run = ['run', '--adapter', ADAPTER, '--runs', '1', '--seed', '1', '--baseline', 'baseline.yaml']
    expect(suite(...run, '--update-baseline').exitCode).toBe(1)
    const baseline = join(folder, 'baseline.yaml')
    const filled = readFileSync(baseline, 'utf8').replaceAll(/note: .*/g, 'note: It is planned.')
    writeFileSync(baseline, filled)
    expect(suite(...run).exitCode).toBe(0)

    // The baseline holds in the job that the page shows, and leaves a summary for it.
    const [job = ''] = PAGE.split('```yaml\n')[1]?.split('```') ?? []
    const { jobs } = parse(job) as { jobs: { conformance: { steps: readonly { readonly run?: string }[] } } }
    const lines = jobs.conformance.steps.flatMap(({ run }) => (run === undefined ? [] : [run]))
    const [, command = ''] = /^npx onbehalf conformance (.*)$/m.exec(lines.join('\n')) ?? []
    const [, summary = ''] = /^cat (\S+) >> "\$GITHUB_STEP_SUMMARY"$/m.exec(lines.join('\n')) ?? []
    expect(suite(...splitCommand(command), '--runs', '10')).toMatchObject({ exitCode: 0 })
    expect(readFileSync(join(folder, summary), 'utf8')).toContain('# Token exchange conformance')

    const mended = SDK.replace(
      '        form = {',
      '        if bool(options.get("actor_token")) != bool(options.get("actor_token_type")): raise TokenError("half an actor")\n        form = {',
    )
    writeFileSync(join(folder, 'sdk.py'), mended)
    expect(suite('replay', token, '--adapter', ADAPTER).exitCode).toBe(0)
    const after = suite(...run)
    expect(after.exitCode).toBe(1)
    expect(after.stdout).toMatch(/stale +baseline\.yaml:\d+: actor-token-has-type: actor-token-without-type/)
  })
})
