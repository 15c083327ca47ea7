import type { AdapterEntry } from '../adapter.js'
import { loadAuth0AuthJs } from './auth0-auth-js/adapter.js'
import { loadAuthlib } from './authlib/adapter.js'
import { loadOauth4webapi } from './oauth4webapi/adapter.js'
import { onbehalfAdapter } from './onbehalf/adapter.js'

/** The adapters that come with the suite. A peer package that is not installed is skipped with its reason. */
export const adapters: readonly AdapterEntry[] = [
  { name: 'onbehalf', load: async () => Promise.resolve(onbehalfAdapter) },
  { name: 'auth0-auth-js', load: loadAuth0AuthJs },
  { name: 'oauth4webapi', load: loadOauth4webapi },
]

/** The adapters of packages in other languages, which are installed when they are named. */
export const foreignAdapters: readonly AdapterEntry[] = [{ name: 'authlib', load: loadAuthlib }]

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
