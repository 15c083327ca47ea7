import { createRequire } from 'node:module'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { SignedTokenFact } from './case.js'
import { jsonReply } from './replies.js'
import type { ResolvedProgram, WireProgram, WireReply } from './wire-program.js'

interface TokenFile {
  readonly tokens: Readonly<Record<string, TokenRow>>
}

interface TokenRow {
  readonly typ?: string
  readonly problem?: string
  readonly claims: Readonly<Record<string, unknown>> & { readonly iat: number; readonly exp?: number }
}

const { tokens: ROWS } = createRequire(import.meta.url)('#spec/signed-tokens.json') as TokenFile

/** The names of the ID tokens that break what OpenID Connect Core 1.0, section 3.1.3.7, requires. */
export const UNTRUSTED_ID_TOKENS = Object.keys(ROWS).filter((name) => ROWS[name]?.problem !== undefined)

/** Tokens that were signed beforehand, and what a server of their issuer answers. */
export interface SignedTokens {
  /** What is known of each token. */
  readonly facts: ReadonlyMap<string, SignedTokenFact>
  readonly metadata: WireReply
  readonly keys: WireReply
  /** Fills the signed tokens, and the default metadata and keys, into a program. */
  resolve(program: WireProgram): ResolvedProgram
}

/**
 * Signs the tokens of spec/signed-tokens.json with a key of their own.
 *
 * @param issuer The URL of the issuer, with its closing slash.
 * @param clientId Whom the ID tokens are for.
 */
export function signTokens(issuer: string, clientId: string): Promise<SignedTokens> {
  const key = JSON.stringify([issuer, clientId])
  const tokens = known.get(key) ?? sign(issuer, clientId)
  known.set(key, tokens)
  return tokens
}

/** To sign takes longer than a hundred cases, so it is done once in a process. */
const known = new Map<string, Promise<SignedTokens>>()
/** One for all issuers: to make one takes longer still, and every lane of a session is an issuer. */
let keyPair: ReturnType<typeof generateKeyPair> | undefined

async function sign(issuer: string, clientId: string): Promise<SignedTokens> {
  const { publicKey, privateKey } = await (keyPair ??= generateKeyPair('RS256', { extractable: true }))
  const now = Math.floor(Date.now() / 1000)
  const byName = new Map<string, string>()
  const facts = new Map<string, SignedTokenFact>()
  for (const [name, { typ, problem, claims }] of Object.entries(ROWS)) {
    const filled = JSON.parse(
      JSON.stringify(claims).replaceAll('{{issuer}}', issuer).replaceAll('{{client_id}}', clientId),
    ) as TokenRow['claims']
    const ends = claims.exp === undefined ? {} : { exp: now + claims.exp }
    const payload = { ...filled, iat: now + claims.iat, ...ends }
    const header = { alg: 'RS256', kid: KEY_ID, ...(typ === undefined ? {} : { typ }) }
    const token = await new SignJWT(payload).setProtectedHeader(header).sign(privateKey)
    byName.set(name, token)
    facts.set(token, {
      claims: payload,
      ...(typ === undefined ? {} : { typ }),
      ...(problem === undefined ? {} : { problem }),
    })
  }
  const metadata = jsonReply(200, metadataOf(issuer))
  const keys = jsonReply(200, {
    keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' }],
  })

  function fill(reply: WireReply): WireReply {
    if (!reply.body?.includes('{{')) return reply
    return {
      ...reply,
      body: reply.body.replace(/\{\{([a-z-]+)\}\}/g, (whole, name: string) => byName.get(name) ?? whole),
    }
  }
  const resolved = new WeakMap<WireProgram, ResolvedProgram>()
  return {
    facts,
    metadata,
    keys,
    resolve(program) {
      const before = resolved.get(program)
      if (before) return before
      const made = {
        token: program.token.map(fill),
        metadata: program.metadata ?? metadata,
        keys: program.keys ?? keys,
      }
      resolved.set(program, made)
      return made
    },
  }
}

const KEY_ID = 'conformance'
function metadataOf(issuer: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth/token`,
    userinfo_endpoint: `${issuer}userinfo`,
    jwks_uri: `${issuer}.well-known/jwks.json`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt', 'none'],
    token_endpoint_auth_signing_alg_values_supported: ['ES256'],
  }
}
