import { afterEach, expect, test, vi } from 'vitest'
import { wantsColors } from '../../conformance/cli/output-table.js'
import { conformance } from './in-process.js'

afterEach(() => {
  vi.unstubAllEnvs()
})

const PIPE = {}
const TERMINAL = { isTTY: true, hasColors: () => true }
const DUMB = { isTTY: true, hasColors: () => false }

test.each([
  [PIPE, {}, false],
  [TERMINAL, {}, true],
  [DUMB, {}, false],
  [PIPE, { FORCE_COLOR: '1' }, true],
  [PIPE, { FORCE_COLOR: 'true' }, true],
  [PIPE, { FORCE_COLOR: '' }, false],
  [TERMINAL, { FORCE_COLOR: '0' }, false],
  [TERMINAL, { FORCE_COLOR: 'false' }, false],
  [TERMINAL, { NO_COLOR: '1' }, false],
  [TERMINAL, { NO_COLOR: '' }, true],
  [TERMINAL, { NO_COLOR: '0', FORCE_COLOR: '1' }, false],
])('%j with %j: %s', (stream, env, colors) => {
  expect(wantsColors(stream, env)).toBe(colors)
})

const RUN = ['run', '--sdk', 'auth0-auth-js', '--only', 'actor-type-only', '--runs', '1']

test('FORCE_COLOR gives colours to what reads the table from a pipe, and none to JSON', async () => {
  vi.stubEnv('NO_COLOR', '')
  vi.stubEnv('FORCE_COLOR', '1')
  expect((await conformance(...RUN)).stdout).toContain('\u001b[31m')
  expect((await conformance(...RUN, '--json')).stdout).not.toContain('\u001b')
  vi.stubEnv('NO_COLOR', '1')
  expect((await conformance(...RUN)).stdout).not.toContain('\u001b')
})
