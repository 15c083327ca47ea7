import type { Report } from '../index.js'

/**
 * 0 when everything ran and holds, 1 for findings that no baseline explains and for a baseline that does not hold, 3 when
 * something did not run. Findings that are known count as nothing.
 */
export function exitCodeOf({ sdks }: Report): 0 | 1 | 3 {
  if (sdks.some(({ status }) => status === 'faulty' || status === 'skipped' || status === 'interrupted')) return 3
  const isBad = sdks.some(
    ({ findings, baseline }) =>
      findings.some(({ known }) => known === undefined) || (baseline?.problems.length ?? 0) > 0,
  )
  return isBad ? 1 : 0
}
