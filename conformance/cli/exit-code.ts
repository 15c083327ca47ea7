import type { Report } from '../index.js'

/**
 * 0 when everything ran and holds, 1 for findings that no baseline explains and for a baseline that does not hold, 3 when
 * something did not run; what ended early and found something is 1. Findings that are known count as nothing.
 */
export function exitCodeOf({ sdks }: Report): 0 | 1 | 3 {
  if (sdks.some(({ status }) => status === 'faulty' || status === 'skipped')) return 3
  const isBad = sdks.some(
    ({ findings, baseline }) =>
      findings.some(({ known }) => known === undefined) || (baseline?.problems.length ?? 0) > 0,
  )
  if (isBad) return 1
  return sdks.some(({ status }) => status === 'interrupted') ? 3 : 0
}
