import type { Observation } from '../adapter.js'

const TEXTS = ['token_type', 'issued_token_type', 'scope', 'id_token', 'refresh_token']

/**
 * The observation of what an SDK gave as tokens, under their wire names.
 *
 * Only the members of the protocol, in its types: what the SDK gives as something else still shows.
 *
 * @param result What the call of the SDK gave.
 * @example
 * ```ts
 * const observation = tokensUnderWireNames({ access_token: 'a', expires_in: 60 })
 * ```
 */
export function tokensUnderWireNames(result: unknown): Observation {
  const members = isObject(result) ? result : { access_token: result }
  const { access_token: token, expires_in: lifetime } = members
  const isGiven = (name: string): boolean => members[name] !== undefined && members[name] !== null
  return {
    outcome: 'tokens',
    tokens: {
      access_token: textOf(token ?? ''),
      ...Object.fromEntries(TEXTS.filter(isGiven).map((name) => [name, textOf(members[name])])),
      ...(isGiven('expires_in') ? { expires_in: Number.isFinite(lifetime) ? Number(lifetime) : null } : {}),
    },
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
