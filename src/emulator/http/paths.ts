export const PATHS = {
  openidConfiguration: '/.well-known/openid-configuration',
  oauthMetadata: '/.well-known/oauth-authorization-server',
  keys: '/.well-known/jwks.json',
  token: '/oauth/token',
  userInfo: '/userinfo',
  authorize: '/authorize',
  /** The emulator's own: where its login page sends the choice of a user. */
  login: '/authorize/login',
  oidcLogout: '/oidc/logout',
  logout: '/v2/logout',
  /** For clients that show a certificate (RFC 8705, section 5). */
  mtlsToken: '/mtls/oauth/token',
  mtlsUserInfo: '/mtls/userinfo',
} as const

export function endpoint(issuer: string, path: (typeof PATHS)[keyof typeof PATHS]): string {
  return issuer.slice(0, -1) + path
}
