import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as constants from '../../generated/constants.js'
import { ERROR_KINDS, TokenExchangeErrorCode } from '../../generated/error-codes.js'
import { REQUIREMENTS } from '../../generated/requirements.js'
import { ROOT } from '../structure/manifest.js'

type Path = readonly (string | number)[]
type Json = Readonly<Record<string, unknown>>

const SPEC = join(ROOT, 'spec')
/** Beside the schemas, whose own ids say where they are. */
const ID = 'https://onbehalf.dev/openapi.yaml'
const description = readYaml('openapi.yaml')
const schemas = readdirSync(join(SPEC, 'schemas')).map((file) => [file, readYaml(`schemas/${file}`)] as const)
const requirements = readdirSync(join(SPEC, 'requirements')).map(
  (file) => readYaml(`requirements/${file}`) as { area: string; requirements: Json[] },
)

function readYaml(file: string): Json {
  return parse(readFileSync(join(SPEC, file), 'utf8')) as Json
}

/** Every object in a document, with the way to it. */
function* objectsIn(value: unknown, path: Path = []): Generator<readonly [Json, Path]> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield [value as Json, path]
  for (const [key, child] of Object.entries(value)) yield* objectsIn(child, [...path, key])
}

const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema({ ...description, $id: ID })
for (const [, schema] of schemas) ajv.addSchema(schema)

function isValid(pointer: string, value: unknown): unknown {
  const validate = ajv.compile({ $ref: pointer })
  return validate(value) ? true : validate.errors
}

function pointer(id: string, path: Path): string {
  const parts = path.map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')))
  return [`${id}#`, ...parts].join('/')
}

/** Examples of messages, each with its schema. */
const messages = [...objectsIn(description)].flatMap(([node, path]) => {
  if (node['schema'] === undefined) return []
  const { example, examples = {} } = node as { example?: unknown; examples?: Record<string, { value: unknown }> }
  const values = Object.entries(examples).map(([name, { value }]) => [name, value] as const)
  if (example !== undefined) values.push(['example', example])
  return values.map(([name, value]) => [[...path, name].join(' › '), pointer(ID, [...path, 'schema']), value] as const)
})

/** Examples that schemas give of themselves. */
const values = [[ID, description] as const, ...schemas.map(([, schema]) => [String(schema['$id']), schema] as const)]
  .flatMap(([id, document]) => [...objectsIn(document)].map(([node, path]) => [id, node, path] as const))
  .flatMap(([id, { examples }, path]) =>
    (Array.isArray(examples) ? (examples as unknown[]) : []).map(
      (value, index) => [`${id} ${path.join(' › ')} ${index}`, pointer(id, path), value] as const,
    ),
  )

describe('every example is what its schema describes', () => {
  it.each(messages)('%s', (_name, schema, value) => {
    expect(isValid(schema, value)).toBe(true)
  })

  it.each(values)('%s', (_name, schema, value) => {
    expect(isValid(schema, value)).toBe(true)
  })

  it('there are examples of requests, answers, errors and act claims', () => {
    const names = [...messages, ...values].map(([name]) => name)
    for (const part of [
      'requestBody › content › application/x-www-form-urlencoded › withActor',
      'requestBody › content › application/x-www-form-urlencoded › onBehalfOf',
      'responses › 200 › content › application/json › customTokenExchange',
      'responses › 400 › content › application/json › unpairedActor',
      'ActClaim.json  2',
    ]) {
      expect(names.filter((name) => name.includes(part))).not.toEqual([])
    }
  })

  it.each<[name: string, change: Json]>([
    ['half an actor pair', { actor_token: 'a' }],
    ['another grant', { grant_type: 'urn:test:other' }],
    ['an empty subject token', { subject_token: '' }],
  ])('an example that is spoilt by %s is refused', (_name, change) => {
    const [, schema, value] = messages.find(([name]) => name.includes('x-www-form-urlencoded › customToken')) ?? []
    expect(isValid(`${ID}#/components/schemas/TokenExchangeRequest`, value)).toBe(true)
    expect(schema).toBeDefined()
    expect(isValid(`${ID}#/components/schemas/TokenExchangeRequest`, { ...(value as Json), ...change })).not.toBe(true)
  })
})

describe('the generated constants are the values of the spec', () => {
  const named = [...objectsIn(description)].filter(([node]) => typeof node['x-constant'] === 'string')
  const marked = [...objectsIn(description)].filter(([node]) => node['x-protected'] === true)
  const names = marked.flatMap(([node, path]) => [
    String(path.at(-1)),
    ...((node['x-aliases'] as string[] | undefined) ?? []),
  ])

  it.each(named.map(([node]) => [String(node['x-constant']), node['const']] as const))('%s', (name, value) => {
    expect(constants).toHaveProperty(name, value)
  })

  it('there is a constant for the grant and every standard token type', () => {
    expect(Object.values(constants)).toEqual(
      expect.arrayContaining([
        'urn:ietf:params:oauth:grant-type:token-exchange',
        ...['access_token', 'refresh_token', 'id_token', 'jwt'].map(
          (type) => `urn:ietf:params:oauth:token-type:${type}`,
        ),
      ]),
    )
  })

  it('the protected names are those that are marked, with their aliases', () => {
    expect([...constants.PROTECTED_PARAMETERS].sort()).toEqual([...new Set(names)].sort())
  })

  it.each([
    [
      'RFC 6749 and 8693',
      'grant_type client_id client_secret subject_token subject_token_type scope audience resource',
    ],
    ['the actor and what is asked for', 'actor_token actor_token_type requested_token_type organization'],
    ['client assertions', 'client_assertion client_assertion_type'],
    ['aliases of the target', 'aud resources resource_indicator'],
    ['neighbouring grants', 'subject_issuer connection login_hint assertion'],
  ])('the protected names have those of %s', (_group, list) => {
    expect(constants.PROTECTED_PARAMETERS).toEqual(expect.arrayContaining(list.split(' ')))
  })

  it('the OAuth error codes are those of the description', () => {
    const { oneOf } = (description as { components: { schemas: Record<string, { oneOf: Json[] }> } }).components
      .schemas['OAuthErrorCode'] ?? { oneOf: [] }
    expect(constants.OAUTH_ERROR_CODES).toEqual(oneOf.map((entry) => entry['const']))
  })

  it("the facade's error codes and their kinds are those of error-codes.yaml", () => {
    const { codes } = readYaml('error-codes.yaml') as unknown as { codes: { code: string; kind: string }[] }
    expect(Object.values(TokenExchangeErrorCode)).toEqual(codes.map(({ code }) => code))
    expect(ERROR_KINDS).toEqual(Object.fromEntries(codes.map(({ code, kind }) => [code, kind])))
  })

  it('the requirements are the rows of spec/requirements', () => {
    expect(REQUIREMENTS).toEqual(
      requirements.flatMap(({ area, requirements: rows }) => rows.map((row) => ({ area, ...row }))),
    )
  })

  it('a MUST names a document and quotes it', () => {
    const silent = REQUIREMENTS.filter((row) => row.level === 'MUST' && row.source.quote.trim() === '')
    expect(silent.map((row) => row.id)).toEqual([])
  })
})
