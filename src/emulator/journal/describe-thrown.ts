/** What was thrown, and where. Never its message, which may hold a token. */
export function describeThrown(error: unknown): string {
  if (!(error instanceof Error)) return 'a value that is no Error'
  const name = /^\w{1,50}$/.test(error.name) ? error.name : 'Error'
  const [, place] = /^ {4}at (?:.*\()?(.+:\d+:\d+)\)?$/m.exec(framesOf(error)) ?? []
  return place === undefined ? name : `${name} at ${place}`
}

function framesOf({ stack = '', message }: Error): string {
  const start = stack.indexOf(message)
  return start === -1 ? '' : stack.slice(start + message.length)
}
