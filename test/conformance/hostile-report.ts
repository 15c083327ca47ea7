import { runConformance, type Report } from '../../conformance/index.js'

/** A text that breaks out of every form that does not escape it. */
export const HOSTILE = [
  '"><script>document.title="owned"</script>',
  '<img src=x onerror="document.title=1">',
  "' onmouseover='x' `${1}` {{1}} ]]> --> </style></pre></title> | [a](javascript:1) ```",
  '& &amp; &#60; \u0000\u0008\u001b[2J\u202e\u2028\ud800',
].join(' ')

/** Members that name something of the suite, which no SDK has a say in. */
const OURS = new Set(['requirement', 'area', 'level', 'status', 'kind', 'id', 'outcome', 'op', 'schema', 'suite'])

/** A report in which everything that an SDK, an adapter or a baseline can say is hostile. */
export async function hostileReport(): Promise<Report> {
  const report = await runConformance({ sdks: ['onbehalf', 'auth0-auth-js'], seed: 1, runs: 1 })
  const sdks = report.sdks.map((sdk) => ({
    ...sdk,
    reason: 'x',
    faults: [{ check: 'x', message: 'x' }],
    findings: sdk.findings.map((finding, index) =>
      index === 0 ? { ...finding, known: { issue: 'x', until: 'x' } } : finding,
    ),
    baseline: {
      file: 'x',
      known: 1,
      problems: [{ kind: 'stale' as const, requirement: 'x', reason: 'x', line: 1, text: 'x' }],
    },
  }))
  return hostile({ ...report, complete: false, incomplete: ['x'], sdks }) as Report
}

function hostile(value: unknown): unknown {
  if (typeof value === 'string') return HOSTILE
  if (Array.isArray(value)) return value.map(hostile)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      OURS.has(name) && typeof member === 'string' ? member : hostile(member),
    ]),
  )
}
