import { createHash } from 'node:crypto'
import type { Report, SdkReport } from '../../generated/schemas.js'
import { escaped } from './html/escape.js'
import { matrixOf } from './html/matrix.js'
import { overviewOf } from './html/overview.js'
import { STYLE } from './html/style.js'
import { faultsOf, headline, summaryOf } from './status.js'

/** No script, no request, no form: nothing but this page's own style. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * A report as one HTML page without scripts and requests: requirement by SDK, and a cell opens to its finding.
 *
 * Times stand in its footer and nowhere else.
 *
 * @param report What `runConformance` gave.
 * @example
 * ```ts
 * console.log(renderHtml(await runConformance()))
 * ```
 */
export function renderHtml(report: Report): string {
  const { suite, incomplete = [], environment } = report
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Token exchange conformance</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Token exchange conformance</h1>
<p class="soft">${escaped(headline(report))} Suite ${escaped(suite)}.</p>
</header>
<main>
${incomplete.length === 0 ? '' : `<p class="incomplete"><b>Incomplete.</b> ${incomplete.map((why) => escaped(why)).join(' ')}</p>`}
<ul class="sdks">
${report.sdks.map(sdkItem).join('\n')}
</ul>
${overviewOf(report)}
${matrixOf(report)}
</main>
<footer>
<p>${escaped(`${environment.started_at}, ${environment.duration_ms} ms, Node ${environment.node}, ${environment.platform}`)}</p>
</footer>
</body>
</html>
`
}

function sdkItem(sdk: SdkReport): string {
  const name = sdk.version === undefined ? sdk.name : `${sdk.name} ${sdk.version}`
  const notes = [
    `${summaryOf(sdk)}, ${sdk.cases} cases`,
    ...levelsOf(sdk),
    ...(sdk.reason === undefined ? [] : [sdk.reason]),
    ...faultsOf(sdk).map(({ checks, message }) => `fault in ${checks}: ${message}`),
    ...(sdk.baseline?.problems ?? []).map(({ text, line }) => `baseline, line ${line}: ${text}`),
  ]
  return `<li><b>${escaped(name)}</b>${notes.map((note) => `<p>${escaped(note)}</p>`).join('')}</li>`
}

/** How many of the findings are of which level. */
function levelsOf({ findings }: SdkReport): string[] {
  const counts = ['MUST', 'SHOULD', 'VENDOR'].flatMap((level) => {
    const { length } = findings.filter((finding) => finding.level === level)
    return length === 0 ? [] : [`${length} ${level}`]
  })
  return counts.length === 0 ? [] : [counts.join(', ')]
}
