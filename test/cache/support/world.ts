import { expect } from 'vitest'
import {
  ACCESS_TOKEN_TYPE,
  TokenExchangeClient,
  clientSecretPost,
  isTokenExchangeError,
  type ExchangeCache,
} from '../../../src/index.js'
import { METADATA } from '../../support/scripted-server.js'
import { START_MS, virtualClock } from './calls.js'

export const SKEW_SECONDS = 30
const SESSION_TYPE = 'urn:acme:session'
const AGENT_TYPE = 'urn:acme:agent'

/** What a call asks for. */
export interface Inputs {
  readonly flow: 'on_behalf_of' | 'exchange'
  readonly user: keyof typeof USERS
  readonly audience: string
  /** Separated by spaces, in any order. */
  readonly scope: string | undefined
  readonly organization: string | undefined
  readonly actor: string | undefined
}

/** When each user's token ends, in seconds after the start, if it says so. */
export const USERS = { alice: undefined, bob: 200, carol: 5000 } as const

/** What the server is told to answer. */
export type Reply =
  | { readonly kind: 'token'; readonly expiresIn: number | undefined; readonly isPrivate: boolean }
  | { readonly kind: 'refused' | 'html' | 'network' }

/** A request that the server got. It answers when the test says so. */
export interface ServerRequest {
  readonly serial: number
  readonly key: string
  /** A step. */
  readonly sentAt: number
  /** When a token for it ends, in seconds since the epoch, by its lifetime and that of its subject. */
  readonly endOf: (expiresIn: number | undefined) => number | undefined
  readonly signal: AbortSignal | undefined
  answeredAt?: number
  readonly answer: (reply: Reply) => void
}

/** How a call ended: with the token of a request, or with an error code. */
export type Outcome = { readonly serial: number } | { readonly code: string }

export interface Call {
  readonly id: number
  readonly inputs: Inputs
  readonly key: string
  readonly isForced: boolean
  readonly beganAt: number
  readonly controller: AbortController
  /** Only answers to requests that were sent after it will do. */
  readonly notBefore: number
  outcome?: Outcome
}

/** What a token says about the request that it was issued for. */
interface Claims {
  readonly key: string
  readonly serial: number
  /** In seconds since the epoch. */
  readonly endsAt: number | undefined
}

/** A client with a cache, its server, and what must hold whatever happens. Its steps count commands, not time. */
export class World {
  readonly clock = virtualClock()
  readonly calls: Call[] = []
  readonly requests: ServerRequest[] = []
  readonly violations: string[] = []
  /** How many calls were answered from what was stored, by an earlier call's request, and by their own. */
  readonly served = { hit: 0, shared: 0, own: 0 }
  readonly #client: TokenExchangeClient
  /** The step at which a key was last invalidated or refreshed. */
  readonly #barriers = new Map<string, number>()
  #step = 0

  constructor(cache: ExchangeCache) {
    this.#client = new TokenExchangeClient({
      domain: 'tenant.example.com',
      clientId: 'mcp-server',
      clientAuthentication: clientSecretPost('secret'),
      audience: 'https://mcp.example.com',
      cache,
      timeoutMs: 600_000,
      now: this.clock.now,
      fetch: (url, init) => this.#fetch(url, init),
    })
  }

  get openCalls(): readonly Call[] {
    return this.calls.filter(({ outcome }) => outcome === undefined)
  }

  get openRequests(): readonly ServerRequest[] {
    return this.requests.filter(({ answeredAt, signal }) => answeredAt === undefined && signal?.aborted !== true)
  }

  call(inputs: Inputs, isForced: boolean): Call {
    const key = keyOf(inputs)
    const beganAt = ++this.#step
    if (isForced) this.#barriers.set(key, beganAt)
    const notBefore = this.#barriers.get(key) ?? 0
    const call: Call = {
      id: this.calls.length,
      inputs,
      key,
      isForced,
      beganAt,
      notBefore,
      controller: new AbortController(),
    }
    this.calls.push(call)
    this.#send(call).then(
      ({ accessToken }) => {
        this.#end(call, accessToken)
      },
      (error: unknown) => {
        call.outcome = { code: isTokenExchangeError(error) ? error.code : String(error) }
      },
    )
    return call
  }

  async invalidate(inputs: Inputs): Promise<void> {
    this.#barriers.set(keyOf(inputs), ++this.#step)
    await this.#client.invalidate(onBehalfOf(inputs))
  }

  answer(request: ServerRequest, reply: Reply): void {
    request.answeredAt = ++this.#step
    request.answer(reply)
  }

  abort(call: Call): void {
    this.#step++
    call.controller.abort()
  }

  checkInvariants(): void {
    expect(this.violations).toEqual([])
    expect(this.requests.length).toBeLessThanOrEqual(this.calls.length)
  }

  #send({ inputs, isForced, controller: { signal } }: Call) {
    const use = { signal, forceRefresh: isForced }
    if (inputs.flow === 'on_behalf_of') return this.#client.getTokenOnBehalfOf({ ...onBehalfOf(inputs), ...use })
    const { user, audience, scope, organization, actor } = inputs
    return this.#client.exchangeToken({
      subjectToken: subjectToken(user),
      subjectTokenType: SESSION_TYPE,
      audience,
      ...(scope === undefined ? {} : { scope }),
      ...(organization === undefined ? {} : { organization }),
      ...(actor === undefined ? {} : { actorToken: actor, actorTokenType: AGENT_TYPE }),
      cache: true,
      ...use,
    })
  }

  #end(call: Call, accessToken: string): void {
    const { key, serial, endsAt } = JSON.parse(Buffer.from(accessToken, 'base64url').toString()) as Claims
    call.outcome = { serial }
    const request = this.requests[serial]
    const where = `call ${call.id} got the token of request ${serial}`
    if (key !== call.key) this.violations.push(`${where}, issued for ${key} instead of ${call.key}`)
    if (!request || request.answeredAt === undefined) {
      this.violations.push(`${where}, which was not answered`)
      return
    }
    if (request.sentAt < call.notBefore) this.violations.push(`${where}, from before step ${call.notBefore}`)
    const isStored = request.answeredAt < call.beganAt
    this.served[isStored ? 'hit' : request.sentAt < call.beganAt ? 'shared' : 'own']++
    if (isStored && !(endsAt !== undefined && this.clock.now() < (endsAt - SKEW_SECONDS) * 1000)) {
      this.violations.push(`${where}, which ended at ${endsAt ?? 'an unknown time'}, less the skew`)
    }
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    if (url.endsWith('/.well-known/openid-configuration')) return Response.json(METADATA)
    const form = new URLSearchParams(init.body as string)
    const [key, serial, signal] = [keyOfForm(form), this.requests.length, init.signal ?? undefined]
    const sentAtSeconds = Math.floor(this.clock.now() / 1000)
    const subjectEndsAt = subjectEnd(form.get('subject_token') ?? '')
    const endOf = (expiresIn: number | undefined): number | undefined =>
      expiresIn === undefined ? undefined : Math.min(sentAtSeconds + expiresIn, subjectEndsAt ?? Infinity)
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(new Error('aborted'))
      })
      const answer = (reply: Reply): void => {
        if (reply.kind === 'network') reject(new TypeError('fetch failed'))
        else
          resolve(response(reply, { key, serial, endsAt: reply.kind === 'token' ? endOf(reply.expiresIn) : undefined }))
      }
      this.requests.push({ serial, key, sentAt: this.#step, endOf, signal, answer })
    })
  }
}

function response(reply: Reply, claims: Claims): Response {
  if (reply.kind === 'refused') return Response.json({ error: 'invalid_grant' }, { status: 403 })
  if (reply.kind !== 'token') return new Response('<html>', { status: 502 })
  const { expiresIn, isPrivate } = reply
  return Response.json({
    access_token: Buffer.from(JSON.stringify(claims)).toString('base64url'),
    issued_token_type: ACCESS_TOKEN_TYPE,
    token_type: 'Bearer',
    ...(expiresIn === undefined ? {} : { expires_in: expiresIn }),
    ...(isPrivate ? { refresh_token: 'private' } : {}),
  })
}

/** Names all that a token is issued for, so that equal names mean equal tokens. */
export function keyOf({ flow, user, audience, scope, organization, actor }: Inputs): string {
  return nameOf(flow, subjectToken(user), audience, scope, organization, actor)
}

function keyOfForm(form: URLSearchParams): string {
  const flow = form.has('requested_token_type') ? 'on_behalf_of' : 'exchange'
  const [scope, organization, actor] = ['scope', 'organization', 'actor_token'].map(
    (name) => form.get(name) ?? undefined,
  )
  return nameOf(flow, form.get('subject_token') ?? '', form.get('audience') ?? '', scope, organization, actor)
}

function nameOf(
  flow: string,
  subject: string,
  audience: string,
  scope: string | undefined,
  ...others: readonly (string | undefined)[]
): string {
  const scopes = scope === undefined ? 'any scope' : scope.split(' ').sort().join('+')
  return [flow, subject, audience, scopes, ...others.map((other) => other ?? 'none')].join(' | ')
}

function onBehalfOf({ user, audience, scope }: Inputs) {
  const accessToken = { token: subjectToken(user), verifiedBy: 'caller' } as const
  return { accessToken, audience, ...(scope === undefined ? {} : { scope }) }
}

/** A token that says when it ends is a JWT, of which nobody checks the signature here. */
function subjectToken(user: Inputs['user']): string {
  const lifetime = USERS[user]
  if (lifetime === undefined) return `opaque-${user}`
  const payload = JSON.stringify({ sub: user, exp: START_MS / 1000 + lifetime })
  return `e30.${Buffer.from(payload).toString('base64url')}.${user}`
}

function subjectEnd(token: string): number | undefined {
  const payload = token.split('.')[1]
  if (payload === undefined) return undefined
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number }).exp
}
