/** What is wrong with a tenant, and where. */
export interface Problem {
  readonly path: readonly (string | number)[]
  readonly text: string
}

/** As a reader would write it: `clients[0].tokenExchange.allowAnyProfileOfType[1]`. */
export function formatPath(path: Problem['path']): string {
  return path.map(formatStep).join('').replace(/^\./, '')
}

function formatStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`
  return /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
}
