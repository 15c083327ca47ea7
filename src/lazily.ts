/**
 * Gives a part of this package that is loaded when it is first used, so that an app does not start with it.
 *
 * Callers that come meanwhile share the load; one that failed is begun anew by the next caller.
 */
export function lazily<T>(load: () => Promise<T>): () => T | Promise<T> {
  let part: T | Promise<T> | undefined
  return () =>
    (part ??= load().then(
      (loaded) => (part = loaded),
      (error: unknown) => {
        part = undefined
        throw error
      },
    ))
}
