import type { AdapterEntry } from '../adapter.js'
import { loadAuth0AuthJs } from './auth0-auth-js/adapter.js'
import { loadAuthlib } from './authlib/adapter.js'
import { loadOauth4webapi } from './oauth4webapi/adapter.js'
import { loadMavenAdapter } from './maven.js'
import { onbehalfAdapter } from './onbehalf/adapter.js'
import { loadZitadelOidc } from './zitadel-oidc/adapter.js'

/** The adapters that come with the suite. A peer package that is not installed is skipped with its reason. */
export const adapters: readonly AdapterEntry[] = [
  { name: 'onbehalf', load: async () => Promise.resolve(onbehalfAdapter) },
  { name: 'auth0-auth-js', load: loadAuth0AuthJs },
  { name: 'oauth4webapi', load: loadOauth4webapi },
  { name: 'authlib', onDemand: true, load: loadAuthlib },
  { name: 'nimbus', onDemand: true, load: () => loadMavenAdapter('nimbus') },
  { name: 'spring-security', onDemand: true, load: () => loadMavenAdapter('spring-security') },
  { name: 'zitadel-oidc', onDemand: true, load: loadZitadelOidc },
]

/**
 * The adapter of a name.
 *
 * @param name As in `adapters`.
 * @throws {RangeError} When there is none.
 * @example
 * ```ts
 * const adapter = await adapterNamed('onbehalf').load()
 * ```
 */
export function adapterNamed(name: string): AdapterEntry {
  const entry = adapters.find((known) => known.name === name)
  if (entry) return entry
  throw new RangeError(
    `no adapter ${JSON.stringify(name)}. There are: ${adapters.map((known) => known.name).join(', ')}`,
  )
}
