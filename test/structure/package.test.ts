import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publicModules, readManifest, ROOT } from './manifest.js'

const manifest = readManifest()
const MAX_UNPACKED_BYTES = 2_500_000

/** What stands in the top folder of a checkout and shapes the package. */
const SOURCES = [
  ...['spec', 'generated', 'src', 'conformance', 'scripts', 'test', 'package.json', 'tsconfig.json'],
  ...['README.md', 'LICENSE', 'CHANGELOG.md', '.gitignore', '.npmignore'],
]

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

/** What a consumer writes in TypeScript, without the types of Node. */
const CONSUMER = `
import { TokenExchangeClient, clientSecretPost, getCurrentActor, type OnBehalfOfTokenResult } from 'onbehalf'
import { getDelegationChain, type ActClaim } from 'onbehalf/act'
import { createTokenEndpointClient, type TokenResponse } from 'onbehalf/token-endpoint'
import { createEmulator, type Emulator } from 'onbehalf/emulator'
import { createExchangeCache } from 'onbehalf/cache'
import { SessionClient, isDelegated, type Session } from 'onbehalf/session'
import { listRequirements, type Adapter } from 'onbehalf/conformance'

export const emulator: Emulator = createEmulator()
export const client = new TokenExchangeClient({
  domain: 'tenant.example.com',
  clientId: 'mcp-server',
  clientAuthentication: clientSecretPost('secret'),
  audience: 'https://mcp.example.com',
  cache: createExchangeCache(),
})
export async function next(token: string): Promise<OnBehalfOfTokenResult> {
  const accessToken = await client.verifyAccessToken(token)
  const actor: string | undefined = getCurrentActor(accessToken.claims)
  console.log(actor, getDelegationChain(accessToken.claims))
  return client.getTokenOnBehalfOf({ accessToken, audience: 'https://calendar.example.com' })
}
export const sessions = new SessionClient({
  domain: (request) => request.url,
  clientId: 'web-app',
  clientAuthentication: clientSecretPost('secret'),
  appBaseUrl: 'https://app.example.com',
  secrets: new Uint8Array(32),
})
export async function banner(request: Request): Promise<string> {
  const session: Session | undefined = await sessions.getSession({ request })
  return isDelegated(session) ? session.user.act.sub : ''
}
// @ts-expect-error An actor token goes with its type.
export const unpaired = client.exchangeToken({ subjectToken: 'a', subjectTokenType: 'b', actorToken: 'c' })
export const raw = createTokenEndpointClient({ domain: 'tenant.example.com' })
export const ids: readonly string[] = listRequirements().map(({ id }) => id)
export type { ActClaim, Adapter, TokenResponse }
`

const TSCONFIG = {
  compilerOptions: { module: 'nodenext', strict: true, skipLibCheck: false, noEmit: true, types: [] },
  files: ['consumer.ts'],
}

interface Run {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** As from a shell: what npm tells its scripts about this checkout is none of a consumer's business. */
const ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_(?:package|lifecycle|config_local_prefix)|INIT_CWD|NODE_ENV|VITEST)/.test(name),
  ),
)

function run(folder: string, command: string, ...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd: folder, env: ENVIRONMENT }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr })
    })
  })
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

describe('the packed and installed package', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-'))
  const checkout = join(folder, 'checkout')
  const consumer = join(folder, 'consumer')
  const installed = join(consumer, 'node_modules', manifest.name)

  beforeAll(async () => {
    // A copy, since packing builds: others may be reading dist/ of the checkout meanwhile.
    for (const name of SOURCES.filter((file) => existsSync(join(ROOT, file)))) {
      cpSync(join(ROOT, name), join(checkout, name), { recursive: true })
    }
    symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'))
    const packed = await run(checkout, 'npm', 'pack', '--pack-destination', folder)
    expect(packed.exitCode, packed.stdout + packed.stderr).toBe(0)

    mkdirSync(consumer)
    writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }')
    const tarball = join(folder, `${manifest.name}-${manifest.version}.tgz`)
    const flags = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']
    const install = await run(consumer, 'npm', 'install', ...flags, tarball)
    expect(install.exitCode, install.stderr).toBe(0)
  }, 120_000)

  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it('has what is built, the spec and its papers, and nothing else', () => {
    const ours =
      /^(?:dist\/(?:generated|src|conformance)\/.+\.(?:js|d\.ts)|spec\/.+|conformance\/.+\.(?:py|txt|js|ts|java|xml|go|mod|sum|json|yaml|md)|(?:package\.json|README\.md|LICENSE|CHANGELOG\.md))$/
    const files = filesBelow(installed).filter((file) => !file.startsWith('node_modules/'))
    expect(files.filter((file) => !ours.test(file))).toEqual([])
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'CHANGELOG.md', 'dist/src/index.js', 'spec/openapi.yaml']))
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
    writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify(TSCONFIG))
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
    const { exitCode, stdout } = await run(consumer, process.execPath, tsc)
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' })
  })
})
