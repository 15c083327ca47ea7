import { isSeq, parseDocument, type Document } from 'yaml'
import type { Finding, SdkReport } from '../../generated/schemas.js'
import { explains, isAbout } from './compare.js'
import { dayOf, UNFILLED_NOTE } from './day.js'
import type { BaselineEntry, BaselineFile } from './read.js'

/** How long a new entry counts. */
const NEW_ENTRY_DAYS = 90

/** A baseline that explains a run, and what its author has to look at. */
export interface UpdatedBaseline {
  readonly text: string
  readonly added: number
  readonly removed: number
  /** Entries that are kept and do not count until their author gives them a later day. */
  readonly expired: number
}

/**
 * The baseline with the fewest entries that explain an SDK's findings: one for each.
 *
 * Entries that still explain one stay as they are, comments included. New ones get a note that their author must fill
 * in: until then they fail.
 *
 * @param sdk What a complete report says of the SDK.
 * @param file The baseline so far, when there is one.
 * @param options Whether a new file is JSON, and the day of the run.
 */
export function updatedBaseline(
  sdk: SdkReport,
  file: BaselineFile | undefined,
  { json = false, today = new Date() }: { readonly json?: boolean; readonly today?: Date } = {},
): UpdatedBaseline {
  const entries = file?.baseline.entries ?? []
  const isKept = (entry: BaselineEntry): boolean => sdk.findings.some((finding) => explains(entry, finding))
  const fresh = sdk.findings
    .filter((finding) => !entries.some((entry) => explains(entry, finding)))
    .map((finding) => newEntry(finding, entries, today))
  const kept = entries.filter(isKept)
  const document = file?.document.clone()
  return {
    text: json
      ? `${JSON.stringify({ schema: 1, sdk: sdk.name, entries: [...kept, ...fresh] }, null, 2)}\n`
      : yamlText(sdk.name, document, entries.map(isKept), fresh),
    added: fresh.length,
    removed: entries.length - kept.length,
    expired: kept.filter(({ until }) => until < dayOf(today)).length,
  }
}

function yamlText(
  sdk: string,
  known: Document | undefined,
  isKept: readonly boolean[],
  fresh: readonly BaselineEntry[],
): string {
  const document = known ?? parseDocument(`# The findings that are known of this SDK.\nschema: 1\nsdk:\nentries: []\n`)
  document.set('sdk', sdk)
  const entries = document.get('entries')
  if (!isSeq(entries)) throw new TypeError('a baseline without entries')
  entries.items = [
    ...entries.items.filter((_item, index) => isKept[index]),
    ...fresh.map((entry) => document.createNode(entry)),
  ]
  entries.flow = entries.items.length === 0
  return document.toString({ lineWidth: 120, singleQuote: true })
}

/** A finding that has become flaky keeps what its author wrote of it. */
function newEntry(finding: Finding, entries: readonly BaselineEntry[], today: Date): BaselineEntry {
  const { requirement, reason, status } = finding
  const known = entries.find((entry) => isAbout(entry, finding))
  const entry = known ?? { requirement, reason, note: UNFILLED_NOTE, until: dayOf(today, NEW_ENTRY_DAYS) }
  return status === 'flaky' ? { ...entry, flaky: true } : entry
}
