import type { TokenExchangeError } from '../index.js'
import { printable } from './printable.js'

/** How a failure is shown. */
interface Shown {
  readonly json?: true
  readonly printDescription?: true
}

/** A cause of a cause of a cause is deep already; a chain that is a circle has an end here too. */
const MAX_CAUSES = 10

/** Says why there is no new token: to people on standard error, and to programs as JSON. */
export function reportFailure(error: TokenExchangeError, { json, printDescription }: Shown): void {
  const causeCode = systemCode(error)
  // The server's words can quote tokens, so they are shown to who asks for them.
  const described = printDescription ? error.oauth?.errorDescription : undefined
  const errorDescription = described === undefined ? undefined : printable(described)
  if (json) console.log(JSON.stringify({ error: { ...error.toJSON(), causeCode, errorDescription } }))
  console.error(`onbehalf: ${error.code}: ${error.message}${causeCode === undefined ? '' : ` (${causeCode})`}`)
  if (errorDescription !== undefined) console.error(`the server says: ${errorDescription}`)
}

/** The code that the system or a library gave to what went wrong below, such as `ECONNREFUSED`. */
function systemCode(error: Error): string | undefined {
  let { cause } = error
  for (let depth = 0; cause instanceof Error && depth < MAX_CAUSES; depth++) {
    const { code } = cause as { code?: unknown }
    // Anything else could be a text of the server's.
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code
    cause = cause.cause
  }
  return undefined
}
