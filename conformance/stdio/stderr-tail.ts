import type { Readable } from 'node:stream'
import { redacted } from '../report/text.js'

const MAX_CHARACTERS = 64 * 1024
const SHOWN_CHARACTERS = 300

/** The last of what a process wrote to standard error. */
export interface StderrTail {
  /** What was written since the last call, as it is. */
  take(): string
  /** Its last lines as the end of a sentence, without tokens and secrets; empty when there are none. */
  shown(): string
}

/**
 * Keeps the end of a stream.
 *
 * @param onText Told of each piece.
 */
export function keepTail(stream: Readable, secret: string, onText: (text: string) => void): StderrTail {
  let tail = ''
  let fresh = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    tail = (tail + text).slice(-MAX_CHARACTERS)
    fresh = (fresh + text).slice(-MAX_CHARACTERS)
    onText(text)
  })
  return {
    take() {
      const taken = fresh
      fresh = ''
      return taken
    },
    shown() {
      const end = redacted(tail, secret).trim().slice(-SHOWN_CHARACTERS)
      return end === '' ? '' : `; standard error ends: ${end.split(/\s*\n\s*/).join(' | ')}`
    },
  }
}
