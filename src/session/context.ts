import { connect } from '../transport/connection.js'
import type { DPoPOptions } from '../request/dpop-key.js'
import type { Flow } from '../events.js'
import { observed, type CallReport, type Shown } from '../observe.js'
import type { DomainResolver, Tenant } from '../tenant/tenant.js'
import type { Sender } from '../request/token-request.js'
import * as signedTokens from '../tokens/signed-tokens.js'
import { readSessionConfig, type SessionClientConfig, type SessionSettings } from './config.js'
import { createCookieJar } from './cookies.js'
import { createRefresh, type Need } from './refresh.js'
import type { SessionRequest, StoreOptions } from './request.js'
import { createSealedCookies, type SealedCookies } from './sealed-cookies.js'
import { createServerStorage } from './server-storage.js'
import { newState, toSession, type Login, type Session, type SessionState } from './state.js'
import { createCookieStorage, type SessionStorage } from './storage.js'

/** What the calls of a session client share. */
export interface SessionContext {
  readonly settings: SessionSettings
  readonly sender: Sender
  readonly cookies: SealedCookies
  readonly storage: SessionStorage
  readonly allowedTargets: readonly string[] | undefined
  readonly dpop: DPoPOptions | undefined
  readonly tenant: (request: SessionRequest, report?: CallReport) => Promise<Tenant>
  /** The session of a request, at the domain of the request. */
  readonly read: (request: SessionRequest) => Promise<SessionState | undefined>
  /** Begins a session. */
  readonly signIn: (store: StoreOptions, tenant: Tenant, login: Login) => Promise<Session>
  /** The session with what it lacks. */
  readonly refreshed: (state: SessionState, need: Need, store: StoreOptions) => Promise<SessionState>
  /** Tells of a call when it has ended. */
  readonly observed: <R>(flow: Flow, shown: Shown, call: (report: CallReport) => Promise<R>) => Promise<R>
}

export function createSessionContext(config: SessionClientConfig): SessionContext {
  const settings = readSessionConfig(config)
  const { dpop, onEvent, allowedTargets } = config
  // A resolver is given the request, and nothing else.
  const { sender, tenantFor } = connect(
    { ...config, domain: config.domain as string | DomainResolver },
    () => signedTokens,
  )
  const { clientId, now } = sender
  const { secrets, store: external, storeTimeoutMs: timeoutMs, lifetimeSeconds } = settings
  const cookies = createSealedCookies(createCookieJar(settings.cookieName, settings.isSecure), secrets, clientId, now)
  const storage = external
    ? createServerStorage(external, secrets, { cookies, clientId, now, timeoutMs })
    : createCookieStorage(cookies, now)
  const refresh = createRefresh(sender, { dpop, onEvent })

  async function tenant(request: SessionRequest, report?: CallReport): Promise<Tenant> {
    const found = await tenantFor(request)
    if (report) report.issuer = found.issuer
    return found
  }

  return {
    settings,
    sender,
    cookies,
    storage,
    allowedTargets,
    dpop,
    tenant,

    async read(request) {
      const state = await storage.read(request)
      // A session of another domain is none here: its user may be somebody else's.
      return state && state.issuer === (await tenant(request)).issuer ? state : undefined
    },

    async signIn(store, { issuer }, login) {
      const state = newState(issuer, login, { lifetimeSeconds, now: now() })
      await storage.create(store, state)
      return toSession(state)
    },

    async refreshed(state, need, store) {
      if (need.isMet(state)) return state
      const save = (next: SessionState) => storage.save(store.request, next)
      const next = await refresh(await tenant(store.request), state, need, save)
      await storage.send(store, next)
      return next
    },

    observed: (flow, shown, call) => observed(flow, shown, { onEvent, now }, call),
  }
}
