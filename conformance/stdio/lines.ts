import type { Readable } from 'node:stream'

/** A longer line is given in pieces, which are no messages. */
const MAX_LINE_BYTES = 16 * 1024 * 1024
const NEWLINE = 10

/** Gives each line of a stream without its end, and at last what came without one. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let pending: Buffer[] = []
  let length = 0

  function flush(rest: Buffer): void {
    const line = length === 0 ? rest : Buffer.concat([...pending, rest])
    pending = []
    length = 0
    onLine(line.toString('utf8'))
  }

  stream.on('data', (chunk: Buffer) => {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      flush(chunk.subarray(start, end))
      start = end + 1
    }
    if (start === chunk.length) return
    pending.push(chunk.subarray(start))
    length += chunk.length - start
    if (length > MAX_LINE_BYTES) flush(Buffer.alloc(0))
  })
  stream.once('end', () => {
    if (length > 0) flush(Buffer.alloc(0))
  })
}

/** A message as a line of ASCII: not every language ends a line at a newline alone. */
export function lineOf(message: object): string {
  const text = JSON.stringify(message).replace(
    /[\u007f-\uffff]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `${text}\n`
}

/** What a line says, or undefined when it is not JSON. */
export function messageIn(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The id that a message has, or undefined when it has none. */
export function idOf(message: unknown): number | undefined {
  if (typeof message !== 'object' || message === null || !('id' in message)) return undefined
  return Number.isSafeInteger(message.id) && (message.id as number) >= 0 ? (message.id as number) : undefined
}
