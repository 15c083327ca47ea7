import type { User } from '../tenant/users.js'

/** The claims about a user that scopes open (OpenID Connect Core, section 5.4). */
export function profileClaims(
  { name, email }: User,
  scopes: readonly string[],
): { readonly name?: string; readonly email?: string } {
  return {
    ...(name !== undefined && scopes.includes('profile') && { name }),
    ...(email !== undefined && scopes.includes('email') && { email }),
  }
}
