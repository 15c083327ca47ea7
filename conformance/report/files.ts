import type { Report } from '../../generated/schemas.js'
import { badgeOf } from './badge.js'
import { renderHtml } from './html.js'
import { renderJunit } from './junit.js'
import { renderMarkdown } from './markdown.js'

/** The forms in which a report can be written to files. */
export const REPORTERS = ['json', 'junit', 'markdown', 'badge', 'html'] as const

/** The name of a form. */
export type Reporter = (typeof REPORTERS)[number]

/**
 * The files of a report, by name. A badge that must not be there is undefined, since one of an earlier run would lie.
 *
 * @param report What `runConformance` gave.
 * @param reporters Which forms. Default: all.
 * @example
 * ```ts
 * const files = reportFiles(await runConformance(), ['junit', 'html'])
 * console.log([...files.keys()])
 * ```
 */
export function reportFiles(
  report: Report,
  reporters: readonly Reporter[] = REPORTERS,
): ReadonlyMap<string, string | undefined> {
  return new Map(reporters.flatMap((reporter) => filesOf(report, reporter)))
}

function filesOf(report: Report, reporter: Reporter): [name: string, text: string | undefined][] {
  switch (reporter) {
    case 'json':
      return [['report.json', asJson(report)]]
    case 'junit':
      return [['junit.xml', renderJunit(report)]]
    case 'markdown':
      return [['summary.md', renderMarkdown(report)]]
    case 'html':
      return [['report.html', renderHtml(report)]]
    case 'badge':
      return report.sdks.map((sdk) => {
        const badge = badgeOf(report, sdk)
        return [`badge-${sdk.name.replace(/[^A-Za-z0-9._-]/g, '-')}.json`, badge && asJson(badge)]
      })
  }
}

function asJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
