import { CLIENT } from '../runner/session.js'
import { redacted } from './text.js'

/** A longer text or list is held as how to make it. */
const INLINE_LENGTH = 1000
const LONGEST_UNIT = 64

/**
 * An input as a report holds it: without secrets, and with a long text as what it repeats, or as its start alone.
 *
 * The replay token makes the whole of it again.
 */
export function heldInput(value: unknown): unknown {
  if (typeof value === 'string') return heldText(value)
  if (Array.isArray(value)) {
    const start = value.slice(0, INLINE_LENGTH).map(heldInput)
    return value.length <= INLINE_LENGTH ? start : { start, length: value.length }
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, heldInput(member)]))
}

function heldText(text: string): unknown {
  if (text.length <= INLINE_LENGTH) return redacted(text, CLIENT.secret)
  const unit = repeatedUnit(text)
  if (unit !== undefined) return { repeat: redacted(unit, CLIENT.secret), times: text.length / unit.length }
  return { start: redacted(text.slice(0, INLINE_LENGTH / 10), CLIENT.secret), length: text.length }
}

function repeatedUnit(text: string): string | undefined {
  for (let length = 1; length <= LONGEST_UNIT; length++) {
    const unit = text.slice(0, length)
    if (text.length % length === 0 && unit.repeat(text.length / length) === text) return unit
  }
  return undefined
}
