/** Gives a new identifier of `byteLength` bytes, in hexadecimal. */
export type RandomId = (byteLength: number) => string

export function createRandomId(seed: string | number | undefined): RandomId {
  if (seed === undefined) return (byteLength) => toHex(crypto.getRandomValues(new Uint8Array(byteLength)))
  const next = createGenerator(String(seed))
  return (byteLength) => toHex(Uint8Array.from({ length: byteLength }, () => next() & 0xff))
}

function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

/** sfc32, a small generator that passes PractRand. Not for secrets: whoever knows the seed knows everything. */
function createGenerator(seed: string): () => number {
  let a = hash(seed, 1)
  let b = hash(seed, 2)
  let c = hash(seed, 3)
  let counter = 1
  const next = (): number => {
    const result = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + result) | 0
    return result >>> 0
  }
  // Similar seeds give similar first numbers.
  for (let round = 0; round < 16; round++) next()
  return next
}

/** FNV-1a. */
function hash(text: string, start: number): number {
  let value = 0x811c9dc5 ^ start
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value
}
