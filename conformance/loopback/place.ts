import type { CaseResult } from '../runner/lane.js'
import type { ResolvedProgram, WireReply } from '../wire-program.js'
import type { LoopbackLane } from './lane.js'
import { parseUrl } from '../parse-url.js'

/** What the ports of a lane are called where they must not show. */
const HERE = 'https://tenant.example.com'
const ELSEWHERE = 'https://elsewhere.example.com'
const IMPOSTOR = 'https://impostor.example.com/'

/**
 * Turns the redirects of programs to where a lane can see who follows them: no SDK may be led to the network.
 *
 * @param lane Whose issuer stays what it is. Every other origin becomes the lane's second one.
 */
export function placePrograms({ issuer, elsewhere }: LoopbackLane): (program: ResolvedProgram) => ResolvedProgram {
  const placed = new WeakMap<ResolvedProgram, ResolvedProgram>()

  function placeHeader([name, value]: readonly [string, string]): readonly [string, string] {
    // Without a scheme it may name another host too.
    if (name.toLowerCase() !== 'location' || !parseUrl(value, issuer)) return [name, value]
    const { origin, pathname, search, hash } = new URL(value, issuer)
    if (origin === new URL(issuer).origin || origin === 'null') return [name, value]
    return [name, elsewhere + pathname + search + hash]
  }
  const placeReply = (reply: WireReply): WireReply => ({ ...reply, headers: reply.headers.map(placeHeader) })
  return (program) => {
    const known = placed.get(program)
    if (known) return known
    const { token, metadata, keys } = program
    const made = { token: token.map(placeReply), metadata: placeReply(metadata), keys: placeReply(keys) }
    placed.set(program, made)
    return made
  }
}

/** A result without the ports of its lane, so that a report is the same for the same seed. */
export function withoutPorts(result: CaseResult, { issuer, elsewhere, impostors }: LoopbackLane): CaseResult {
  const others = Object.values(impostors)
  const places = [issuer, elsewhere, ...others].map((url) => new URL(url))
  const names: readonly (readonly [string, string])[] = [
    [new URL(issuer).origin, HERE],
    [elsewhere, ELSEWHERE],
    ...others.map((impostor) => [impostor, IMPOSTOR] as const),
    ...places.flatMap(({ host, hostname, port }) => [[host, `${hostname}:port`] as const, [port, 'port'] as const]),
  ]
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return names.reduce((text, [from, to]) => text.replaceAll(from, to), value)
    if (Array.isArray(value)) return value.map(renamed)
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, renamed(member)]))
  }
  const { answers, wire, verdicts, fault } = result
  return { ...result, ...(renamed({ answers, wire, verdicts, ...(fault !== undefined && { fault }) }) as CaseResult) }
}
