import { execFile, execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TOKEN_RESPONSE } from '../support/scripted-server.js'

const ROOT = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'common-js-'))
const run = promisify(execFile)

const server = createServer((request, response) => {
  const origin = `http://${request.headers.host ?? ''}`
  const metadata = { issuer: `${origin}/`, token_endpoint: `${origin}/oauth/token`, jwks_uri: `${origin}/jwks` }
  response.end(JSON.stringify(request.method === 'POST' ? TOKEN_RESPONSE : metadata))
})

/** Installs the package, as far as the recipe uses it, next to the recipe. */
beforeAll(async () => {
  const installed = join(folder, 'node_modules/onbehalf')
  mkdirSync(installed, { recursive: true })
  copyFileSync(join(ROOT, 'package.json'), join(installed, 'package.json'))
  for (const name of ['jose', 'openapi-fetch', 'openapi-typescript-helpers']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name))
  }
  const project = join(folder, 'tsconfig.json')
  const compilerOptions = { rootDir: ROOT, outDir: join(installed, 'dist'), noCheck: true, types: [] }
  writeFileSync(
    project,
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions,
      include: [],
      files: [join(ROOT, 'src/index.ts')],
    }),
  )
  execFileSync(process.execPath, [createRequire(import.meta.url).resolve('typescript/bin/tsc'), '--project', project])
  copyFileSync(join(import.meta.dirname, 'common-js.cjs'), join(folder, 'common-js.cjs'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
}, 60_000)

afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

it('require gives the package, and it works', async () => {
  const script = `require('./common-js.cjs')
    .client.exchangeToken({ subjectToken: 'a', subjectTokenType: 'urn:acme:legacy-session' })
    .then(({ accessToken }) => console.log(accessToken))`
  const AUTH_DOMAIN = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const options = {
    cwd: folder,
    env: { ...process.env, AUTH_DOMAIN, CLIENT_SECRET: 'canary-client-secret', NODE_OPTIONS: '' },
  }
  const { stdout, stderr } = await run(process.execPath, ['-e', script], options)
  expect(stdout.trim()).toBe(TOKEN_RESPONSE.access_token)
  expect(stderr).toBe('')
})

it('require and import give the same', async () => {
  const script = `import('onbehalf').then((it) => console.log(it.TokenExchangeError === require('onbehalf').TokenExchangeError))`
  const { stdout } = await run(process.execPath, ['-e', script], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  expect(stdout.trim()).toBe('true')
})
