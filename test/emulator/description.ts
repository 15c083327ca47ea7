import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { ROOT } from '../structure/manifest.js'

type Json = Readonly<Record<string, unknown>>

const SPEC = join(ROOT, 'spec')
/** Beside the schemas, whose own ids say where they are. */
const ID = 'https://onbehalf.dev/openapi.yaml'
/** Paths that answer as another does: those for certificates, and where the login page sends its form. */
const ALIASES: Readonly<Record<string, readonly [path: string, method: string]>> = {
  '/mtls/oauth/token': ['/oauth/token', 'post'],
  '/mtls/userinfo': ['/userinfo', 'get'],
  '/authorize/login': ['/authorize', 'get'],
}

const read = (file: string): Json => parse(readFileSync(join(SPEC, file), 'utf8')) as Json
const description = read('openapi.yaml')
const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema({ ...description, $id: ID })
for (const file of readdirSync(join(SPEC, 'schemas'))) ajv.addSchema(read(`schemas/${file}`))

/** A node of the description, with the way to it. */
interface Node {
  readonly value: Json
  readonly pointer: string
}

/** What is wrong with a response, by what the description says of it; nothing when it is as described. */
export async function problemsOf({ method, url }: Request, response: Response): Promise<string[]> {
  const { pathname } = new URL(url)
  const described = findResponse(pathname, method, response.status)
  if (typeof described === 'string') return [`${method} ${pathname}: ${described}`]
  const text = method === 'HEAD' ? undefined : await response.text()
  return [...headerProblems(described, response.headers), ...bodyProblems(described, response.headers, text)].map(
    (problem) => `${method} ${pathname}, ${response.status}: ${problem}`,
  )
}

/** Only the answer to a known path and a described method is the operation's own. */
function findResponse(path: string, method: string, status: number): Node | string {
  const [describedPath, ownMethod] = ALIASES[path] ?? [path, method === 'HEAD' ? 'get' : method.toLowerCase()]
  const operations = step(ROOT_NODE, 'paths', describedPath)
  if (operations === undefined) return status === 404 ? component('NotFound') : `${status} at a path that is not there`
  const isOwn = ALIASES[path] === undefined ? ownMethod in operations.value : status !== 405
  if (!isOwn) return status === 405 ? component('MethodNotAllowed') : `${status} for a method that is not described`
  return step(operations, ownMethod, 'responses', String(status)) ?? `${status} is not described`
}

function headerProblems(response: Node, headers: Headers): string[] {
  const described = step(response, 'headers')?.value ?? {}
  return Object.keys(described).flatMap((name) => {
    const header = step(response, 'headers', name)
    const value = headers.get(name)
    if (header === undefined) return []
    if (value === null) return header.value['required'] === true ? [`the header ${name} is missing`] : []
    const query = header.value['x-query'] && Object.fromEntries(new URL(value).searchParams)
    return [
      ...schemaProblems(`${header.pointer}/schema`, value),
      ...(query === undefined ? [] : schemaProblems(`${header.pointer}/x-query`, query)),
    ].map((problem) => `${name}: ${problem}`)
  })
}

function bodyProblems(response: Node, headers: Headers, text: string | undefined): string[] {
  const [mediaType = ''] = headers.get('Content-Type')?.split(';') ?? []
  const content = step(response, 'content')
  if (content === undefined) return text === undefined || text === '' ? [] : ['a body, and none is described']
  const media = step(content, mediaType)
  if (media === undefined) return [`the Content-Type ${mediaType} is not described`]
  if (text === undefined) return []
  try {
    return schemaProblems(`${media.pointer}/schema`, mediaType === 'application/json' ? JSON.parse(text) : text)
  } catch {
    return ['the body is not JSON']
  }
}

function schemaProblems(pointer: string, value: unknown): string[] {
  const validate = ajv.getSchema(`${ID}#${pointer}`)
  if (validate === undefined) return [`no schema at ${pointer}`]
  return validate(value) === true ? [] : [ajv.errorsText(validate.errors)]
}

const ROOT_NODE: Node = { value: description, pointer: '' }

function component(name: string): Node | string {
  return step(ROOT_NODE, 'components', 'responses', name) ?? `no response ${name} is described`
}

/** Follows names, and a reference wherever one leads on. */
function step(node: Node, ...names: readonly string[]): Node | undefined {
  let current: Node | undefined = node
  for (const name of names) {
    const value: unknown = Object.hasOwn(current.value, name) ? current.value[name] : undefined
    if (typeof value !== 'object' || value === null) return undefined
    const escaped = encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
    current = { value: value as Json, pointer: `${current.pointer}/${escaped}` }
    const reference = current.value['$ref']
    if (typeof reference === 'string' && reference.startsWith('#/')) {
      current = step(ROOT_NODE, ...reference.slice(2).split('/'))
      if (current === undefined) return undefined
    }
  }
  return current
}
