import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONSUMER, CONSUMER_OPTIONS } from '../structure/consumer.js'
import { linksOf } from '../structure/links.js'
import { publicModules, readManifest, ROOT } from '../structure/manifest.js'
import { packAndInstall, run } from '../structure/packed.js'

const manifest = readManifest()
const MAX_UNPACKED_BYTES = 2_500_000

/** For each public module, an expression over it, as `it`, and what it gives. */
const USES: readonly (readonly [subpath: string, expression: string, value: unknown])[] = [
  ['.', `it.getCurrentActor({ sub: 'alice', act: { sub: 'mcp-server', act: { sub: 'spa' } } })`, 'mcp-server'],
  [
    '.',
    `await new it.TokenExchangeClient({
      domain: 'tenant.example.com', clientId: 'a', clientAuthentication: it.clientSecretPost('b'),
    }).exchangeToken({ subjectToken: 'a', subjectTokenType: 'urn:test:b', extra: { Audience: 'c' } })
      .catch((error) => [error instanceof it.TokenExchangeError, error.code, error.field])`,
    [true, 'protected_parameter', 'Audience'],
  ],
  ['./act', `it.getDelegationChain({ act: { sub: 'mcp-server', act: { sub: 'spa' } } })`, ['mcp-server', 'spa']],
  [
    './token-endpoint',
    `await it.createTokenEndpointClient({
      domain: 'tenant.example.com',
      fetch: async (url, init) => Response.json({ access_token: String(init.body), token_type: 'Bearer' }),
    }).POST('/oauth/token', {
      body: { grant_type: it.TOKEN_EXCHANGE_GRANT_TYPE, subject_token: 'a b', subject_token_type: 'urn:x', resource: ['c', 'd'] },
    }).then(({ data }) => data.access_token)`,
    'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=a+b&subject_token_type=urn%3Ax&resource=c&resource=d',
  ],
  [
    './emulator',
    `await it.createEmulator({ seed: 'test' })
      .fetch(new Request('https://tenant.example.com/.well-known/openid-configuration'))
      .then(async (response) => [response.status, (await response.json()).issuer])`,
    [200, 'https://tenant.example.com/'],
  ],
  [
    './cache',
    `await it.createExchangeCache()
      .run({ key: 'a', forceRefresh: false, subjectExpiresAt: () => undefined, now: Date.now, load: async () => ({ accessToken: 'b' }) })
      .then(({ result }) => result.accessToken)`,
    'b',
  ],
  ['./node', `typeof it.createNodeFetch()`, 'function'],
  [
    './session',
    `await new it.SessionClient({
      domain: 'tenant.example.com', clientId: 'a', clientAuthentication: { method: 'none', authenticate: () => ({}) },
      appBaseUrl: 'https://app.example.com', secrets: new Uint8Array(32),
    }).getAccessToken({}, { request: new Request('https://app.example.com'), headers: new Headers() })
      .catch(({ code, reason }) => [code, reason, it.isDelegated(undefined)])`,
    ['login_required', 'signed_out', false],
  ],
  [
    './verify',
    `await it.createAccessTokenVerifier({ domain: 'tenant.example.com', audience: 'https://api.example.com' })
      .verifyRequest(new Request('https://api.example.com/data'))
      .catch((error) => error.toChallenge({ realm: 'api' }).status)`,
    401,
  ],
  [
    './conformance',
    `it.listRequirements().some(({ id, level }) => id === 'actor-token-has-type' && level === 'MUST')`,
    true,
  ],
]

/** Modules for the users of a package that a consumer need not have. */
const NEEDS_PEER: Readonly<Record<string, string>> = { './conformance/vitest': 'vitest' }

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

describe('the packed and installed package', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-'))
  const consumer = join(folder, 'consumer')
  const installed = join(consumer, 'node_modules', manifest.name)
  let tarball = ''

  beforeAll(async () => {
    tarball = await packAndInstall(folder)
  }, 120_000)

  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it('has what is built, the spec, its papers and their recipes, and nothing else', () => {
    const ours =
      /^(?:dist\/(?:generated|src|conformance)\/.+\.(?:js|d\.ts)|spec\/.+|conformance\/.+\.(?:py|txt|js|ts|java|xml|go|mod|sum|json|yaml|md)|src\/.+\.md|test\/recipes\/[\w-]+\.(?:ts|cjs)|(?:package\.json|README\.md|LICENSE|CHANGELOG\.md))$/
    const files = filesBelow(installed).filter((file) => !file.startsWith('node_modules/'))
    expect(files.filter((file) => !ours.test(file))).toEqual([])
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'CHANGELOG.md', 'dist/src/index.js', 'spec/openapi.yaml']))
  })

  it('has what its pages lead to', () => {
    const pages = filesBelow(installed).filter((file) => file.endsWith('.md') && !file.startsWith('node_modules/'))
    const links = pages.flatMap((page) => linksOf(installed, page))
    expect(links.length).toBeGreaterThan(80)
    expect(links.filter(({ target }) => !existsSync(join(installed, target)))).toEqual([])
  })

  it(`is smaller than ${MAX_UNPACKED_BYTES} bytes`, () => {
    const sizes = filesBelow(installed).map((file) => statSync(join(installed, file)).size)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_UNPACKED_BYTES)
  })

  it('has no development package in its consumer', () => {
    const names = readdirSync(join(consumer, 'node_modules'))
    expect(names).toContain('jose')
    expect(names.filter((name) => ['typescript', 'vitest', 'ajv', 'prettier', 'tsx'].includes(name))).toEqual([])
  })

  it.concurrent.each(USES)('%s works: %#', async (subpath, expression, value) => {
    const code = `import * as it from '${manifest.name}${subpath.slice(1)}'\nconsole.log(JSON.stringify(${expression}))`
    const { exitCode, stdout, stderr } = await run(consumer, process.execPath, '--input-type=module', '--eval', code)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual(value)
  })

  it('each public module is used', () => {
    const used = new Set([...USES.map(([subpath]) => subpath), ...Object.keys(NEEDS_PEER)])
    expect([...used].sort()).toEqual([...publicModules(manifest).keys()].sort())
  })

  it.concurrent.each(Object.entries(NEEDS_PEER))('%s asks for %s, which is an optional peer', async (subpath, peer) => {
    const { peerDependenciesMeta } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      peerDependenciesMeta: unknown
    }
    expect(peerDependenciesMeta).toMatchObject({ [peer]: { optional: true } })
    const code = `await import('${manifest.name}${subpath.slice(1)}')`
    const { exitCode, stderr } = await run(consumer, process.execPath, '--input-type=module', '--eval', code)
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`Cannot find package '${peer}'`)
  })

  it.each(['openapi.yaml', 'schemas/ActClaim.json'])('%s is to be had, as it is in the checkout', (file) => {
    const path = createRequire(join(consumer, 'index.js')).resolve(`${manifest.name}/${file}`)
    expect(readFileSync(path, 'utf8')).toBe(readFileSync(join(ROOT, 'spec', file), 'utf8'))
  })

  it('an inner file is not to be had', () => {
    const require = createRequire(join(consumer, 'index.js'))
    expect(() => require.resolve(`${manifest.name}/dist/src/transport/transport.js`)).toThrow(
      'is not defined by "exports"',
    )
  })

  it.concurrent('its types are found by whoever can import it', async () => {
    const attw = join(ROOT, 'node_modules/.bin/attw')
    const flags = ['--profile', 'esm-only', '--exclude-entrypoints', 'openapi.yaml']
    const { exitCode, stdout } = await run(folder, attw, tarball, ...flags)
    expect(exitCode, stdout).toBe(0)
  })

  it.concurrent('npx onbehalf --version prints the version', async () => {
    const { exitCode, stdout } = await run(consumer, 'npx', '--no-install', 'onbehalf', '--version')
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${manifest.version}\n` })
  })

  it.concurrent('npx onbehalf --help names its commands', async () => {
    const { exitCode, stdout } = await run(consumer, 'npx', '--no-install', 'onbehalf', '--help')
    expect(exitCode).toBe(0)
    for (const command of ['serve', 'act', 'exchange', 'conformance'])
      expect(stdout).toMatch(new RegExp(`^ +${command}\\b`, 'm'))
  })

  it.concurrent('type-checks in a strict consumer that checks libraries and has no types of Node', async () => {
    writeFileSync(join(consumer, 'consumer.ts'), CONSUMER)
    writeFileSync(
      join(consumer, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: CONSUMER_OPTIONS, files: ['consumer.ts'] }),
    )
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
    const { exitCode, stdout } = await run(consumer, process.execPath, tsc)
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' })
  })
})
