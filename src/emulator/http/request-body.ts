import { invalidRequest } from './failure.js'
import { parseForm, type Field } from './form.js'
import { parseJsonBody } from './json-body.js'

const MAX_BODY_BYTES = 1024 * 1024
const MAX_FIELDS = 1000

type Parse = (text: string, maxFields: number) => Field[]

const PARSERS: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ['application/x-www-form-urlencoded', (text, maxFields) => parseForm(text, maxFields)],
  ['application/json', parseJsonBody],
])

// The byte order mark is kept, so that it is not silently accepted.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function readQuery(request: Request): Field[] {
  return parseForm(new URL(request.url).search.slice(1), MAX_FIELDS, 'query')
}

export async function readFields(request: Request): Promise<Field[]> {
  const parse = selectParser(request.headers.get('Content-Type'))
  return parse(await readText(request), MAX_FIELDS)
}

/** The body, of any type. Throws an `OAuthFailure` when it is too large or not UTF-8. */
export async function readText(request: Request): Promise<string> {
  return decodeUtf8(await readBytes(request))
}

function selectParser(contentType: string | null): Parse {
  if (contentType === null) throw invalidRequest('The Content-Type header is missing.')
  const [mediaType = '', ...parameters] = contentType.toLowerCase().split(';')
  const parse = PARSERS.get(mediaType.trim())
  if (parse === undefined) {
    throw invalidRequest('The Content-Type must be application/x-www-form-urlencoded or application/json.')
  }
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='))
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) {
    throw invalidRequest('The only supported charset is UTF-8.')
  }
  return parse
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw invalidRequest('The body is not valid UTF-8.')
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const declared = request.headers.get('Content-Length')
  if (declared !== null && Number(declared) > MAX_BODY_BYTES) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    const reader = request.body?.getReader()
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      size += part.value.byteLength
      if (size > MAX_BODY_BYTES) {
        await reader?.cancel()
        break
      }
      chunks.push(part.value)
    }
  } catch {
    throw invalidRequest('The body could not be read.')
  }
  if (size > MAX_BODY_BYTES) throw tooLarge()
  return concatenate(chunks, size)
}

function concatenate(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks
  if (first !== undefined && chunks.length === 1) return first
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.byteLength
  }
  return whole
}

function tooLarge() {
  return invalidRequest(`The body is larger than ${MAX_BODY_BYTES} bytes.`)
}
