import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { ROOT } from './manifest.js'
import { createProgram } from './program.js'

const DOORS = ['src/index.ts', 'src/cache.ts']
const GUIDE = readFileSync(join(ROOT, 'src/README.md'), 'utf8')

/** Every public type that is a set of options, and their names. */
function options(): [type: string, names: string[]][] {
  const program = createProgram(DOORS)
  const checker = program.getTypeChecker()
  return DOORS.flatMap((door) => {
    const source = program.getSourceFile(join(ROOT, door))
    const module = source && checker.getSymbolAtLocation(source)
    const types = module ? checker.getExportsOfModule(module) : []
    return types
      .filter(({ name }) => /(?:Options|Config|Policy|Keys)$/.test(name))
      .map((symbol): [string, string[]] => {
        const alias = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
        const type = checker.getDeclaredTypeOfSymbol(alias)
        const parts = type.isUnion() ? type.types : [type]
        return [symbol.name, [...new Set(parts.flatMap((part) => part.getProperties().map(({ name }) => name)))]]
      })
  })
}

it.each(options())('the guide names every option of %s', (_type, names) => {
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(GUIDE))).toEqual([])
})
