import type { ExchangeEvidence } from '../case.js'
import { replyBytes, type WireReply } from '../wire-program.js'

const CANARY = /canary-[\w-]*\w/g
const COMPACT_JWT = /eyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g
const texts = new WeakMap<WireReply, string>()

/**
 * The tokens and secrets that an application gave to a call, and the assertions that the SDK made of its key.
 *
 * What an answer repeats is the server's own text, wherever a parser may quote it.
 */
export function givenSecrets({ input, client, program, wire }: ExchangeEvidence): readonly string[] {
  const given = [input.subject_token, input.actor_token ?? '', client.secret].flatMap(words)
  const assertions = wire.exchanges.flatMap(({ form }) =>
    (form ?? []).flatMap(([name, value]) => (name === 'client_assertion' ? [value] : [])),
  )
  const all = [...given, ...(client.secret.length >= 8 ? [client.secret] : []), ...assertions]
  return all.filter((secret) => !program.token.some((reply) => textOf(reply).includes(secret)))
}

/** The tokens in the answers of the server. */
export function serverSecrets({ program }: ExchangeEvidence): readonly string[] {
  return program.token.flatMap((reply) => words(textOf(reply)))
}

function textOf(reply: WireReply): string {
  const text = texts.get(reply) ?? new TextDecoder().decode(replyBytes(reply))
  texts.set(reply, text)
  return text
}

function words(text: string): string[] {
  return [...(text.match(CANARY) ?? []), ...(text.match(COMPACT_JWT) ?? [])]
}
