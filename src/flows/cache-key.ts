import type { ExchangeTokenOptions } from '../input/exchange-options.js'

/** What shapes a token beside its options. */
export interface CacheKeyContext {
  readonly issuer: string
  readonly clientId: string
  readonly flow: string
  /** The DPoP key that the token is bound to, and whether one that is not bound will do. */
  readonly binding: { readonly thumbprint: string; readonly allowBearer: boolean } | undefined
}

/**
 * Everything that shapes the issued token, as canonical JSON: absent parts become `null` there, sets are sorted.
 *
 * @throws {TypeError} When a required part is missing: two callers must never share a key for want of one.
 */
export function cacheKey(context: CacheKeyContext, options: ExchangeTokenOptions): string {
  return JSON.stringify([
    'v1',
    required('issuer', context.issuer),
    required('clientId', context.clientId),
    required('flow', context.flow),
    required('subjectTokenType', options.subjectTokenType),
    required('subjectToken', options.subjectToken),
    options.actorTokenType,
    options.actorToken,
    options.requestedTokenType,
    setOf(options.audience),
    setOf(options.resource),
    options.scope === undefined ? null : setOf(options.scope.split(' ').filter((scope) => scope !== '')),
    options.organization,
    options.forwardedFor,
    // Not sent, but a token that passed without these checks must not be given to a call that makes them.
    options.expectActor,
    context.binding ? [required('thumbprint', context.binding.thumbprint), context.binding.allowBearer] : null,
    options.extra === undefined ? null : Object.entries(options.extra).sort(byName),
  ])
}

function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new TypeError(`cache key without ${name}`)
  return value
}

/** One form for every order and repetition. */
function setOf(value: string | readonly string[] | undefined): readonly string[] | null {
  if (value === undefined) return null
  if (typeof value === 'string') return [value]
  return value.toSorted().filter((item, index, sorted) => item !== sorted[index - 1])
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
