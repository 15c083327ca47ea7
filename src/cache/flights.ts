import type { CachedAnswer, CachedCall, ExchangeCache } from '../flows/cache-contract.js'
import type { AccessTokenResult } from '../response/result.js'
import { abortedError, onAbort } from '../abort.js'
import { remainingMs, type Kept, type Values } from './values.js'

type Call = CachedCall<AccessTokenResult>
type Answer = CachedAnswer<AccessTokenResult>

/** What a flight brought back. */
interface Outcome {
  readonly result: AccessTokenResult
  readonly cache: Answer['cache']
  /** Whether it is for the caller that began the flight alone. */
  readonly isPrivate: boolean
}

/** A look into the store and the request that may follow, for all calls of one key that wait for it. */
interface Flight {
  readonly controller: AbortController
  outcome: Promise<Outcome>
  waiters: number
  /** What it brought back, while that is being stored. */
  kept?: Kept
}

/**
 * A cache in which equal calls share one look at `values` and one request.
 *
 * A flight that is no longer the one of its key, because of `invalidate`, `forceRefresh` or an abort, still answers those
 * who wait for it, and stores nothing. `forceRefresh` is `invalidate` and a flight of its own.
 */
export function createFlights(values: Values, skewSeconds: number): ExchangeCache {
  const flights = new Map<string, Flight>()

  function begin(call: Call, stored: Promise<AccessTokenResult | undefined> | undefined): Flight {
    const flight: Flight = { controller: new AbortController(), outcome: pending, waiters: 0 }
    flights.set(call.key, flight)
    flight.outcome = fly(flight, call, stored).finally(() => {
      land(call.key, flight)
    })
    // Those who waited may all be gone when it fails.
    flight.outcome.catch(() => undefined)
    return flight
  }

  async function fly(
    flight: Flight,
    call: Call,
    stored: Promise<AccessTokenResult | undefined> | undefined,
  ): Promise<Outcome> {
    const found = stored && (await stored)
    if (found) return { result: found, cache: 'hit', isPrivate: false }
    const { signal } = flight.controller
    if (signal.aborted) throw abortedError(signal)
    const result = await call.load(signal)
    const isPrivate = result.idToken !== undefined || result.refreshToken !== undefined
    if (!isPrivate) Object.freeze(result)
    await keep(flight, call, isPrivate ? undefined : result)
    return { result, cache: 'miss', isPrivate }
  }

  async function keep(flight: Flight, call: Call, result: AccessTokenResult | undefined): Promise<void> {
    const { key, now } = call
    const isCurrent = (): boolean => flights.get(key) === flight
    if (!isCurrent()) return
    const endsAt = result?.expiresAt === undefined ? undefined : earlier(result.expiresAt, call.subjectExpiresAt())
    if (!result || endsAt === undefined || !(remainingMs(endsAt, skewSeconds, now()) > 0)) return
    flight.kept = { result, endsAt }
    await values.write(key, flight.kept, { now, isCurrent })
  }

  function land(key: string, flight: Flight): void {
    if (flights.get(key) === flight) flights.delete(key)
  }

  /** Waits for a flight. The last one to give up ends it. */
  function join(flight: Flight, { key, signal }: Call): Promise<Outcome> {
    flight.waiters++
    if (!signal) return flight.outcome
    return new Promise((resolve, reject) => {
      const stopListening = onAbort(signal, () => {
        reject(abortedError(signal))
        if (--flight.waiters > 0) return
        land(key, flight)
        flight.controller.abort(signal.reason)
      })
      void flight.outcome.then(resolve, reject).finally(stopListening)
    })
  }

  async function lead(call: Call, stored: Promise<AccessTokenResult | undefined> | undefined): Promise<Answer> {
    const { result, cache } = await join(begin(call, stored), call)
    return { result, cache, coalesced: false }
  }

  async function follow(flight: Flight, call: Call): Promise<Answer> {
    const { result, cache, isPrivate } = await join(flight, call)
    if (isPrivate) return { result: await call.load(call.signal), cache: 'miss', coalesced: false }
    return { result, cache, coalesced: cache === 'miss' }
  }

  async function forgotten(key: string): Promise<undefined> {
    await values.forget(key)
  }

  async function run(call: Call): Promise<Answer> {
    const { key, signal, forceRefresh, now } = call
    if (signal?.aborted) throw abortedError(signal)
    if (forceRefresh) return lead(call, forgotten(key))
    const flight = flights.get(key)
    if (flight && !flight.kept) return follow(flight, call)
    if (flight?.kept && remainingMs(flight.kept.endsAt, skewSeconds, now()) > 0) return hit(flight.kept.result)
    const stored = values.read(key, now)
    return stored && !(stored instanceof Promise) ? hit(stored) : lead(call, stored)
  }

  return {
    // A result is only ever given to calls of its key, and the key says which kind of result it is.
    run: run as ExchangeCache['run'],
    async invalidate(key) {
      flights.delete(key)
      await values.forget(key)
    },
  }
}

/** Stands in until a flight has begun. */
const pending = new Promise<never>(() => undefined)

function hit(result: AccessTokenResult): Answer {
  return { result, cache: 'hit', coalesced: false }
}

function earlier(time: number, other: number | undefined): number {
  return other === undefined ? time : Math.min(time, other)
}
