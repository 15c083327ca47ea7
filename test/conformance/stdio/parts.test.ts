import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { serialized, type Adapter, type Observation } from '../../../conformance/index.js'
import { packageFile } from '../../../conformance/package-file.js'
import { isLifecycle, listRequirements } from '../../../conformance/requirements.js'
import { splitCommand } from '../../../conformance/stdio/command-line.js'
import { lineOf, readLines } from '../../../conformance/stdio/lines.js'
import { keepTail } from '../../../conformance/stdio/stderr-tail.js'

test.each([
  ['python3 adapter.py', ['python3', 'adapter.py']],
  ['  node   a.js  ', ['node', 'a.js']],
  [`node "my adapter.js" 'a b'`, ['node', 'my adapter.js', 'a b']],
  [`node --name="a b"c`, ['node', '--name=a bc']],
  [String.raw`node a\ b.js`, ['node', 'a b.js']],
  [String.raw`node "say \"hi\" \n"`, ['node', String.raw`say "hi" \n`]],
  [`node '' ""`, ['node', '', '']],
  ['node $HOME ; rm *', ['node', '$HOME', ';', 'rm', '*']],
])('the words of %s', (text, words) => {
  expect(splitCommand(text)).toEqual(words)
})

test.each(['', '   ', 'node "a', `node 'a`])('%j is no command', (text) => {
  expect(() => splitCommand(text)).toThrow(RangeError)
})

test('a line of a message is ASCII and says the same', () => {
  const message = { text: 'grüße \u2028 \u{1F511} \uD800 \u007f "quoted"\n' }
  const line = lineOf(message)
  expect(line).toMatch(/^[ -~]*\n$/)
  expect(JSON.parse(line)).toEqual(message)
})

test('lines come whole, however they are cut', async () => {
  const lines: string[] = []
  const stream = new PassThrough()
  readLines(stream, (line) => lines.push(line))
  const bytes = Buffer.from('one\n\ntwo: ü\u2028\r\nthree')
  for (const byte of bytes) stream.write(Buffer.of(byte))
  stream.end()
  await new Promise((resolve) => stream.once('end', resolve))
  expect(lines).toEqual(['one', '', 'two: ü\u2028\r', 'three'])
})

test('what a process wrote is shown without secrets, and only its end is kept', () => {
  const stream = new PassThrough()
  const tail = keepTail(stream, 'client-s3cret', () => undefined)
  stream.emit('data', 'x'.repeat(100_000))
  stream.emit('data', '\nfailed for canary-subject-1\n  with client-s3cret\n')
  expect(tail.shown()).toMatch(/^; standard error ends: x+ \| failed for \[subject-1\] \| with \[client secret\]$/)
  expect(tail.take().length).toBeLessThanOrEqual(64 * 1024)
  expect(tail.take()).toBe('')
})

test.each<[string, Partial<Adapter>]>([
  ['an observation with a member that the schema does not know', answering({ outcome: 'value', value: null, more: 1 })],
  ['an observation with a value that JSON cannot hold', answering({ outcome: 'value', value: undefined })],
  ['an observation of no kind', answering({ outcome: 'maybe' })],
])('%s does not pass as JSON', async (_, adapter) => {
  const entry = serialized({ name: 'fake', load: async () => Promise.resolve(adapter as Adapter) })
  const loaded = await entry.load()
  await expect(loaded.perform({ op: 'current_actor', claims: '{}' }, { fetch })).rejects.toThrow(TypeError)
})

function answering(observation: object): Partial<Adapter> {
  return { perform: async () => Promise.resolve(observation as Observation) }
}

test.each(listRequirements().filter(({ id }) => isLifecycle(id)))(
  'the page on adapters says what $id quotes',
  (row) => {
    const page = readFileSync(packageFile('conformance/adapters/README.md'), 'utf8').replaceAll(/\s+/g, ' ')
    expect(page).toContain(row.source.quote)
  },
)

test('the page on adapters names every operation, outcome and capability of the schema', () => {
  const page = readFileSync(packageFile('conformance/adapters/README.md'), 'utf8')
  const { $defs } = JSON.parse(readFileSync(packageFile('spec/schemas/AdapterMessage.json'), 'utf8')) as {
    $defs: Record<string, { properties?: Record<string, { const?: string; enum?: string[] }> }>
  }
  const names = Object.values($defs).flatMap(({ properties: { op, outcome } = {} }) =>
    [op, outcome].flatMap((name) => name?.enum ?? name?.const ?? []),
  )
  const capabilities = Object.keys($defs['Capabilities']?.properties ?? {})
  expect(names.length).toBeGreaterThan(10)
  expect([...names, ...capabilities].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})
