import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './manifest.js'
import { createProgram } from './program.js'

/** The names that a module exports: a class or enum counts as a value, though it is a type as well. */
export interface PublicNames {
  readonly values: readonly string[]
  readonly types: readonly string[]
}

/** The public names of each of `files`, as paths from the top folder. */
export function publicNames(files: readonly string[], overlay?: ReadonlyMap<string, string>): Map<string, PublicNames> {
  const program = createProgram(files, overlay)
  return new Map(files.map((file) => [file, namesOf(program, join(ROOT, file))]))
}

function namesOf(program: ts.Program, path: string): PublicNames {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(path)
  const module = source && checker.getSymbolAtLocation(source)
  if (!module) throw new Error(`${path} is not a module`)
  const values: string[] = []
  const types: string[] = []
  for (const symbol of checker.getExportsOfModule(module)) {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const typeOnly = symbol.declarations?.some((node) => ts.isTypeOnlyImportOrExportDeclaration(node)) ?? false
    if (!target.declarations) throw new Error(`${path} exports ${symbol.name}, which is nothing`)
    const isValue = !typeOnly && (target.flags & ts.SymbolFlags.Value) !== 0
    ;(isValue ? values : types).push(symbol.name)
  }
  return { values: values.sort(), types: types.sort() }
}
