import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { publicModules, readManifest, ROOT } from './manifest.js'
import { publicNames, type PublicNames } from './public-names.js'

const SNAPSHOTS = join(import.meta.dirname, 'exports')
const modules = [...publicModules(readManifest())].filter(([, file]) => existsSync(join(ROOT, file)))
const names = publicNames(modules.map(([, file]) => file))

function snapshotName(subpath: string): string {
  return `${subpath === '.' ? 'index' : subpath.slice('./'.length).replaceAll('/', '-')}.txt`
}

function written({ values, types }: PublicNames): string {
  return [...values.map((name) => `value ${name}`), ...types.map((name) => `type  ${name}`), ''].join('\n')
}

/** After a change that is meant: `npm test -- -u test/structure`. */
describe('the public names are the ones that were agreed on', () => {
  it.each(modules)('%s', async (subpath, file) => {
    const found = names.get(file) ?? { values: [], types: [] }
    expect(found.values).not.toEqual([])
    await expect(written(found)).toMatchFileSnapshot(join(SNAPSHOTS, snapshotName(subpath)))
  })

  it('no snapshot is left of a subpath that is gone', () => {
    const known = [...publicModules(readManifest()).keys()].map(snapshotName)
    expect(readdirSync(SNAPSHOTS).filter((file) => !known.includes(file))).toEqual([])
  })
})

describe('a value that the types promise is there at run time, and nothing else is', () => {
  it.each(modules)('%s', async (_subpath, file) => {
    const loaded = (await import(pathToFileURL(join(ROOT, file)).href)) as object
    expect(Object.keys(loaded).sort()).toEqual(names.get(file)?.values)
  })
})

describe('there are named exports alone', () => {
  it.each(modules)('%s', (_subpath, file) => {
    expect(names.get(file)?.values).not.toContain('default')
  })
})

const PROBES: readonly (readonly [rule: string, text: string, expected: PublicNames])[] = [
  ['a function is a value', `export function f(): void {}`, { values: ['f'], types: [] }],
  ['a class is a value', `export class C {}`, { values: ['C'], types: [] }],
  ['an interface is a type', `export interface I { a: 1 }`, { values: [], types: ['I'] }],
  ['names are sorted', `export const b = 1, a = 1`, { values: ['a', 'b'], types: [] }],
  ['a default export is seen', `export default 1`, { values: ['default'], types: [] }],
  [
    'a re-export keeps its meaning',
    `export { isBlank } from './text.js'\nexport { type ActClaim } from './act.js'`,
    { values: ['isBlank'], types: ['ActClaim'] },
  ],
  [
    'a class that is exported as a type is a type',
    `export type { TokenExchangeError } from './errors.js'`,
    { values: [], types: ['TokenExchangeError'] },
  ],
  ['a star brings everything', `export * from './probe-3.js'`, { values: ['a', 'b'], types: [] }],
]

describe('the reader of exports', () => {
  const probes = new Map(PROBES.map(([, text], index) => [`src/probe-${index}.ts`, text]))
  const read = publicNames([...probes.keys()], probes)

  it.each(PROBES.map(([rule, , expected], index) => [rule, index, expected] as const))(
    '%s',
    (_rule, index, expected) => {
      expect(read.get(`src/probe-${index}.ts`)).toEqual(expected)
    },
  )

  it('refuses an export that leads nowhere', () => {
    const probe = new Map([['src/probe.ts', `export { nothing } from './text.js'`]])
    expect(() => publicNames(['src/probe.ts'], probe)).toThrow('nothing')
  })
})
