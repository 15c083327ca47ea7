import type { Observation } from '../adapter.js'

const TEXTS = ['token_type', 'issued_token_type', 'scope', 'id_token', 'refresh_token']

/** The observation of a result that has the wire names. Only the members of the protocol, in its types. */
export function tokensUnderWireNames(result: Readonly<Record<string, unknown>>): Observation {
  const { access_token: token, expires_in: lifetime } = result
  const isGiven = (name: string): boolean => result[name] !== undefined && result[name] !== null
  return {
    outcome: 'tokens',
    tokens: {
      access_token: textOf(token ?? ''),
      ...Object.fromEntries(TEXTS.filter(isGiven).map((name) => [name, textOf(result[name])])),
      ...(isGiven('expires_in') ? { expires_in: Number.isFinite(lifetime) ? Number(lifetime) : null } : {}),
    },
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
