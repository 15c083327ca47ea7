/** What the server checks, by the words that a reader sees. */
export type CheckName =
  | 'request is within the rate limit'
  | 'request is well formed'
  | 'grant type is supported'
  | 'client authenticates'
  | 'client may use the grant type'
  | 'client is confidential'
  // Token exchanges.
  | 'address is not blocked'
  | 'client may exchange custom tokens'
  | 'client may exchange on behalf of users'
  | 'required parameters are there'
  | 'actor token and its type come together'
  | 'actor token type is not reserved'
  | 'a profile exists for the subject token type'
  | 'requested token type is supported'
  | 'session transfer is enabled'
  | 'audience is known'
  | 'organization is known'
  | 'actor ID token is valid'
  | 'proof of possession is valid'
  | 'proof of possession is there when the API requires it'
  | 'Action allows it'
  | 'Action set one user'
  | 'organization is that of the request'
  | 'user is a member of the organization'
  | 'connection is enabled for the client'
  | 'Action set an actor'
  | 'actor is a single one'
  | 'no second factor is needed'
  | 'no consent is needed'
  | 'subject token is valid'
  | 'delegation chain is short enough'
  | 'client has a grant for the audience'
  | 'a scope can be granted'
  | 'connection has a token of the user'
  // Other grants.
  | 'authorization code is valid'
  | 'redirect URI is that of the code'
  | 'code verifier fits the code challenge'
  | 'MFA token is valid'
  | 'one-time password is right'
  | 'refresh token is valid'
  | 'audience is that of the refresh token'
  | 'scopes are those of the refresh token'
  // Logins.
  | 'client is known'
  | 'callback is registered'
  | 'response type is supported'
  | 'response mode is supported'
  | 'code challenge is supported'
  | 'maximum age is a number'
  | 'organization is there when the client requires it'
  | 'a page may be shown'
  | 'client accepts delegated sessions'
  | 'session transfer token is valid'
  | 'request comes from the address of the session transfer'
  | 'no session is open'
  | 'organization is that of the session transfer'
  | 'callback is not a loopback address'
  | 'user may sign in'
  | 'user consents'
  // Logouts.
  | 'logout URL is registered'
  | 'ID token hint is valid'
  // The user's claims.
  | 'access token is there'
  | 'access token is valid'
  | 'access token has the scope openid'

/** Runs one check and gives what it found out. When it throws or rejects, it has failed. */
export type RunCheck = <Inputs extends readonly unknown[], Output>(
  name: CheckName,
  check: (...inputs: Inputs) => Output,
  ...inputs: Inputs
) => Output

/** The checks of one request, in the order in which they began. */
export interface CheckLog {
  readonly names: readonly CheckName[]
  readonly failed: readonly CheckName[]
  readonly check: RunCheck
}

export function createCheckLog(): CheckLog {
  const names: CheckName[] = []
  const failed: CheckName[] = []
  return {
    names,
    failed,
    check: (name, check, ...inputs) => {
      const fail = (): void => void failed.push(name)
      names.push(name)
      try {
        const result = check(...inputs)
        if (result instanceof Promise) result.catch(fail)
        return result
      } catch (error) {
        fail()
        throw error
      }
    },
  }
}
