import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, it } from 'vitest'
import { ONBEHALF } from '../support/command.js'

const ROOT = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'serve-config-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function serve(text: string, name = 'tenants.yaml') {
  const file = join(folder, name)
  writeFileSync(file, text)
  return spawn(process.execPath, [...ONBEHALF, 'serve', '--json', '--config', file])
}

it('serve --config prints a line for each tenant, with an issuer of its own', { timeout: 60_000 }, async () => {
  const tenant = (name: string) => `{ name: ${name}, clients: [{ clientId: app-${name} }], apis: [], users: [] }`
  const child = serve(`tenants:\n  - ${tenant('a')}\n  - ${tenant('b')}\n`)
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const issuers = new Set<string>()
  for (const name of ['a', 'b']) {
    const line = JSON.parse(String((await lines.next()).value)) as { issuer: string; tenant: string; clients: object }
    expect(line).toMatchObject({ tenant: name, clients: [{ clientId: `app-${name}` }] })
    const response = await fetch(`${line.issuer}.well-known/openid-configuration`)
    expect(await response.json()).toMatchObject({ issuer: line.issuer })
    issuers.add(line.issuer)
  }
  expect(issuers.size).toBe(2)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

it('serve --config takes TypeScript without a package.json beside it', { timeout: 60_000 }, async () => {
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const child = serve(
    'interface Tenant { name: string }\nconst tenant: Tenant & object = { name: "a", clients: [], apis: [], users: [] }\nexport default tenant\n',
    'tenant.ts',
  )
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  expect(JSON.parse(line)).toMatchObject({ tenant: 'a' })
  child.kill('SIGKILL')
})

it('serve --config ends with 2 when the file has a mistake', { timeout: 60_000 }, async () => {
  expect(await once(serve('clients: []\n'), 'exit')).toEqual([2, null])
})
