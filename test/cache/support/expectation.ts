import { SKEW_SECONDS, type Call, type Outcome, type Reply, type ServerRequest } from './world.js'

/** A request of which the answer is still to come, for the calls that wait for it. */
interface Flight {
  readonly key: string
  readonly leader: number
  readonly waiters: Set<number>
}

/** What a cache over a healthy store, or in memory, must do: every request and every outcome, said in the plainest way. */
export class Expectation {
  /** By serial. */
  readonly flights: Flight[] = []
  /** By call. */
  readonly outcomes = new Map<number, Outcome>()
  /** The serial of the flight that a call of a key joins. */
  readonly #joinable = new Map<string, number>()
  readonly #stored = new Map<string, { readonly serial: number; readonly endsAt: number }>()

  call({ id, key, isForced }: Call, now: number): void {
    if (isForced) this.invalidate(key)
    const serial = this.#joinable.get(key)
    const stored = this.#stored.get(key)
    if (serial !== undefined) this.flights[serial]?.waiters.add(id)
    else if (stored && now < (stored.endsAt - SKEW_SECONDS) * 1000) this.outcomes.set(id, { serial: stored.serial })
    else this.#joinable.set(key, this.#request(key, id))
  }

  abort({ id }: Call): void {
    this.outcomes.set(id, { code: 'aborted' })
    const serial = this.flights.findIndex(({ waiters }) => waiters.delete(id))
    const flight = this.flights[serial]
    if (flight?.waiters.size === 0) this.#land(flight.key, serial)
  }

  invalidate(key: string): void {
    this.#joinable.delete(key)
    this.#stored.delete(key)
  }

  answer({ serial, endOf }: ServerRequest, reply: Reply, now: number): void {
    const flight = this.flights[serial]
    if (!flight) return
    const { key, leader, waiters } = flight
    const isCurrent = this.#joinable.get(key) === serial
    this.#land(key, serial)
    if (reply.kind === 'token' && reply.isPrivate) {
      if (waiters.delete(leader)) this.outcomes.set(leader, { serial })
      for (const id of waiters) this.#request(key, id)
    } else {
      for (const id of waiters) this.outcomes.set(id, reply.kind === 'token' ? { serial } : { code: CODES[reply.kind] })
      const endsAt = reply.kind === 'token' ? endOf(reply.expiresIn) : undefined
      const isKept = endsAt !== undefined && now < (endsAt - SKEW_SECONDS) * 1000
      if (isCurrent && isKept) this.#stored.set(key, { serial, endsAt })
    }
    waiters.clear()
  }

  #request(key: string, leader: number): number {
    return this.flights.push({ key, leader, waiters: new Set([leader]) }) - 1
  }

  #land(key: string, serial: number): void {
    if (this.#joinable.get(key) === serial) this.#joinable.delete(key)
  }
}

const CODES = { refused: 'token_exchange_failed', html: 'invalid_response', network: 'network_error' } as const
