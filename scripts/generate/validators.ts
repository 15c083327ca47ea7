import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import standalone from 'ajv/dist/standalone/index.js'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { placeOnly } from './place-only.js'
import { readSource, type Source } from './source.js'

const DESCRIPTION_ID = 'https://onbehalf.dev/openapi.yaml'
/** Keywords of OpenAPI and of this description that do not constrain a value. */
const VOCABULARY = ['openapi', 'info', 'servers', 'tags', 'paths', 'components', 'security', 'example']
const EXTENSIONS = ['protected', 'aliases', 'role', 'defined-by', 'repeatable', 'constant', 'undocumented', 'validator']

/**
 * One module for each schema that has `x-validator`: a type guard without `require` or `eval`. With `true` it stops at
 * the first error; with `place-only` it is small, and that error says no more than where; with `all-errors` it finds
 * all, each with the schema that it breaks.
 */
export function validatorModules(description: Source, schemaFolder: string): Map<string, string> {
  const kinds = [true, 'place-only', 'all-errors'] as const
  return new Map(kinds.flatMap((kind) => [...validatorsOf(description, schemaFolder, kind)]))
}

type Kind = true | 'place-only' | 'all-errors'

function validatorsOf(description: Source, schemaFolder: string, kind: Kind): Map<string, string> {
  const ajv = new Ajv2020({
    code: { source: true, esm: true, optimize: true },
    // Formats are annotations in JSON Schema 2020-12; patterns say what must hold.
    validateFormats: false,
    allErrors: kind === 'all-errors',
    verbose: kind === 'all-errors',
    // Who reports an error says it in words of their own.
    messages: false,
    strict: true,
    strictTypes: false,
    strictRequired: false,
  })
  ajv.addVocabulary([...VOCABULARY, ...EXTENSIONS.map((name) => `x-${name}`)])

  const wanted = new Map<string, Wanted>()
  const known: { readonly id: string; readonly source: Source }[] = []
  if (existsSync(schemaFolder)) {
    for (const file of readdirSync(schemaFolder).filter((name) => name.endsWith('.json'))) {
      const source = readSource(join(schemaFolder, file))
      const schema = source.value as { $id?: string; 'x-validator'?: Kind }
      if (schema.$id === undefined) throw source.error([], 'a schema needs an $id')
      addSchema(source, schema)
      const name = basename(file, '.json')
      known.push({ id: schema.$id, source })
      if (schema['x-validator'] === kind) wanted.set(name, { id: schema.$id, types: '../schemas.js', source, path: [] })
    }
  }
  addSchema(description, { ...(description.value as object), $id: DESCRIPTION_ID })
  const { components } = description.value as { components?: { schemas?: Record<string, { 'x-validator'?: Kind }> } }
  for (const [name, schema] of Object.entries(components?.schemas ?? {})) {
    if (schema['x-validator'] !== kind) continue
    const path = ['components', 'schemas', name]
    wanted.set(name, { id: `${DESCRIPTION_ID}#/${path.join('/')}`, types: '../openapi.js', source: description, path })
  }

  const modules = new Map<string, string>()
  for (const [name, schema] of wanted) modules.set(kebabCase(name), validatorModule(ajv, name, schema, kind))
  // A reference that leads nowhere is found when a schema is compiled, whether or not a validator is wanted.
  for (const { id, source } of known) compile(ajv, id, source, [])
  return modules

  function addSchema(source: Source, schema: object): void {
    try {
      ajv.addSchema(schema)
    } catch (error) {
      throw source.error([], (error as Error).message)
    }
  }
}

interface Wanted {
  readonly id: string
  /** The generated module that has the type of the same name. */
  readonly types: string
  /** Where the schema stands. */
  readonly source: Source
  readonly path: readonly string[]
}

const ERRORS: Readonly<Record<`${Kind}`, string>> = {
  true: '{ instancePath: string; message?: string }',
  'place-only': '{ instancePath: string }',
  'all-errors':
    '{ instancePath: string; keyword: string; params: Readonly<Record<string, unknown>>; parentSchema: object }',
}

function validatorModule(ajv: Ajv2020, name: string, { id, types, source, path }: Wanted, kind: Kind): string {
  const validate = compile(ajv, id, source, path)
  const code = standalone
    .default(ajv, validate)
    // Ajv imports its helper for string lengths; counting code points is one line.
    .replaceAll(/require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g, '(text) => [...text].length')
    .replace(/^"use strict";/, '')
    .replace(/export const validate = /, 'const exported = ')
    .replace(/export default \w+;/, '')
  if (/\brequire\(|\bimport\b|\beval\(|new Function/.test(code)) {
    throw source.error(path, `the validator of ${name} would need a run-time import`)
  }
  const inner = /const exported = (\w+);/.exec(code)?.[1]
  if (inner === undefined) throw new Error(`ajv's standalone output has changed its shape: ${code.slice(0, 200)}`)
  const body = code.replace(/const exported = \w+;/, '')
  return [
    '// @ts-nocheck',
    `import type { ${name} } from '${types}'`,
    kind === 'place-only' ? placeOnly(body) : body,
    `/** Whether \`value\` is what the schema ${name} describes; on \`false\`, the \`errors\` of this function say ${kind === 'place-only' ? 'where' : 'why'}. */`,
    `export const is${name}: ((value: unknown) => value is ${name}) & {`,
    `  errors?: readonly ${ERRORS[`${kind}`]}[] | null`,
    `} = ${inner}\n`,
  ].join('\n')
}

function compile(ajv: Ajv2020, id: string, source: Source, path: readonly string[]): ValidateFunction {
  try {
    const validate = ajv.getSchema(id)
    if (validate) return validate
  } catch (error) {
    throw source.error(path, (error as Error).message)
  }
  throw source.error(path, `no schema ${id}`)
}

function kebabCase(name: string): string {
  return name
    .replace('OAuth', 'Oauth')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
}
