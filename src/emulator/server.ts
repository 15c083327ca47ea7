import type { ActionCache } from './actions/action.js'
import { createActionCache } from './actions/action-cache.js'
import { createAttackProtection, type AttackProtection } from './limits/attack-protection.js'
import { createDpopNonces, type DpopNonces } from './proof-of-possession/dpop-nonces.js'
import { createJournal, type Journal } from './journal/journal.js'
import type { SigningKeys } from './tokens/keys.js'
import type { RandomId } from './random.js'
import { createRateLimit, type RateLimit } from './limits/rate-limit.js'
import {
  CODE_SECONDS,
  MFA_TOKEN_SECONDS,
  REFRESH_TOKEN_SECONDS,
  SESSION_TRANSFER_SECONDS,
  type AuthorizationCode,
  type PendingGrant,
  type RefreshToken,
  type SessionTransfer,
} from './store/records.js'
import { createReplayGuard, type ReplayGuard } from './store/replay-guard.js'
import { createSessions, type Sessions } from './store/sessions.js'
import type { Tenant } from './tenant/tenant.js'
import { createTokenStore, type TokenStore } from './store/token-store.js'

/** The longest that an assertion or a proof can be valid, both with their tolerance. */
const ASSERTION_SECONDS = 320
const PROOF_SECONDS = 620

/** What an emulator is made of. */
export interface ServerParts {
  /** With a trailing slash. Changes when an emulator without a configured issuer begins to listen. */
  readonly issuer: string
  readonly tenant: Tenant
  readonly now: () => number
  readonly randomId: RandomId
  readonly keys: () => Promise<SigningKeys>
  readonly journalLength?: number | undefined
}

/** All the state of one emulator. Nothing of it is shared with another. */
export interface Server extends ServerParts {
  readonly rateLimit: RateLimit
  readonly userInfoRateLimit: RateLimit
  readonly attackProtection: AttackProtection
  readonly sessionTransfers: TokenStore<SessionTransfer>
  readonly codes: TokenStore<AuthorizationCode>
  readonly refreshTokens: TokenStore<RefreshToken>
  readonly mfaTokens: TokenStore<PendingGrant>
  readonly sessions: Sessions
  /** What users consented to. */
  readonly consents: Set<string>
  readonly actionCache: ActionCache
  readonly assertionIds: ReplayGuard
  readonly proofIds: ReplayGuard
  readonly dpopNonces: DpopNonces
  readonly journal: Journal
}

export function createServer(parts: ServerParts): Server {
  const { tenant, now, randomId, keys } = parts
  return {
    get issuer() {
      return parts.issuer
    },
    tenant,
    now,
    randomId,
    keys,
    rateLimit: createRateLimit(now, tenant.requestsPerSecond),
    userInfoRateLimit: createRateLimit(now, tenant.requestsPerSecond),
    attackProtection: createAttackProtection(now, tenant),
    sessionTransfers: createTokenStore(now, randomId, SESSION_TRANSFER_SECONDS),
    codes: createTokenStore(now, randomId, CODE_SECONDS),
    refreshTokens: createTokenStore(now, randomId, REFRESH_TOKEN_SECONDS),
    mfaTokens: createTokenStore(now, randomId, MFA_TOKEN_SECONDS),
    sessions: createSessions(now, randomId),
    consents: new Set(),
    actionCache: createActionCache(now),
    assertionIds: createReplayGuard(now, ASSERTION_SECONDS),
    proofIds: createReplayGuard(now, PROOF_SECONDS),
    dpopNonces: createDpopNonces(now, randomId),
    journal: createJournal(now, parts.journalLength),
  }
}
