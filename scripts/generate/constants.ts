import type { Source } from './source.js'

type Json = { readonly [key: string]: Json | undefined } | readonly Json[] | string | number | boolean | null
type JsonObject = { readonly [key: string]: Json | undefined }

interface Parameter {
  readonly name: string
  readonly role: string
  readonly definedBy: string
  readonly repeatable: boolean
  readonly aliases: readonly string[]
}

/** The URNs, the protected parameters and the server's error codes, as the description marks them. */
export function constantsModule(description: Source): string {
  const constants = new Map<string, { value: string; text: string }>()
  const parameters = new Map<string, Parameter>()
  const names = new Map<string, string>()
  const codes: { code: string; text: string }[] = []

  walk(description.value as Json, [], (node, path) => {
    const name = node['x-constant']
    if (typeof name === 'string') {
      if (!/^[A-Z][A-Z0-9_]*$/.test(name)) throw description.error(path, `x-constant ${name} is not a constant's name`)
      if (typeof node['const'] !== 'string') throw description.error(path, `x-constant ${name} needs a string const`)
      const known = constants.get(name)
      if (known && known.value !== node['const']) {
        throw description.error(path, `x-constant ${name} stands for two values`)
      }
      constants.set(name, { value: node['const'], text: textOf(node) })
    }
    if (node['x-aliases'] !== undefined && node['x-protected'] !== true) {
      throw description.error(path, 'x-aliases without x-protected: true')
    }
    if (node['x-protected'] === true) {
      const parameter = readParameter(description, node, path)
      if (!parameters.has(parameter.name)) {
        parameters.set(parameter.name, parameter)
        for (const name of [parameter.name, ...parameter.aliases]) {
          const owner = names.get(name.toLowerCase())
          if (owner !== undefined) {
            throw description.error(
              path,
              `protected parameter ${name} is named twice, by ${owner} and ${parameter.name}`,
            )
          }
          names.set(name.toLowerCase(), parameter.name)
        }
      }
    }
    if (path.at(-1) === 'OAuthErrorCode') codes.push(...readErrorCodes(description, node, path))
  })

  const listed = [...parameters.values()]

  return [
    ...[...constants].map(
      ([name, { value, text }]) => `${comment(text)}\nexport const ${name} = ${JSON.stringify(value)}\n`,
    ),
    `/** What the description says of each protected parameter, by its wire name. */`,
    `export const TOKEN_PARAMETERS = {`,
    ...listed.map((parameter) => {
      const { name, ...rest } = parameter
      return `  ${JSON.stringify(name)}: ${JSON.stringify(rest)},`
    }),
    `} as const\n`,
    `/** A wire name that a typed option owns. */`,
    `export type TokenParameter = keyof typeof TOKEN_PARAMETERS\n`,
    `/** Every name that an extra parameter must not have, aliases included, in lower case. */`,
    `export const PROTECTED_PARAMETERS = ${JSON.stringify([...names.keys()])} as const\n`,
    `/** The error codes that the token endpoint is known to send. */`,
    `export const OAUTH_ERROR_CODES = [`,
    ...codes.map(({ code, text }) => `  ${comment(text)}\n  ${JSON.stringify(code)},`),
    `] as const\n`,
  ].join('\n')
}

/** The codes of the facade's own errors, with the kind of each. */
export function errorCodesModule(source: Source): string {
  const { codes } = source.value as { codes: { code: string; kind: string; text: string }[] }
  if (!Array.isArray(codes)) throw source.error(['codes'], 'codes must be a list')
  const known = new Set<string>()
  codes.forEach((entry, index) => {
    for (const key of ['code', 'kind', 'text'] as const) {
      if (typeof entry[key] !== 'string') throw source.error(['codes', index], `an error code needs a ${key}`)
    }
    for (const word of [entry.code, entry.kind]) {
      if (!/^[a-z][a-z0-9_]*$/.test(word)) throw source.error(['codes', index], `"${word}" is not a snake_case word`)
    }
    if (known.has(entry.code)) throw source.error(['codes', index], `error code ${entry.code} is there twice`)
    known.add(entry.code)
  })
  const kinds = [...new Set(codes.map((entry) => entry.kind))]
  return [
    `/** The stable codes of \`TokenExchangeError\`. */`,
    `export const TokenExchangeErrorCode = {`,
    ...codes.map(({ code, text }) => `  ${comment(text)}\n  ${code.toUpperCase()}: '${code}',`),
    `} as const\n`,
    `/** One of the stable codes of \`TokenExchangeError\`. */`,
    `export type TokenExchangeErrorCode = (typeof TokenExchangeErrorCode)[keyof typeof TokenExchangeErrorCode]\n`,
    `/** What an error is about, whichever code it has. */`,
    `export type TokenExchangeErrorKind = ${kinds.map((kind) => `'${kind}'`).join(' | ')}\n`,
    `/** The kind of each code. */`,
    `export const ERROR_KINDS: Readonly<Record<TokenExchangeErrorCode, TokenExchangeErrorKind>> = {`,
    ...codes.map(({ code, kind }) => `  ${code}: '${kind}',`),
    `}\n`,
  ].join('\n')
}

function readParameter(description: Source, node: JsonObject, path: readonly (string | number)[]): Parameter {
  const name = path.at(-1)
  const role = node['x-role']
  const definedBy = node['x-defined-by']
  const aliases = node['x-aliases'] ?? []
  if (typeof name !== 'string' || path.at(-2) !== 'properties') {
    throw description.error(path, 'x-protected belongs on a property of a request schema')
  }
  if (typeof role !== 'string') throw description.error(path, `protected parameter ${name} needs an x-role`)
  if (typeof definedBy !== 'string') throw description.error(path, `protected parameter ${name} needs an x-defined-by`)
  if (!Array.isArray(aliases) || !aliases.every((alias) => typeof alias === 'string')) {
    throw description.error(path, `the x-aliases of ${name} must be a list of names`)
  }
  return { name, role, definedBy, repeatable: node['x-repeatable'] === true, aliases }
}

function readErrorCodes(
  description: Source,
  node: JsonObject,
  path: readonly (string | number)[],
): { code: string; text: string }[] {
  const entries = node['oneOf']
  if (!Array.isArray(entries)) throw description.error(path, 'OAuthErrorCode needs a oneOf of consts')
  return (entries as readonly JsonObject[]).map((entry, index) => {
    const code = entry['const']
    if (typeof code !== 'string')
      throw description.error([...path, 'oneOf', index], 'an error code needs a string const')
    return { code, text: textOf(entry) }
  })
}

function comment(text: string): string {
  return `/** ${text.replaceAll('*/', '*\\/')} */`
}

function textOf(node: JsonObject): string {
  return typeof node['description'] === 'string' ? node['description'].trim().replace(/\s+/g, ' ') : ''
}

function walk(
  value: Json | undefined,
  path: readonly (string | number)[],
  visit: (node: JsonObject, path: readonly (string | number)[]) => void,
): void {
  if (Array.isArray(value)) {
    ;(value as readonly Json[]).forEach((item, index) => {
      walk(item, [...path, index], visit)
    })
  } else if (typeof value === 'object' && value !== null) {
    visit(value as JsonObject, path)
    for (const [key, child] of Object.entries(value)) walk(child, [...path, key], visit)
  }
}
