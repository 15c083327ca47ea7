import { PROTECTED_PARAMETERS, TOKEN_EXCHANGE_GRANT_TYPE, TOKEN_PARAMETERS } from '../../generated/constants.js'
import type { ExchangeClient, ExchangeInput } from '../adapter.js'
import type { ExchangeEvidence } from '../case.js'
import type { WireRequest } from '../wire.js'
import { isAccident } from './crash.js'

/** What the description says of a protected parameter. */
export interface TokenParameterRow {
  readonly role: string
  readonly definedBy: string
  readonly repeatable: boolean
  readonly aliases: readonly string[]
}

export const PARAMETERS: ReadonlyMap<string, TokenParameterRow> = new Map(Object.entries(TOKEN_PARAMETERS))
const PROTECTED: ReadonlySet<string> = new Set(PROTECTED_PARAMETERS)
/** `name-char` of RFC 6749, section 8.2. */
const NAME = /^[A-Za-z0-9._-]+$/

/** What an SDK did: refused before any request, fell over the input, sent at least one, or answered without one. */
export type Stage = 'refused' | 'crashed' | 'sent' | 'silent'

export function stageOf({ wire, observation }: ExchangeEvidence): Stage {
  if (wire.exchanges.length > 0) return 'sent'
  if (observation.outcome !== 'rejected') return 'silent'
  return isAccident(observation.error) ? 'crashed' : 'refused'
}

/** The values of a field that are not empty: an empty one counts as omitted (RFC 6749, section 3.2). */
export function valuesOf(request: WireRequest, name: string): string[] {
  return (request.form ?? []).filter(([field, value]) => field === name && value !== '').map(([, value]) => value)
}

/** What the name of an extra parameter is. */
export type NameKind =
  | { readonly kind: 'protected' | 'alias' | 'case-variant' | 'malformed'; readonly of: string }
  | { readonly kind: 'plain' }

export function classify(name: string): NameKind {
  if (PARAMETERS.has(name)) return { kind: 'protected', of: name }
  if (PROTECTED.has(name)) return { kind: 'alias', of: ownerOf(name) }
  const lower = name.toLowerCase()
  if (NAME.test(name)) return PROTECTED.has(lower) ? { kind: 'case-variant', of: ownerOf(lower) } : { kind: 'plain' }
  return { kind: 'malformed', of: cleaned(name) }
}

export function isLegalName(name: string): boolean {
  return NAME.test(name)
}

/** What a careless clean-up would make of a name. */
function cleaned(name: string): string {
  const bare = name
    .replace(/\[.*$/su, '')
    .replace(/[^A-Za-z0-9._-]/gu, '')
    .toLowerCase()
  return PROTECTED.has(bare) ? ownerOf(bare) : bare
}

function ownerOf(name: string): string {
  for (const [owner, { aliases }] of PARAMETERS) if (owner === name || aliases.includes(name)) return owner
  return name
}

/** Whether the rules about a protected name bind this SDK: a generic function owns only what it sets itself. */
export function ownsParameter({ capabilities }: ExchangeEvidence, name: string): boolean {
  return capabilities.exchange === 'typed' || (capabilities.owns ?? []).includes(name)
}

/** The value that a typed option gave to a wire name. */
export function typedValue(name: string, input: ExchangeInput, client: ExchangeClient): string | undefined {
  switch (name) {
    case 'grant_type':
      return TOKEN_EXCHANGE_GRANT_TYPE
    case 'client_id':
      return client.id
    case 'client_secret':
      return client.secret
    case 'subject_token':
    case 'subject_token_type':
    case 'actor_token':
    case 'actor_token_type':
    case 'audience':
    case 'scope':
    case 'organization':
    case 'requested_token_type':
      return input[name] === '' ? undefined : input[name]
    default:
      return undefined
  }
}

export function asList(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}

/** Whether a list of words has all words of another, as scopes are compared (RFC 6749, section 3.3). */
export function hasWords(text: string, words: string): boolean {
  const had = new Set(text.split(' '))
  return words.split(' ').every((word) => had.has(word))
}
