import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { renderTable, runConformance } from '../../conformance/index.js'

const cache = mkdtempSync(join(tmpdir(), 'onbehalf-cache-'))
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true, force: true })
})

async function reasonOfSkip(): Promise<string | undefined> {
  const report = await runConformance({ sdks: ['authlib'], seed: 1, runs: 1 })
  expect(report.sdks).toMatchObject([{ name: 'authlib', status: 'skipped', cases: 0 }])
  expect(renderTable(report)).toContain('skipped: ')
  return report.sdks[0]?.reason
}

test('without Python a Python SDK is skipped with its reason', async () => {
  vi.stubEnv('PATH', '/nowhere')
  expect(await reasonOfSkip()).toBe('python3 is not installed')
})

test('without its package a Python SDK is skipped with its reason, and nothing half made is left', async ({ skip }) => {
  try {
    execFileSync('python3', ['-m', 'venv', '--help'], { stdio: 'ignore' })
  } catch {
    skip('python3 with venv is not installed')
  }
  vi.stubEnv('XDG_CACHE_HOME', cache)
  vi.stubEnv('PIP_NO_INDEX', '1')
  vi.stubEnv('PIP_FIND_LINKS', '')
  expect(await reasonOfSkip()).toMatch(/^its Python packages cannot be installed: .*Authlib/)
  expect(readdirSync(join(cache, 'onbehalf'))).toEqual([])
}, 60_000)
