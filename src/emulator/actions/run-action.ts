import type { ActClaim } from '../../../generated/openapi.js'
import type {
  Action,
  ActionApi,
  ActionCache,
  ActionEvent,
  ConnectionUser,
  SetUserByConnectionOptions,
} from './action.js'
import { readActor } from '../tokens/actor.js'
import { fail, invalidRequest, OAuthFailure } from '../http/failure.js'

/** What an Action decided. */
export interface Decision {
  readonly userChoices: readonly UserChoice[]
  readonly actor: ActClaim | undefined
  /** By id or name. */
  readonly organizationChoice: string | undefined
  readonly appMetadata: Metadata
  readonly userMetadata: Metadata
}

/** Members to set, and with `null` to remove. */
export type Metadata = ReadonlyMap<string, unknown>

export type UserChoice = { readonly userId: string } | ConnectionChoice

export interface ConnectionChoice {
  readonly connection: string
  readonly user: ConnectionUser
  readonly options: SetUserByConnectionOptions
}

/** The Action did not believe the subject token, which counts against the address that sent it. */
export class RejectedSubjectToken extends OAuthFailure {
  constructor(reason: string) {
    super(400, 'invalid_request', reason)
  }
}

class FailedAction extends OAuthFailure {
  override readonly cause: unknown

  constructor(cause: unknown) {
    super(500, 'server_error', 'The Action failed.')
    this.cause = cause
  }
}

/** An Action may be JavaScript, and `deny` takes a reason alone in other triggers. */
function toDenial(code: unknown, reason: unknown): OAuthFailure {
  if (!isText(code) || code === '' || !isText(reason)) {
    return fail(500, 'server_error', 'access.deny: it takes a code and a reason.')
  }
  return new OAuthFailure(code === 'server_error' ? 500 : 400, code, reason)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** Runs the Action. A refusal counts whatever else the Action did. */
export async function runAction(action: Action, event: ActionEvent, cache: ActionCache): Promise<Decision> {
  const userChoices: UserChoice[] = []
  const appMetadata = new Map<string, unknown>()
  const userMetadata = new Map<string, unknown>()
  let actor: ActClaim | undefined
  let organizationChoice: string | undefined
  let refusal: OAuthFailure | undefined
  const api: ActionApi = {
    authentication: {
      setUserById: (userId) => void userChoices.push({ userId }),
      setUserByConnection: (connection, user, options = {}) => void userChoices.push({ connection, user, options }),
      setOrganization: (organization) => {
        organizationChoice = organization
      },
      setActor: (input) => {
        const checked = readActor(input)
        if (typeof checked === 'string') refusal ??= invalidRequest(checked)
        else actor = checked
      },
    },
    access: {
      deny: (code, reason) => {
        refusal ??= toDenial(code, reason)
      },
      rejectInvalidSubjectToken: (reason) => {
        refusal ??= isText(reason)
          ? new RejectedSubjectToken(reason)
          : fail(500, 'server_error', 'access.rejectInvalidSubjectToken: it takes a reason.')
      },
    },
    user: {
      setAppMetadata: (name, value) => void appMetadata.set(name, structuredClone(value)),
      setUserMetadata: (name, value) => void userMetadata.set(name, structuredClone(value)),
    },
    cache,
  }
  try {
    await action(event, api)
  } catch (error) {
    throw new FailedAction(error)
  }
  if (refusal !== undefined) throw refusal
  return { userChoices, actor, organizationChoice, appMetadata, userMetadata }
}
