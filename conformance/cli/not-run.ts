/** Says why an SDK did not run. The exit code is 3. */
export function tellNotRun(error: unknown): void {
  console.error(`onbehalf: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 3
}
