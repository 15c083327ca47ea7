import { readdirSync, readFileSync } from 'node:fs'
import type { AdapterMessage } from '../../generated/schemas.js'
import { packageFile } from '../package-file.js'
import type { WireReply } from '../wire-program.js'

/** One line of a golden transcript. */
export type Step =
  | { readonly title: string }
  /** What the server answers from now on, one for each request; the last repeats. */
  | { readonly answers: readonly WireReply[] }
  /** `{{issuer}}`, `{{ca_file}}` and `{{long}}`, a long text, are filled in. */
  | { readonly send: AdapterMessage }
  /** Replies that stand together come in any order. */
  | { readonly expect: Expected }
  /** Standard input ends. */
  | { readonly end: true }

/** The reply that must come. */
export type Expected = { readonly id: number } & ({ readonly hello: true } | { readonly outcome: readonly string[] })

/** A conversation that every adapter can have, whatever its SDK does. */
export interface Transcript {
  readonly name: string
  readonly title: string
  readonly steps: readonly Step[]
}

/** The transcripts of spec/transcripts/, that of the hello first. */
export function readTranscripts(): readonly Transcript[] {
  const folder = packageFile('spec/transcripts')
  const files = readdirSync(folder).filter((file) => file !== 'hello.ndjson')
  return ['hello.ndjson', ...files.sort()].map((file) => {
    const lines = readFileSync(`${folder}/${file}`, 'utf8').trimEnd().split('\n')
    const steps = lines.map((line) => JSON.parse(line) as Step)
    const [first] = steps
    return { name: file.replace('.ndjson', ''), title: first && 'title' in first ? first.title : '', steps }
  })
}
