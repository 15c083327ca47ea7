import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { UsageError } from '../../src/cli/usage-error.js'
import { BaselineError, compareWithBaselines, parseBaseline, readBaseline, updatedBaseline } from '../index.js'
import type { BaselineFile, Report } from '../index.js'

/** What the command line says of baselines. */
export interface BaselineOptions {
  readonly baseline?: readonly string[] | false
  readonly updateBaseline?: true
}

/** Baselines that are read before the run, so that a mistake in one does not cost a run. */
export interface Baselines {
  readonly known: readonly BaselineFile[]
  /** Files that the update makes, each for the one SDK of the run. */
  readonly absent: readonly string[]
}

export function readBaselines({ baseline, updateBaseline }: BaselineOptions, sdks: readonly string[]): Baselines {
  const files = baseline === false ? [] : (baseline ?? [])
  if (updateBaseline && files.length === 0) throw new UsageError('--update-baseline needs --baseline FILE')
  const absent = updateBaseline ? files.filter((file) => !existsSync(file)) : []
  if (absent.length > 0 && (sdks.length !== 1 || absent.length > 1)) {
    throw new UsageError(`${absent.join(', ')} is not there yet: make it in a run with one --sdk`)
  }
  const known = files.filter((file) => !absent.includes(file)).map(read)
  const seen = new Set<string>()
  for (const {
    file,
    baseline: { sdk },
  } of known) {
    if (!sdks.includes(sdk)) throw new UsageError(`${file} is for ${sdk}, which is not run`)
    if (seen.has(sdk)) throw new UsageError(`${file} is a second baseline for ${sdk}`)
    seen.add(sdk)
  }
  if (absent.length > 0 && known.length > 0)
    throw new UsageError(`${absent.join()} is a second baseline for ${sdks.join()}`)
  return { known, absent }
}

/** The report with what the baselines say of it, after they were brought up to date when that is wanted. */
export async function applyBaselines(report: Report, { known, absent }: Baselines, update: boolean): Promise<Report> {
  if (!update) return compareWithBaselines(report, known)
  if (!report.complete) {
    console.error(`The baseline stays as it is, since the run is not complete. ${(report.incomplete ?? []).join(' ')}`)
    return compareWithBaselines(report, known)
  }
  const updated: BaselineFile[] = []
  for (const sdk of report.sdks) {
    const before = known.find(({ baseline }) => baseline.sdk === sdk.name)
    const file = before?.file ?? absent[0]
    if (file === undefined) continue
    const { text, added, removed, expired } = updatedBaseline(sdk, before, { json: file.endsWith('.json') })
    await writeFile(file, text).catch((error: unknown) => {
      throw new UsageError(`cannot write ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`)
    })
    console.error(`${file}: ${added} added, ${removed} removed.`)
    if (added > 0)
      console.error('Write into each new entry why it is not fixed, or name an issue: until then it fails.')
    if (expired > 0) console.error(`${expired} expired: fix them, or give each a later day.`)
    updated.push(parseBaseline(file, text))
  }
  return compareWithBaselines(report, updated)
}

function read(file: string): BaselineFile {
  try {
    return readBaseline(file)
  } catch (error) {
    throw error instanceof BaselineError ? new UsageError(error.message) : error
  }
}
