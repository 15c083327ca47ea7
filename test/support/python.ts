import { execFileSync } from 'node:child_process'

/** The interpreter itself, since a wrapper may take longer to start than it does. */
export const PYTHON = pathOfPython()
export const NO_PYTHON = PYTHON === 'python3' ? 'python3 is not installed' : undefined

function pathOfPython(): string {
  try {
    return execFileSync('python3', ['-c', 'import sys; print(sys.executable)']).toString().trim()
  } catch {
    return 'python3'
  }
}
