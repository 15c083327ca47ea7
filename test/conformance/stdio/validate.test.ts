import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { isAdapterMessage } from '../../../generated/validators/adapter-message.js'
import { packageFile } from '../../../conformance/package-file.js'
import { rejected, tokens } from '../../../conformance/templates/typescript/kit.js'
import { readTranscripts } from '../../../conformance/validate/transcript.js'
import { NO_PYTHON, PYTHON } from '../../support/python.js'
import { compile, problemsOf } from './problems.js'
import { mutantCommand } from './support.js'

const TRANSCRIPTS = readTranscripts().map(({ name }) => name)
test.each(TRANSCRIPTS)('what is sent in the transcript %s fits the schema', (name) => {
  const { steps = [], title } = readTranscripts().find((transcript) => transcript.name === name) ?? {}
  const sent = steps.flatMap((step) => ('send' in step ? [step.send] : []))
  expect(sent.length).toBeGreaterThan(0)
  expect(sent.filter((message) => !isAdapterMessage(message))).toEqual([])
  expect(title).not.toBe('')
  expect(steps.at(-1)).toEqual({ end: true })
})

describe('a kit, as it is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onbehalf-init-'))
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  test('what an SDK prints does not get between the messages', async ({ skip }) => {
    if (NO_PYTHON !== undefined) skip(NO_PYTHON)
    const kit = packageFile('conformance/templates/python')
    const file = join(folder, 'printing.py')
    const lines = [
      `import os, sys; sys.path.insert(0, ${JSON.stringify(kit)}); from kit import serve`,
      'def exchange(request):',
      '    print("exchanging"); os.system("echo from a child")',
      '    return {"access_token": 7, "expires_in": float("nan"), "more": 1}',
      'serve(sdk={"name": "a", "version": "1", "language": "python"}, operations={"exchange": exchange}, capabilities=',
      '  {"exchange": "typed", "extra": True, "actor": "none", "current_actor": False, "delegation_chain": False})',
    ]
    writeFileSync(file, lines.join('\n'))
    expect((await problemsOf([PYTHON, file]))['ids']).toEqual([])
  }, 30_000)

  test.for(['[{"access_token": "a"}]', '7200', '"a"', 'None'])(
    'what an SDK gives in place of tokens is seen: %s',
    (result, { skip }) => {
      if (NO_PYTHON !== undefined) skip(NO_PYTHON)
      const lines = [
        `import os, sys; sys.path.insert(0, ${JSON.stringify(packageFile('conformance/templates/python'))})`,
        `import json; from kit import _observe; print(json.dumps(_observe(lambda _: ${result}, {"op": "exchange"})))`,
      ]
      const observation: unknown = JSON.parse(execFileSync(PYTHON, ['-c', lines.join('\n')]).toString())
      expect(observation).toMatchObject({ outcome: 'tokens' })
      expect(isAdapterMessage({ v: 1, id: 0, observation })).toBe(true)
    },
  )

  test.each([[[{ access_token: 'a' }]], [7200], ['a'], [null], [undefined], [{ access_token: 'a', act: [] }]])(
    'what an SDK in TypeScript gives in place of tokens is seen: %j',
    (result) => {
      const observation = tokens(result)
      expect(observation).toMatchObject({ outcome: 'tokens' })
      expect(isAdapterMessage({ v: 1, id: 0, observation })).toBe(true)
    },
  )
})

describe('what a helper gives that is no text still shows', () => {
  const given = ['7', 'true', '{}', '["spa",7]', '"spa"', '""', '[]', 'null'] as const
  const seen = ['7', 'true', '{}', ['spa', '7'], 'spa', '', [], null]

  test('in Python', ({ skip }) => {
    if (NO_PYTHON !== undefined) skip(NO_PYTHON)
    const lines = [
      `import sys; sys.path.insert(0, ${JSON.stringify(packageFile('conformance/templates/python'))})`,
      'import json; from kit import _observe',
      'observe = lambda text: _observe(lambda _: json.loads(text), {"op": "current_actor"})["value"]',
      'print(json.dumps([observe(text) for text in sys.argv[1:]]))',
    ]
    const values = execFileSync(PYTHON, ['-c', lines.join('\n'), ...given]).toString()
    expect(JSON.parse(values)).toEqual(seen)
  })

  test('in TypeScript', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onbehalf-kit-'))
    const adapter = join(folder, 'adapter.ts')
    const lines = [
      `import { serve } from ${JSON.stringify(packageFile('conformance/templates/typescript/kit.ts'))}`,
      "const none = { exchange: 'typed', extra: true, actor: 'none', current_actor: true, delegation_chain: false }",
      "const hello = { sdk: { name: 'a', version: '1', language: 'typescript' }, capabilities: none }",
      "serve({ hello, perform: async ({ claims }) => ({ outcome: 'value', value: JSON.parse(claims).act }) })",
    ]
    writeFileSync(adapter, lines.join('\n'))
    await compile(adapter, join(folder, 'adapter.mjs'))
    const requests = given.map((act, id) => ({ v: 1, id, request: { op: 'current_actor', claims: `{"act":${act}}` } }))
    const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('')
    const replies = execFileSync(process.execPath, [join(folder, 'adapter.mjs')], { input })
      .toString()
      .trim()
      .split('\n')
    const values = replies.map((line) => (JSON.parse(line) as { observation: { value: unknown } }).observation.value)
    expect(values).toEqual(seen)
  })
})

test('the Python kit reads claims as JSON, however long the chain is', ({ skip }) => {
  if (NO_PYTHON !== undefined) skip(NO_PYTHON)
  const lines = [
    `import sys; sys.path.insert(0, ${JSON.stringify(packageFile('conformance/templates/python'))})`,
    'import json; from kit import claims_of',
    'read = lambda text: claims_of({"claims": text})',
    'claims = read(\'{"sub":"a","act":\' * 20000 + "null" + "}" * 20000)',
    'depth = 0',
    'while claims is not None: claims, depth = claims["act"], depth + 1',
    'text = sys.argv[1]; print(json.dumps([depth, read(text) == json.loads(text)]))',
  ]
  const claims = String.raw`{ "a\":[{" : [1, -2.5e-3, {"__proto__": {}}, [], "}\\", "\ud83d\ude00 é"], "act": null, "a": true, "a": {} }`
  expect(JSON.parse(execFileSync(PYTHON, ['-c', lines.join('\n'), claims]).toString())).toEqual([20_000, true])
})

test('an error in TypeScript can have the code of the server', () => {
  const observation = rejected(new Error('no'), 'invalid_grant')
  expect(observation).toMatchObject({ outcome: 'rejected', error: { oauth_error: 'invalid_grant' } })
  expect(isAdapterMessage({ v: 1, id: 0, observation })).toBe(true)
})

describe('an adapter that breaks the protocol is told what is wrong', () => {
  const short = { helloDeadlineMs: 2_000 }

  test.concurrent.each([
    ['no-hello', 'hello', 'No reply came with id 0'],
    ['malformed-hello', 'hello', 'is no reply that fits'],
    ['exit-before-hello', 'hello', 'the process ended with exit code 0'],
    ['outlive-stdin', 'hello', 'did not end within 3000 ms'],
    ['exit-1-at-end', 'hello', 'ended with exit code 1'],
    ['segmentation-fault-at-end', 'hello', 'ended by SIGSEGV'],
  ])('%s', async (way, transcript, problem) => {
    const problems = await problemsOf(mutantCommand(way).words, short)
    expect(Object.keys(problems)).toEqual([transcript])
    expect(problems[transcript]).toEqual([expect.stringContaining(problem)])
  })

  test.concurrent('a file that is not there', async () => {
    const { hello } = await problemsOf([process.execPath, '/no/such/adapter.js'])
    expect(hello?.[0]).toMatch(/with exit code 1; standard error ends: .*MODULE_NOT_FOUND/)
  })

  test.concurrent('a result that the schema does not know', async () => {
    // The base of the mutants takes an error of the server for tokens.
    const { errors } = await problemsOf(mutantCommand('noise').words)
    expect(errors?.[0]).toContain('is no reply that fits AdapterMessage.json')
  })

  test('it cannot be started', async () => {
    expect(await problemsOf(['/no/such/adapter'])).toEqual({ hello: ['The command cannot be started: ENOENT.'] })
  })
})
