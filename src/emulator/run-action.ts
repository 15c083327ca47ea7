import type { ActClaim } from '../../generated/openapi.js'
import type { Action, ActionApi, ActionEvent, ConnectionUser, SetUserByConnectionOptions } from './action.js'
import { readActor } from './actor.js'
import { fail, invalidRequest, OAuthFailure } from './failure.js'
import type { User, UserDirectory } from './users.js'

/** What an Action decided. */
export interface Decision {
  readonly userChoices: readonly UserChoice[]
  readonly actor: ActClaim | undefined
}

export type UserChoice =
  | { readonly userId: string }
  | {
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

/** Runs the Action. A refusal counts whatever else the Action did. */
export async function runAction(action: Action, event: ActionEvent): Promise<Decision> {
  const userChoices: UserChoice[] = []
  let actor: ActClaim | undefined
  let refusal: OAuthFailure | undefined
  const api: ActionApi = {
    authentication: {
      setUserById: (userId) => void userChoices.push({ userId }),
      setUserByConnection: (connection, user, options = {}) => void userChoices.push({ connection, user, options }),
      setActor: (input) => {
        const checked = readActor(input)
        if (typeof checked === 'string') refusal ??= invalidRequest(checked)
        else actor = checked
      },
    },
    access: {
      deny: (code, reason) => {
        refusal ??= new OAuthFailure(code === 'server_error' ? 500 : 400, code, reason)
      },
      rejectInvalidSubjectToken: (reason) => {
        refusal ??= new RejectedSubjectToken(reason)
      },
    },
  }
  try {
    await action(event, api)
  } catch {
    throw fail(500, 'server_error', 'The Action failed.')
  }
  if (refusal !== undefined) throw refusal
  return { userChoices, actor }
}

/** The one user that the Action set. */
export function resolveUser(users: UserDirectory, { userChoices }: Decision): User {
  const [choice, second] = userChoices
  if (choice === undefined) throw invalidRequest('The Action did not set a user.')
  if (second !== undefined) throw invalidRequest('The Action set a user more than once.')
  const user = 'userId' in choice ? users.find(choice.userId) : findOrAdd(users, choice)
  if (user === undefined) throw invalidRequest('The user that the Action set does not exist.')
  if (user.blocked) throw invalidRequest('The user that the Action set is blocked.')
  return user
}

function findOrAdd(users: UserDirectory, choice: Exclude<UserChoice, { readonly userId: string }>): User | undefined {
  const { connection, user, options } = choice
  const existing = users.findByConnection(connection, user.user_id)
  return existing ?? (options.creationBehavior === 'none' ? undefined : users.add(connection, user))
}
