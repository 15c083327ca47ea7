import type { ExchangeEvidence } from '../case.js'
import type { WireReply } from '../wire-program.js'

const CANARY = /canary-[\w-]*\w/g
const COMPACT_JWT = /eyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g
const inReplies = new WeakMap<WireReply, { readonly secrets: readonly string[]; readonly serverText: string }>()

/** Every token and secret that a call had to do with, but for what the server itself wrote into an error. */
export function secretsIn({ input, client, program, wire }: ExchangeEvidence): readonly string[] {
  const given = [input.subject_token, input.actor_token ?? '', client.secret].flatMap(words)
  const replies = program.token.map(readReply)
  const assertions = wire.exchanges.flatMap(({ form }) =>
    (form ?? []).flatMap(([name, value]) => (name === 'client_assertion' ? [value] : [])),
  )
  const all = [...given, ...(client.secret.length >= 8 ? [client.secret] : []), ...assertions]
  for (const { secrets } of replies) all.push(...secrets)
  return all.filter((secret) => !replies.some(({ serverText }) => serverText.includes(secret)))
}

function readReply(reply: WireReply): { readonly secrets: readonly string[]; readonly serverText: string } {
  const known = inReplies.get(reply)
  if (known) return known
  const body = reply.body ?? ''
  const serverText = [...body.matchAll(/"error(?:_description|_uri)?"\s*:\s*"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) => text ?? '')
    .join('\n')
  const read = { secrets: words(body), serverText }
  inReplies.set(reply, read)
  return read
}

function words(text: string): string[] {
  return [...(text.match(CANARY) ?? []), ...(text.match(COMPACT_JWT) ?? [])]
}
