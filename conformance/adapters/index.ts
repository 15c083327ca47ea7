import type { AdapterEntry } from '../adapter.js'
import { loadAuth0AuthJs } from './auth0-auth-js/adapter.js'
import { loadAuth0ServerJs } from './auth0-server-js/adapter.js'
import { loadAuth0SpaJs } from './auth0-spa-js/adapter.js'
import { loadAuthlib } from './authlib/adapter.js'
import { loadNextjsAuth0 } from './nextjs-auth0/adapter.js'
import { loadNodeAuth0 } from './node-auth0/adapter.js'
import { loadOauth4webapi } from './oauth4webapi/adapter.js'
import { loadMavenAdapter } from './maven.js'
import { onbehalfAdapter } from './onbehalf/adapter.js'
import { loadOpenidClient } from './openid-client/adapter.js'
import { loadPython } from './python.js'
import { loadZitadelOidc } from './zitadel-oidc/adapter.js'

/** The adapters that come with the suite. A peer package that is not installed is skipped with its reason. */
export const adapters: readonly AdapterEntry[] = [
  { name: 'onbehalf', load: async () => Promise.resolve(onbehalfAdapter) },
  { name: 'auth0-auth-js', load: loadAuth0AuthJs },
  { name: 'auth0-server-js', load: loadAuth0ServerJs },
  { name: 'oauth4webapi', load: loadOauth4webapi },
  { name: 'openid-client', load: loadOpenidClient },
]

/** The adapters of packages that are installed when they are named: each needs a registry, and some a language. */
export const foreignAdapters: readonly AdapterEntry[] = [
  { name: 'node-auth0', load: loadNodeAuth0 },
  { name: 'nextjs-auth0', load: loadNextjsAuth0 },
  { name: 'auth0-spa-js', load: loadAuth0SpaJs },
  { name: 'authlib', load: loadAuthlib },
  { name: 'auth0-api-python', load: () => loadPython('auth0-api-python') },
  { name: 'auth0-server-python', load: () => loadPython('auth0-server-python') },
  { name: 'nimbus', load: () => loadMavenAdapter('nimbus') },
  { name: 'spring-security', load: () => loadMavenAdapter('spring-security') },
  { name: 'zitadel-oidc', load: loadZitadelOidc },
]

/**
 * The adapter of a name.
 *
 * @param name As in `adapters` or `foreignAdapters`.
 * @throws {RangeError} When there is none.
 * @example
 * ```ts
 * const adapter = await adapterNamed('onbehalf').load()
 * ```
 */
export function adapterNamed(name: string): AdapterEntry {
  const all = [...adapters, ...foreignAdapters]
  const entry = all.find((known) => known.name === name)
  if (entry) return entry
  throw new RangeError(`no adapter ${JSON.stringify(name)}. There are: ${all.map((known) => known.name).join(', ')}`)
}
