import type { MarkedRequest } from '../../generated/schemas.js'
import type { FormFields } from '../form.js'
import type { WireRequest } from '../wire.js'
import { printable, redacted } from './text.js'

/** A longer piece is cut. */
const LONGEST_PIECE = 500
const MOST_FIELDS = 60

type Piece = MarkedRequest['body'][number]

/** One `name=value` of a body, as it went out and as it is meant. */
interface Field {
  readonly raw: string
  readonly name: string
  readonly value: string
}

/**
 * A request body in pieces, with a mark on the bytes that differ from the expected fields, whatever their order.
 *
 * @param request As it went out.
 * @param expected The fields that the input calls for; without them nothing is marked.
 * @param secret Of the client.
 */
export function markedRequest(request: WireRequest, expected: FormFields | undefined, secret: string): MarkedRequest {
  const text = redacted(byteText(request.body), secret)
  if (!request.form || !expected) {
    return { body: [piece(text, request.form === undefined)], missing: [] }
  }
  const wanted = expected.map(([name, value]): [string, string] => [name, redacted(value, secret)])
  const fields = text.split('&').map(readField)
  const shown = fields.slice(0, MOST_FIELDS)
  const matches = matched(shown, wanted)
  const body = shown.flatMap((field, index) => [
    ...(index === 0 ? [] : [piece('&', false)]),
    ...fieldPieces(field, matches.found.get(field)),
  ])
  if (fields.length > MOST_FIELDS) body.push(piece(` and ${fields.length - MOST_FIELDS} more fields`, true))
  const inHeader = request.headers.some(([name]) => name === 'authorization')
  const missing = matches.left
    .filter(([name]) => !(inHeader && name.startsWith('client_')))
    .map(([name, value]) => printable(`${name}=${value}`, LONGEST_PIECE))
  return { body: joined(body), missing: fields.length > MOST_FIELDS ? [] : missing }
}

/** Pairs equal fields first, then those of one name in order. */
function matched(
  fields: readonly Field[],
  expected: readonly (readonly [string, string])[],
): { readonly found: ReadonlyMap<Field, string>; readonly left: readonly (readonly [string, string])[] } {
  const found = new Map<Field, string>()
  const left = [...expected]
  const pair = (isPair: (field: Field, wanted: readonly [string, string]) => boolean): void => {
    for (const field of fields) {
      if (found.has(field)) continue
      const at = left.findIndex((wanted) => isPair(field, wanted))
      const [wanted] = at < 0 ? [] : left.splice(at, 1)
      if (wanted) found.set(field, wanted[1])
    }
  }
  if (!isReordered(fields, expected)) pair(({ name, value }, wanted) => name === wanted[0] && value === wanted[1])
  pair(({ name }, wanted) => name === wanted[0])
  return { found, left }
}

/** Whether the values of a repeated name are there, in another order. */
function isReordered(fields: readonly Field[], expected: readonly (readonly [string, string])[]): boolean {
  return fields.some(({ name }) => {
    const sent = fields.filter((field) => field.name === name).map(({ value }) => value)
    const wanted = expected.filter(([other]) => other === name).map(([, value]) => value)
    return (
      sent.length > 1 &&
      sent.join('&') !== wanted.join('&') &&
      sent.toSorted().join('&') === wanted.toSorted().join('&')
    )
  })
}

function fieldPieces({ raw, value }: Field, wanted: string | undefined): Piece[] {
  if (wanted === undefined) return [piece(raw, true)]
  if (wanted === value) return [piece(raw, false)]
  const equals = raw.indexOf('=') + 1
  const units = unitsOf(raw.slice(equals))
  const bytes = [...Buffer.from(wanted)]
  const most = Math.min(units.length, bytes.length)
  let start = 0
  while (start < most && units[start]?.byte === bytes[start]) start += 1
  let end = 0
  while (end < most - start && units.at(-1 - end)?.byte === bytes.at(-1 - end)) end += 1
  const text = (from: number, to: number): string =>
    units
      .slice(from, to)
      .map((unit) => unit.raw)
      .join('')
  return [
    piece(raw.slice(0, equals) + text(0, start), false),
    // Where bytes are lacking, the place is marked.
    piece(text(start, units.length - end) || '∅', true),
    piece(text(units.length - end, units.length), false),
  ]
}

/** One byte of a value, and how it was written. */
function unitsOf(raw: string): { readonly raw: string; readonly byte: number }[] {
  return (raw.match(/%[\dA-Fa-f]{2}|[^]/g) ?? []).map((unit) => {
    if (unit.length === 3) return { raw: unit, byte: Number.parseInt(unit.slice(1), 16) }
    return { raw: unit, byte: unit === '+' ? 0x20 : unit.charCodeAt(0) }
  })
}

function readField(raw: string): Field {
  const [name = '', ...rest] = raw.split('=')
  return { raw, name: decoded(name), value: decoded(rest.join('=')) }
}

/** What is a form was decoded once already, so that only a byte of its own can fail here. */
function decoded(text: string): string {
  return Buffer.from(unitsOf(text).map(({ byte }) => byte)).toString('utf8')
}

/** One character for each byte. */
function byteText(body: Uint8Array): string {
  return Buffer.from(body).toString('latin1')
}

function piece(text: string, differs: boolean): Piece {
  const shown = printable(text, LONGEST_PIECE).replace(
    /[\u0080-\u00ff]/g,
    (byte) => `\\x${byte.charCodeAt(0).toString(16)}`,
  )
  return differs ? { text: shown, differs: true } : { text: shown }
}

/** Neighbours with the same mark become one. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = []
  for (const next of pieces) {
    const last = result.at(-1)
    if (next.text === '') continue
    if (last && last.differs === next.differs) result[result.length - 1] = { ...last, text: last.text + next.text }
    else result.push(next)
  }
  return result
}
