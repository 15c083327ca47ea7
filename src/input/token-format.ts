import { ACCESS_TOKEN_TYPE, ID_TOKEN_TYPE, JWT_TOKEN_TYPE, REFRESH_TOKEN_TYPE } from '../../generated/constants.js'
import { TokenExchangeError } from '../errors.js'
import { hasControlCharacter, hasLoneSurrogate, isBlank, isPadded, isVisibleAscii } from '../text.js'

const SCHEME = /^(?:bearer|dpop)(?:\s|$)/iu
const LINE_LAYOUT = /[\t\r\n]/g
/** Tokens of these types are compact: a line break in one is a copying mistake. Legacy types may be PEM or XML. */
const COMPACT_TYPES: ReadonlySet<string> = new Set([
  ACCESS_TOKEN_TYPE,
  ID_TOKEN_TYPE,
  REFRESH_TOKEN_TYPE,
  JWT_TOKEN_TYPE,
])

/**
 * Throws when `token` is not what a token of `tokenType` can be. The token itself never gets into the error.
 *
 * @throws {TokenExchangeError} `invalid_token_format`, with `field` and a `reason`: `blank`, `padded`, `scheme`,
 *   `control_character` or `lone_surrogate`.
 * @throws {TypeError} When the token is not a string.
 */
export function checkToken(field: string, token: unknown, tokenType: string): asserts token is string {
  if (typeof token !== 'string') throw new TypeError(`${field} must be a string`)
  if (isVisibleAscii(token) && !SCHEME.test(token)) return
  if (isBlank(token)) throw invalid(field, 'blank', 'is blank')
  if (isPadded(token)) throw invalid(field, 'padded', 'starts or ends with whitespace')
  if (SCHEME.test(token)) throw invalid(field, 'scheme', 'starts with an authorization scheme; pass the token alone')
  if (hasLoneSurrogate(token)) throw invalid(field, 'lone_surrogate', 'is not well-formed Unicode')
  const visible = COMPACT_TYPES.has(tokenType) ? token : token.replace(LINE_LAYOUT, '')
  if (hasControlCharacter(visible)) throw invalid(field, 'control_character', 'contains a control character')
}

function invalid(field: string, reason: string, what: string): TokenExchangeError {
  return new TokenExchangeError('invalid_token_format', `${field} ${what}.`, { field, reason })
}
