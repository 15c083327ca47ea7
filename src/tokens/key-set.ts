import { createLocalJWKSet, type CryptoKey, type JWTVerifyGetKey } from 'jose'
import type { Limits } from '../transport/bounded-fetch.js'
import type { MetadataSource } from '../tenant/metadata.js'
import { parseObject } from '../response/response.js'
import type { Transport } from '../transport/transport.js'

/** How long keys are used without another look. */
const MAX_AGE_MS = 10 * 60 * 1000
/** How much longer they are used while the issuer cannot be reached. */
const MAX_STALE_MS = 60 * 60 * 1000
/** How long after one request a token with an unknown key, or an issuer that fails, leads to no other one. */
const COOLDOWN_MS = 30_000
/** The same while there are no keys at all. */
const RETRY_MS = 1_000

/** The published keys of an issuer. */
export interface KeySet {
  /** As the metadata spells it. */
  readonly issuer: string
  readonly find: JWTVerifyGetKey
  /** Those that were found for the encoded headers of tokens that hold: the search costs more than all that follows. */
  readonly byHeader: Map<string, CryptoKey>
}

/** Gives the keys of one issuer; concurrent callers share a request. */
export interface KeySource {
  /** What is known, unless it is old. */
  fresh(): KeySet | undefined
  /** What is known; it is read anew when it is old, and used a while longer when that fails. */
  current(): KeySet | Promise<KeySet>
  /** What the issuer publishes now; what is known, when it was asked a moment ago. */
  newer(): KeySet | Promise<KeySet>
}

/** Discovery, and the key set that it names (RFC 7517, section 5). */
export function createKeySource(
  metadata: MetadataSource,
  transport: Transport,
  limits: Omit<Limits, 'signal'>,
  now: () => number,
): KeySource {
  let known: { readonly keys: KeySet; readonly at: number } | undefined
  let failure: { readonly error: unknown; readonly at: number } | undefined
  let inFlight: Promise<KeySet> | undefined

  /** A clock that was set back must not make keys last. */
  function isWithin(at: number | undefined, ms: number): boolean {
    if (at === undefined) return false
    const age = now() - at
    return age >= 0 && age < ms
  }

  function fresh(): KeySet | undefined {
    return isWithin(known?.at, MAX_AGE_MS) ? known?.keys : undefined
  }

  function usable(): KeySet | undefined {
    return isWithin(known?.at, MAX_AGE_MS + MAX_STALE_MS) ? known?.keys : undefined
  }

  async function load(): Promise<KeySet> {
    const { issuer, jwks_uri: uri } = await metadata()
    const { status, body } = await transport.get(uri, {}, limits)
    if (status !== 200) throw new Error(`The key set was answered with status ${status}.`)
    return { issuer, find: createLocalJWKSet(parseObject(body) as never), byHeader: new Map() }
  }

  async function refresh(): Promise<KeySet> {
    try {
      const keys = await load()
      known = { keys, at: now() }
      failure = undefined
      return keys
    } catch (error) {
      failure = { error, at: now() }
      const keys = usable()
      if (keys) return keys
      throw error
    }
  }

  function refreshOnce(): Promise<KeySet> {
    inFlight ??= refresh().finally(() => {
      inFlight = undefined
    })
    return inFlight
  }

  return {
    fresh,
    current() {
      const freshKeys = fresh()
      if (freshKeys) return freshKeys
      const keys = usable()
      if (!failure || !isWithin(failure.at, keys ? COOLDOWN_MS : RETRY_MS)) return refreshOnce()
      if (keys) return keys
      throw failure.error
    },
    newer() {
      const isTooSoon = isWithin(known?.at, COOLDOWN_MS) || isWithin(failure?.at, COOLDOWN_MS)
      return known && isTooSoon ? known.keys : refreshOnce()
    },
  }
}
