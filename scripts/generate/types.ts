import { readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { readSource } from './source.js'

const OPTIONS = {
  immutable: true,
  rootTypes: true,
  rootTypesNoSchemaPrefix: true,
  // A default in a response does not make the member present.
  defaultNonNullable: false,
  silent: true,
} as const

/** The types of the description: paths, operations, schemas. */
export async function descriptionTypes(specFile: string): Promise<string> {
  return astToString(await openapiTS(pathToFileURL(resolve(specFile)), OPTIONS))
}

/** The types of the JSON Schemas in a folder; each schema, and each of its `$defs`, is a type of its name. */
export async function schemaTypes(folder: string): Promise<string> {
  const schemas: Record<string, object> = {}
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue
    const name = basename(file, '.json')
    const source = readSource(join(folder, file))
    const { $defs, ...schema } = source.value as { $defs?: Record<string, object> }
    for (const [part, value] of Object.entries({ ...$defs, [name]: schema })) {
      if (schemas[part]) throw source.error(['$defs', part], `the type ${part} is there twice`)
      schemas[part] = withComponentReferences(value, name) as object
    }
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'schemas', version: '0' },
    paths: {},
    components: { schemas },
  } as unknown as OpenAPI3
  return astToString(await openapiTS(document, OPTIONS))
}

function withComponentReferences(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withComponentReferences(item, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('$') || key === '$ref')
      .map(([key, child]) => {
        if (key !== '$ref' || typeof child !== 'string') return [key, withComponentReferences(child, name)]
        const part = child === '#' ? name : basename(child, '.json')
        return [key, `#/components/schemas/${part}`]
      }),
  )
}
