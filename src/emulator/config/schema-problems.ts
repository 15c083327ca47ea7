import { isTenantFile } from '../../../generated/validators/tenant-file.js'
import type { Problem } from './problem.js'
import { didYouMean } from './suggestion.js'

type SchemaError = NonNullable<typeof isTenantFile.errors>[number]

/** Everything that a tenant has and the schema does not, or the other way round. No value is quoted but a word. */
export function findSchemaProblems(value: unknown): readonly Problem[] {
  if (isTenantFile(value)) return []
  return (isTenantFile.errors ?? []).map((error) => toProblem(error, value))
}

function toProblem({ instancePath, keyword, params, parentSchema }: SchemaError, root: unknown): Problem {
  const path = readPointer(instancePath)
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty'])
      const known = Object.keys((parentSchema as { readonly properties?: object }).properties ?? {})
      return { path: [...path, key], text: `unknown key${didYouMean(key, known)}` }
    }
    case 'enum': {
      const known = (params['allowedValues'] as readonly unknown[]).map(String)
      const value = valueAt(root, path)
      const hint = typeof value === 'string' ? didYouMean(value, known) : ''
      return { path, text: `must be one of ${known.join(', ')}${hint}` }
    }
    case 'required':
      return { path: [...path, String(params['missingProperty'])], text: 'is missing' }
    case 'type':
      return {
        path,
        text: `must be ${TYPES[String(params['type'])] ?? String(params['type'])}${members(parentSchema)}`,
      }
    case 'minLength':
      return { path, text: 'must not be empty' }
    case 'exclusiveMinimum':
      return { path, text: `must be more than ${String(params['limit'])}` }
    case 'minimum':
      return { path, text: `must be at least ${String(params['limit'])}` }
    default:
      return { path, text: `must have at most ${String(params['limit'])} characters` }
  }
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'a string',
}

/** What an object needs. */
function members(schema: object): string {
  const { required = [] } = schema as { readonly required?: readonly string[] }
  return required.length === 0 ? '' : ` with ${required.join(', ')}`
}

function readPointer(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

function valueAt(root: unknown, path: Problem['path']): unknown {
  return path.reduce((value, step) => (value as Readonly<Record<string | number, unknown>>)[step], root)
}
