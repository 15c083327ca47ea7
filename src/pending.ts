/**
 * Whether a value is still to come.
 *
 * To await one that is there already costs a turn of the queue, and an exchange would do so several times.
 */
export function isPending<T extends object>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as Partial<Promise<T>>).then === 'function'
}
