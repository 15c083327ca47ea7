import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RULES, violations, type Project } from './imports.js'
import { publicModules, readManifest, ROOT } from './manifest.js'

const FOLDERS = ['spec', 'generated', 'src', 'conformance', 'scripts']

/** A project that keeps every rule, with something for each rule to look at. */
const SOUND: Project = {
  manifest: {
    name: 'sound',
    version: '1.0.0',
    exports: {
      '.': { types: './dist/src/index.d.ts', default: './dist/src/index.js' },
      './act': { types: './dist/src/act.d.ts', default: './dist/src/act.js' },
      './emulator': { types: './dist/src/emulator/index.d.ts', default: './dist/src/emulator/index.js' },
      './conformance': { types: './dist/conformance/index.d.ts', default: './dist/conformance/index.js' },
      './schemas/*': './spec/schemas/*',
    },
    imports: { '#spec/*': './spec/*' },
  },
  files: new Map(
    Object.entries({
      'spec/vectors/a.json': '{}',
      'spec/schemas/ActClaim.json': '{}',
      'generated/openapi.ts': `export type ActClaim = { sub: string }`,
      'generated/constants.ts': `export const URN = 'urn:x'`,
      'generated/error-codes.ts': `export const CODES = ['a']`,
      'generated/validators/act.ts': `import type { ActClaim } from '../openapi.js'\nexport type A = ActClaim`,
      'src/index.ts': `export * from './act.js'\nexport { send } from './transport/transport.js'\nexport * from './verify.js'`,
      'src/act.ts': `import type { ActClaim } from '../generated/openapi.js'\nimport { fail } from './errors.js'\nexport const act = (c: ActClaim): unknown => fail(c)`,
      'src/errors.ts': `import { isBlank } from './text.js'\nimport './challenge.js'\nexport const fail = (e: unknown): unknown => isBlank(e)`,
      'src/text.ts': `export const isBlank = (e: unknown): boolean => e === ''\nexport const options = { fetch: 1 }.fetch`,
      'src/challenge.ts': `export const challenge = 1`,
      'src/transport/transport.ts': `export const send = 1`,
      'src/transport/raw-client.ts': `import createClient from 'openapi-fetch'\nexport const create = createClient`,
      'src/verify.ts': `import type { JWTPayload } from 'jose'\nexport const verify = () => import('./signed-tokens.js')\nexport type C = JWTPayload`,
      'src/signed-tokens.ts': `import { jwtVerify } from 'jose'\nexport const verify = jwtVerify`,
      'src/verify/request.ts': `export const request = 1`,
      'src/cache.ts': `import { LRUCache } from 'lru-cache'\nexport const cache = LRUCache`,
      'src/session/index.ts': `import { parseCookie } from 'cookie'\nexport const session = parseCookie`,
      'src/node.ts': `import { request } from 'undici'\nimport 'node:net'\nexport const node = request`,
      'src/emulator/index.ts': `import { Hono } from 'hono'\nimport 'node:http'\nexport const app = Hono\nexport const serve = () => import('@hono/node-server')`,
      'src/cli/serve.ts': `import { Command } from 'commander'\nexport const serve = (file: string) => import(file)\nexport { Command }`,
      'conformance/index.ts': `import { act } from '../src/index.js'\nimport { act as same } from 'sound/act'\nimport { app } from '../src/emulator/index.js'\nimport { isAct } from '../generated/constants.js'\nimport vector from '#spec/vectors/a.json' with { type: 'json' }\nimport schema from 'sound/schemas/ActClaim.json' with { type: 'json' }\nimport * as fc from 'fast-check'\nexport { act, same, app, isAct, vector, schema, fc }`,
      'conformance/cli/main.ts': `import { serve } from '../../src/cli/serve.js'\nimport '../index.js'\nexport { serve }`,
      'scripts/bench.ts': `import '../src/transport/transport.js'\nimport '../conformance/index.js'`,
    }),
  ),
}

const [
  FOLLOWED = '',
  DIRECTION = '',
  GENERATED = '',
  INDEXES = '',
  TRANSPORT = '',
  PURE = '',
  NODE = '',
  PACKAGES = '',
  LATER = '',
  SURFACES = '',
  CYCLES = '',
] = RULES.map((rule) => rule.id)

/** A rule, and a file with which a project breaks it. */
const PLANTED: readonly (readonly [rule: string, file: string, text: string])[] = [
  [FOLLOWED, 'src/a.ts', `export const load = (name: string) => import(name)`],
  [FOLLOWED, 'conformance/a.ts', `export const load = (name: string) => import(\`./\${name}.js\`)`],
  [FOLLOWED, 'src/a.ts', `import './not-there.js'`],
  [FOLLOWED, 'src/a.ts', `import '/etc/module.js'`],
  [FOLLOWED, 'src/a.ts', `import 'https://example.com/module.js'`],
  [FOLLOWED, 'src/a.ts', `import 'data:text/javascript,1'`],

  [DIRECTION, 'src/a.ts', `import '../conformance/index.js'`],
  [DIRECTION, 'src/a.ts', `import type {} from '../conformance/index.js'`],
  [DIRECTION, 'src/a.ts', `export * from '../conformance/index.js'`],
  [DIRECTION, 'src/a.ts', `export type * from '../conformance/index.js'`],
  [DIRECTION, 'src/a.ts', `export const load = () => import('../conformance/index.js')`],
  [DIRECTION, 'src/a.ts', `export type T = import('../conformance/index.js').T`],
  [DIRECTION, 'src/a.ts', `import x = require('../conformance/index.js')\nexport { x }`],
  [DIRECTION, 'src/a.ts', `export const x = require('../conformance/index.js')`],
  [DIRECTION, 'src/a.ts', `import 'sound/conformance'`],
  [DIRECTION, 'src/cli/a.ts', `import '../../conformance/cli/main.js'`],
  [DIRECTION, 'generated/a.ts', `import type {} from '../src/act.js'`],
  [DIRECTION, 'src/a.ts', `import '../scripts/bench.js'`],
  [DIRECTION, 'conformance/a.ts', `import '../test/helper.js'`],
  [DIRECTION, 'scripts/a.ts', `import '../test/helper.js'`],
  [DIRECTION, 'src/a.ts', `import '../elsewhere/helper.js'`],
  [DIRECTION, 'src/a.ts', `import manifest from '../package.json' with { type: 'json' }\nexport { manifest }`],

  [GENERATED, 'generated/a.ts', `import { URN } from './constants.js'\nexport { URN }`],
  [GENERATED, 'generated/a.ts', `import { type ActClaim } from './openapi.js'\nexport type A = ActClaim`],
  [GENERATED, 'generated/a.ts', `import type { Client } from 'openapi-fetch'\nexport type A = Client<object>`],
  [GENERATED, 'generated/a.ts', `import 'node:fs'`],
  [GENERATED, 'generated/a.ts', `import vector from '#spec/vectors/a.json' with { type: 'json' }\nexport { vector }`],

  [INDEXES, 'conformance/a.ts', `import '../src/transport/transport.js'`],
  [INDEXES, 'conformance/a.ts', `import type {} from '../src/verify.js'`],
  [INDEXES, 'conformance/a.ts', `import '../src/cli/serve.js'`],
  [INDEXES, 'conformance/cli/a.ts', `import '../../src/text.js'`],

  [TRANSPORT, 'src/a.ts', `import createClient from 'openapi-fetch'\nexport { createClient }`],
  [TRANSPORT, 'src/a.ts', `import { type Client } from 'openapi-fetch'\nexport type C = Client<object>`],
  [TRANSPORT, 'conformance/a.ts', `export const load = () => import('openapi-fetch')`],
  [TRANSPORT, 'scripts/a.ts', `export { default } from 'openapi-fetch'`],

  [PURE, 'src/text.ts', `import 'jose'\nexport const isBlank = Boolean`],
  [PURE, 'src/text.ts', `import type { JWTPayload } from 'jose'\nexport const isBlank = (e: JWTPayload) => !e`],
  [PURE, 'src/challenge.ts', `import './verify.js'\nexport const challenge = 1`],
  [PURE, 'src/challenge.ts', `export const challenge = () => fetch('https://example.com')`],
  [PURE, 'src/errors.ts', `export const fail = (e: unknown): unknown => (console.error(e), e)`],
  [PURE, 'generated/constants.ts', `export const URN = process.env['URN']`],

  [NODE, 'src/a.ts', `import 'node:fs'`],
  [NODE, 'src/a.ts', `import type { Server } from 'node:http'\nexport type S = Server`],
  [NODE, 'src/a.ts', `import 'fs/promises'`],
  [NODE, 'src/client.ts', `export const load = () => import('node:fs')`],

  ...[
    'openapi-fetch',
    'hono',
    '@hono/node-server',
    'commander',
    'cookie',
    'undici',
    'lru-cache',
    'fast-check',
    'ajv',
  ].map((name) => [PACKAGES, 'src/verify.ts', `export const verify = () => import('${name}/some/path')`] as const),
  [PACKAGES, 'src/verify.ts', `import type { Hono } from 'hono'\nexport const verify = (app: Hono) => app`],

  [LATER, 'src/verify.ts', `import './transport/raw-client.js'\nexport const verify = 1`],
  [LATER, 'src/verify.ts', `import { jwtVerify } from 'jose'\nexport const verify = jwtVerify`],
  [LATER, 'src/verify.ts', `import { verify } from './signed-tokens.js'\nexport { verify }`],
  [LATER, 'src/act.ts', `export * from './signed-tokens.js'`],

  ...['emulator/index', 'cli/serve', 'node', 'cache', 'session/index', 'verify/request'].map(
    (name) => [SURFACES, 'src/verify.ts', `export const verify = () => import('./${name}.js')`] as const,
  ),

  [CYCLES, 'src/verify.ts', `import type {} from './index.js'\nexport const verify = 1`],
  [CYCLES, 'src/verify.ts', `export * from './verify.js'`],
  [CYCLES, 'generated/openapi.ts', `import type { A } from './validators/act.js'\nexport type ActClaim = A`],
  [CYCLES, 'src/challenge.ts', `import 'sound'\nexport const challenge = 1`],
]

function realProject(): Project {
  const files = new Map<string, string>()
  for (const folder of FOLDERS.filter((name) => existsSync(join(ROOT, name)))) {
    for (const entry of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const file = join(entry.parentPath, entry.name)
      files.set(relative(ROOT, file), readFileSync(file, 'utf8'))
    }
  }
  return { files, manifest: readManifest() }
}

describe('imports', () => {
  const real = realProject()
  const found = violations(real)

  it.each(RULES.map((rule) => rule.id))('%s', (rule) => {
    expect(found.filter((violation) => violation.rule === rule).map((violation) => violation.text)).toEqual([])
  })

  it('the allowed doors of src are those of package.json, and each is a file', () => {
    const doors = [...publicModules(real.manifest).values()].filter((file) => file.startsWith('src/'))
    expect(doors).toContain('src/index.ts')
    expect(doors.filter((file) => !real.files.has(file))).toEqual([])
  })
})

describe('the import checker', () => {
  it('finds nothing wrong in a sound project', () => {
    expect(violations(SOUND)).toEqual([])
  })

  it.each(PLANTED)('sees a breach of "%s" in %s (%#)', (rule, file, text) => {
    const found = violations({ ...SOUND, files: new Map([...SOUND.files, [file, text]]) })
    expect(found.map((violation) => violation.rule)).toContain(rule)
  })

  it('is shown a breach of every rule', () => {
    expect([...new Set(PLANTED.map(([rule]) => rule))]).toEqual(RULES.map((rule) => rule.id))
  })

  it.each(['src/act.ts', 'src/index.ts'])('misses %s when it is renamed', (file) => {
    const files = new Map([...SOUND.files].filter(([name]) => name !== file))
    expect(violations({ ...SOUND, files }).map(({ text }) => text)).toContain(`${file} is not there`)
  })
})

describe('the checkout', () => {
  it('has no top-level folders but those of the design, and dotfolders', () => {
    const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
    const folders = files
      .toString()
      .split('\n')
      .filter((file) => file.includes('/'))
      .map((file) => file.slice(0, file.indexOf('/')))
    expect([...new Set(folders)].filter((name) => !name.startsWith('.')).sort()).toEqual([...FOLDERS, 'test'].sort())
  })
})
