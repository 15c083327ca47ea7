import { TOKEN_PARAMETERS, type TokenParameter } from '../../../generated/constants.js'
import type { operations } from '../../../generated/openapi.js'
import { invalidRequest } from './failure.js'
import type { Field } from './form.js'

/** The parameters of a request by name. Each has at least one value, and no value is empty. */
export type RequestParameters = ReadonlyMap<string, readonly string[]>

type QueryParameter<Name extends 'authorize' | 'logOut' | 'logOutOfSession'> = keyof NonNullable<
  operations[Name]['parameters']['query']
>
type GrantParameter = 'code' | 'redirect_uri' | 'code_verifier' | 'refresh_token' | 'mfa_token' | 'otp'
type LogoutParameter = QueryParameter<'logOut'> | QueryParameter<'logOutOfSession'>
type AuthorizeParameter = QueryParameter<'authorize'>
export type ParameterName =
  TokenParameter | GrantParameter | AuthorizeParameter | LogoutParameter | 'user_id' | 'consent' | 'confirm'

const GRANT_PARAMETERS: readonly GrantParameter[] = [
  'code',
  'redirect_uri',
  'code_verifier',
  'refresh_token',
  'mfa_token',
  'otp',
]

/** What may stand once in a request to the token endpoint. */
export const SINGLE_TOKEN_PARAMETERS: ReadonlySet<string> = new Set([
  ...Object.entries(TOKEN_PARAMETERS).flatMap(([name, { repeatable }]) => (repeatable ? [] : [name])),
  ...GRANT_PARAMETERS,
])

/** What may stand once in a request for a login. */
export const AUTHORIZE_PARAMETERS: ReadonlySet<AuthorizeParameter> = new Set<AuthorizeParameter>([
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'audience',
  'resource',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'prompt',
  'max_age',
  'login_hint',
  'organization',
  'session_transfer_token',
])

/** What may stand once in a request to end the session. */
export const LOGOUT_PARAMETERS: ReadonlySet<LogoutParameter> = new Set<LogoutParameter>([
  'id_token_hint',
  'logout_hint',
  'post_logout_redirect_uri',
  'client_id',
  'state',
  'returnTo',
  'federated',
])

/**
 * A parameter without a value counts as omitted (RFC 6749, section 3.2), but not when it stands beside another of the
 * same name: two readers could then disagree about which one counts.
 */
export function collectParameters(fields: readonly Field[], single: ReadonlySet<string>): RequestParameters {
  const seen = new Set<string>()
  const parameters = new Map<string, string[]>()
  for (const [name, value] of fields) {
    if (single.has(name)) {
      if (seen.has(name)) throw invalidRequest(`Parameter must not be repeated: ${name}`)
      seen.add(name)
    }
    if (value === '') continue
    const values = parameters.get(name)
    if (values === undefined) parameters.set(name, [value])
    else values.push(value)
  }
  return parameters
}

/** The one value of a parameter that may not repeat. */
export function getParameter(parameters: RequestParameters, name: ParameterName): string | undefined {
  return parameters.get(name)?.[0]
}

export function requireParameter(parameters: RequestParameters, name: ParameterName): string {
  const value = getParameter(parameters, name)
  if (value === undefined) throw missingParameter(name)
  return value
}

export function missingParameter(name: ParameterName) {
  return invalidRequest(`Missing required parameter: ${name}`)
}

/** The distinct targets. `resource` is read only when there is no `audience`. */
export function requestedAudiences(parameters: RequestParameters): readonly string[] {
  return [...new Set(parameters.get('audience') ?? parameters.get('resource') ?? [])]
}

/** The distinct scopes, in the order in which they were asked for. */
export function requestedScopes(parameters: RequestParameters): readonly string[] {
  const scope = getParameter(parameters, 'scope') ?? ''
  return [...new Set(scope.split(' ').filter((token) => token !== ''))]
}
