import type { Report } from '../index.js'

/** 0 when everything ran and holds, 1 for findings, 3 when something did not run. */
export function exitCodeOf({ sdks }: Report): 0 | 1 | 3 {
  if (sdks.some(({ status }) => status === 'faulty' || status === 'skipped')) return 3
  return sdks.some(({ status }) => status === 'findings') ? 1 : 0
}
