import type { User, UserProfile } from '../tenant/users.js'

/** The claims about a user that scopes open (OpenID Connect Core, section 5.4). */
export function profileClaims(
  { identity: { email, email_verified }, profile }: User,
  scopes: readonly string[],
): UserProfile & { readonly email?: string; readonly email_verified?: boolean } {
  return {
    ...(scopes.includes('profile') && profile),
    ...(email !== undefined && scopes.includes('email') && { email, email_verified }),
  }
}
