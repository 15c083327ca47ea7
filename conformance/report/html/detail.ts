import type { Finding, RequirementResult, SdkReport } from '../../../generated/schemas.js'
import { requirementOf, type Requirement } from '../../requirements.js'
import { findingsOf, isNotRun, remarks, replayCommand } from '../status.js'
import { answerText } from '../table.js'
import { escaped } from './escape.js'

/** What a cell of the matrix opens to. */
export function detailOf(sdk: SdkReport, row: RequirementResult, id: string): string {
  const requirement = requirementOf(row.id)
  const findings = findingsOf(sdk, row)
  return [
    `<div popover id="${id}" class="${findings.length > 0 ? 'finding' : 'quiet'}" role="dialog" aria-labelledby="${id}-title">`,
    `<div class="bar"><h2 id="${id}-title">${escaped(row.id)}<span class="level">${row.level}</span></h2>`,
    `<button type="button" popovertarget="${id}" popovertargetaction="hide" autofocus>Close</button></div>`,
    `<p>${escaped(requirement.title)}</p>`,
    quoteOf(requirement),
    `<p><b>${escaped(sdk.name)}</b>: ${escaped(verdictOf(row))}</p>`,
    ...findings.map(findingPart),
    '</div>',
  ].join('\n')
}

function quoteOf({ source: { document, section, url, quote }, note }: Requirement): string {
  const place = escaped(`${document}${section === undefined ? '' : `, section ${section}`}`)
  const cite = url === undefined ? place : `<a href="${escaped(url)}" rel="noreferrer">${place}</a>`
  return [
    `<blockquote><p>${escaped(quote)}</p><p class="soft">${cite}</p></blockquote>`,
    ...(note === undefined ? [] : [`<p class="soft">${escaped(note)}</p>`]),
  ].join('\n')
}

function verdictOf(row: RequirementResult): string {
  const { status, passed, failed, reason } = row
  if (isNotRun(row)) return 'no case of it ran'
  if (status === 'not_applicable') return `not applicable: ${reason ?? ''}`
  return status === 'passed' ? `passed in ${passed} cases` : `failed in ${failed} of ${passed + failed} cases`
}

function findingPart(finding: Finding): string {
  const about = finding.detail === undefined ? '' : ` (${finding.detail})`
  const answers = finding.answers.map((answer) => `<pre>${escaped(answerText(answer), 1000)}</pre>`)
  const notes = remarks(finding).map((remark) => `<p><b>${escaped(remark)}</b></p>`)
  return [
    `<h3>${escaped(finding.reason)}</h3>`,
    `<p>${escaped(finding.text + about)}</p>`,
    ...notes,
    '<dl>',
    entry('Input', `<pre>${escaped(inputText(finding.input))}</pre>`),
    entry('Request', requestsOf(finding)),
    entry('Answer', answers.join('')),
    entry('Replay', `<pre class="command">${escaped(replayCommand(finding))}</pre>`),
    '</dl>',
  ].join('\n')
}

/** One member a line. */
function inputText(input: unknown): string {
  if (typeof input !== 'object' || input === null) return JSON.stringify(input)
  const members = Object.entries(input).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  return `{\n${members.join(',\n')}\n}`
}

function entry(term: string, content: string): string {
  return `<dt>${term}</dt><dd>${content}</dd>`
}

/** The marked bytes, one field a line. */
function requestsOf({ requests }: Finding): string {
  if (requests.length === 0) return '<p>No request was sent.</p>'
  return requests
    .map(({ body, missing }) => {
      const pieces = body.map(({ text, differs }) => {
        const shown = escaped(text).replaceAll('&#38;', '\n&#38;')
        return differs ? `<mark>${shown}</mark>` : shown
      })
      const lacking = missing.map((field) => `<p>Not sent: <code>${escaped(field)}</code></p>`)
      return `<pre>${pieces.join('')}</pre>${lacking.join('')}`
    })
    .join('')
}
