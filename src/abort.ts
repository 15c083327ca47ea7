import { TokenExchangeError } from './errors.js'

/** The error for a call whose caller gave up. */
export function abortedError(signal: AbortSignal): TokenExchangeError {
  return new TokenExchangeError('aborted', 'The call was aborted.', { cause: signal.reason })
}

/** Who is to be told of each signal's abort. */
const listeners = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Calls `listener` when the signal aborts, until the function that it gives is called.
 *
 * However many calls a signal serves, one listener is added to it: Node warns of a leak at the eleventh. Unlike with
 * `AbortSignal.any`, nothing stays on a long-lived signal.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  let known = listeners.get(signal)
  if (!known) {
    known = new Set()
    signal.addEventListener('abort', tellAll, { once: true })
    listeners.set(signal, known)
  }
  const others = known.add(listener)
  return () => {
    if (!others.delete(listener) || others.size > 0) return
    signal.removeEventListener('abort', tellAll)
    listeners.delete(signal)
  }
}

function tellAll(this: AbortSignal): void {
  for (const listener of [...(listeners.get(this) ?? [])]) listener()
}
