import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadTenants } from '../../src/cli/tenant-file/load-tenants.js'
import { UsageError } from '../../src/cli/usage-error.js'
import { createEmulator } from '../../src/emulator/index.js'
import { claims, custom, exchange } from '../emulator/support.js'

const ROOT = resolve(import.meta.dirname, '../..')
const DOCUMENTATION = readFileSync(join(ROOT, 'src/emulator/configuration.md'), 'utf8')
const SCHEMA = readFileSync(join(ROOT, 'spec/schemas/TenantFile.json'), 'utf8')

const folder = mkdtempSync(join(tmpdir(), 'tenant-file-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const [complete = '', several = ''] = blocks('yaml')
const [actions = ''] = blocks('js')
write('actions.mjs', actions)
write('broken.mjs', 'export default (')
write('other.mjs', 'export const notAFunction = 1')

function blocks(language: string): string[] {
  return [...DOCUMENTATION.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  )
}

function write(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

/** What is wrong with a file, without its folder. */
async function mistakes(name: string, text: string): Promise<string[]> {
  const error = await loadTenants(write(name, text)).then(
    () => new UsageError('nothing'),
    (error: unknown) => error as Error,
  )
  expect(error).toBeInstanceOf(UsageError)
  return error.message.replaceAll(`${folder}/`, '').split('\n')
}

describe('the documented file', () => {
  it('is a tenant that works', async () => {
    const [tenant] = await loadTenants(write('tenant.yaml', complete))
    const emulator = createEmulator({ seed: 'file', ...(tenant && { tenant }) })
    const reply = await exchange(emulator, custom({ scope: 'read:data write:data' }))
    expect(claims(reply)).toMatchObject({ sub: 'auth0|alice', scope: 'read:data', permissions: ['read:data'] })
    const invalid = await exchange(emulator, custom({ subject_token: 'x:alice' }))
    expect(invalid.body['error_description']).toBe('The session has ended.')
  })

  it('has every key of the schema', () => {
    const keys = new Set<string>()
    JSON.parse(SCHEMA, (key, value: unknown) => {
      if (key === 'properties') for (const name of Object.keys(value as object)) keys.add(name)
      return value
    })
    keys.delete('tenants')
    expect(keys.size).toBeGreaterThan(80)
    expect([...keys].filter((key) => !new RegExp(`\\b${key}:`).test(complete))).toEqual([])
  })

  it('of several tenants gives each', async () => {
    const tenants = await loadTenants(write('several.yaml', several))
    expect(tenants.map(({ name }) => name)).toEqual(['a', 'b'])
  })

  it('may be JSON', async () => {
    const text = JSON.stringify({ name: 'json', clients: [], apis: [], users: [] })
    expect(await loadTenants(write('tenant.json', text))).toMatchObject([{ name: 'json' }])
  })
})

describe('a module', () => {
  const action = 'tokenExchangeProfiles: [{ subjectTokenType: "urn:acme:x", action: () => undefined }]'
  const tenant = `{ clients: [], apis: [], users: [], ${action} }`

  it.each([
    ['tenant.mjs', `export default ${tenant}`],
    ['tenant.ts', `const tenant: object = ${tenant}\nexport default tenant`],
    ['tenants.mjs', `export default { tenants: [${tenant}] }`],
  ])('%s is a tenant whose Actions are functions', async (name, text) => {
    const [loaded] = await loadTenants(write(name, text))
    expect(loaded?.tokenExchangeProfiles?.[0]?.action).toBeTypeOf('function')
  })

  it.each<[string, string, string[]]>([
    ['no-default.mjs', 'export const tenant = {}', ['no-default.mjs: the module needs a default export, the tenant']],
    [
      'mistakes.mjs',
      'export default { clients: [{ clientId: 5 }], apis: [], users: [], apiss: [] }',
      [
        '2 mistakes in mistakes.mjs',
        'mistakes.mjs apiss: unknown key; did you mean apis?',
        'mistakes.mjs clients[0].clientId: must be a string',
      ],
    ],
    [
      'reference.mjs',
      'export default { clients: [], apis: [], users: [], tokenExchangeProfiles: [{ subjectTokenType: "urn:x", action: { module: "x" } }] }',
      ['a mistake in reference.mjs', 'reference.mjs tokenExchangeProfiles[0].action: must be a function'],
    ],
  ])('%s is refused', async (name, text, expected) => {
    expect(await mistakes(name, text)).toEqual(expected)
  })

  it('whose import is not there is refused with the name of the import', async () => {
    write('importing.mjs', 'import "./absent.mjs"\nexport default {}')
    await expect(loadTenants(join(folder, 'importing.mjs'))).rejects.toThrow(/importing\.mjs: .*absent\.mjs/)
    const file = `${SMALL}tokenExchangeProfiles: [{ subjectTokenType: urn:a, action: { module: ./importing.mjs } }]\n`
    expect((await mistakes('t.yaml', file)).join('\n')).toMatch(/importing\.mjs: .*absent\.mjs/)
  })

  it('that is not there is refused', async () => {
    await expect(loadTenants(join(folder, 'nothing.mjs'))).rejects.toThrow('nothing.mjs: there is no such file')
  })
})

const SMALL = 'clients: []\napis: []\nusers: []\n'

describe('a file with mistakes is refused, with the place of each', () => {
  it.each<[string, string, string[]]>([
    [
      'an alias without its anchor',
      'apis: []\nusers: []\nclients: [*clients]\n',
      ['a mistake in t.yaml', 't.yaml:3:11 Unresolved alias (the anchor must be set before the alias): clients'],
    ],
    [
      'aliases that make a short file huge',
      `a: &a [x, x]\n${'bcdefgh'.replaceAll(/./g, (name) => `${name}: &${name} [${`*${String.fromCharCode(name.charCodeAt(0) - 1)}, `.repeat(9)}]\n`)}clients: *h\n`,
      ['a mistake in t.yaml', 't.yaml Excessive alias count indicates a resource exhaustion attack'],
    ],
    [
      'an unknown key, a wrong type, a wrong word and a missing key',
      'clients:\n  - client_id: a\n    clientSecret: 5\n    tokenExchange:\n      allowAnyProfileOfType:\n        - custom_authentication\n        - custom_auth\napis: []\n',
      [
        '5 mistakes in t.yaml',
        't.yaml:1:1 users: is missing',
        't.yaml:2:5 clients[0].clientId: is missing',
        't.yaml:2:5 clients[0].client_id: unknown key; did you mean clientId?',
        't.yaml:3:5 clients[0].clientSecret: must be a string',
        't.yaml:7:11 clients[0].tokenExchange.allowAnyProfileOfType[1]: must be one of custom_authentication, on_behalf_of_token_exchange; did you mean custom_authentication?',
      ],
    ],
    [
      'contradictions and Actions that are not there',
      'clients: [{ clientId: a }, { clientId: a }]\napis: []\nusers: []\nclientGrants:\n  - { clientId: b, audience: c, scope: [] }\ntokenExchangeProfiles:\n  - subjectTokenType: urn:acme:a\n    action: { module: ./nothing.mjs }\n  - subjectTokenType: urn:acme:b\n    action: { module: ./other.mjs, export: notAFunction }\n',
      [
        '5 mistakes in t.yaml',
        't.yaml:1:30 clients[1].clientId: the same as clients[0]: a',
        't.yaml:5:7 clientGrants[0].clientId: no client has the clientId b',
        't.yaml:5:20 clientGrants[0].audience: no API has the identifier c',
        't.yaml:8:15 tokenExchangeProfiles[0].action.module: ./nothing.mjs: there is no such file',
        't.yaml:10:36 tokenExchangeProfiles[1].action.export: ./other.mjs exports no function notAFunction',
      ],
    ],
    [
      'words that are nearly right',
      'clients: [{ clientId: web-app, connections: [legcy] }]\napis: [{ identifier: https://api.example.com }]\nusers: []\nconnections: [{ name: legacy }]\ndefaultAudience: https://api.exmaple.com\nclientGrants: [{ clientId: webapp, audience: x, scope: [] }]\n',
      [
        '4 mistakes in t.yaml',
        't.yaml:1:46 clients[0].connections[0]: no connection has the name legcy; did you mean legacy?',
        't.yaml:5:1 defaultAudience: no API has the identifier https://api.exmaple.com; did you mean https://api.example.com?',
        't.yaml:6:18 clientGrants[0].clientId: no client has the clientId webapp; did you mean web-app?',
        't.yaml:6:36 clientGrants[0].audience: no API has the identifier x',
      ],
    ],
    [
      'a key with two letters swapped, and an Action that is not an object',
      'clients: []\napis: []\nusers: [{ userId: a, emial: b }]\ntokenExchangeProfiles: [{ subjectTokenType: urn:a, action: ./a.mjs }]\n',
      [
        '2 mistakes in t.yaml',
        't.yaml:3:22 users[0].emial: unknown key; did you mean email?',
        't.yaml:4:52 tokenExchangeProfiles[0].action: must be an object with module',
      ],
    ],
    [
      'an action that is missing',
      `${SMALL}tokenExchangeProfiles:\n  - subjectTokenType: urn:acme:a\n`,
      ['a mistake in t.yaml', 't.yaml:5:5 tokenExchangeProfiles[0].action: is missing'],
    ],
    ['a key twice', `${SMALL}users: []\n`, ['a mistake in t.yaml', 't.yaml:4:1 Map keys must be unique']],
    [
      'no YAML',
      'clients: [',
      [
        'a mistake in t.yaml',
        expect.stringMatching(/^t\.yaml:\d+:\d+ Flow sequence in block collection must be/) as string,
      ],
    ],
    ['no tenant', '- 1\n', ['a mistake in t.yaml', 't.yaml:1:1 must be an object with clients, apis, users']],
    ['nothing', '', ['a mistake in t.yaml', 't.yaml:1:1 must be an object with clients, apis, users']],
    [
      'no tenants',
      'tenants: []\n',
      ['a mistake in t.yaml', 't.yaml:1:1 tenants: must be a list of at least one tenant'],
    ],
    [
      'something beside tenants',
      'tenants: [{}]\nname: x\n',
      ['a mistake in t.yaml', 't.yaml:2:1 name: stands beside tenants; move it into one'],
    ],
    [
      'a mistake in the second tenant',
      'tenants:\n  - { clients: [], apis: [], users: [] }\n  - { clients: [], apis: [], users: [], nam: x }\n',
      ['a mistake in t.yaml', 't.yaml:3:41 tenants[1].nam: unknown key; did you mean name?'],
    ],
    ['a key of a prototype', `${SMALL}__proto__: {}\n`, ['a mistake in t.yaml', 't.yaml:4:1 __proto__: unknown key']],
  ])('%s', async (_name, text, expected) => {
    expect(await mistakes('t.yaml', text)).toEqual(expected)
  })

  it.each([
    ['nothing.yaml', 'there is no such file'],
    ['tenant.txt', 'the name of the file must end in .yaml, .yml, .json, .ts, .mts, .js, .mjs, .cjs'],
    ['', 'the name of the file must end in .yaml, .yml, .json, .ts, .mts, .js, .mjs, .cjs'],
  ])('that cannot be read: %s', async (name, text) => {
    await expect(loadTenants(join(folder, name))).rejects.toThrow(`${join(folder, name)}: ${text}`)
  })

  it('and no value of it is in a text', async () => {
    const text = `clients: [{ clientId: a, clientSecret: { canary: canary-1 } }]\napis: []\nusers: [{ userId: u, otp: [canary-2] }]\n`
    const found = await mistakes('t.yaml', text)
    expect(found.join('\n')).not.toContain('canary')
    expect(found).toHaveLength(3)
  })
})
