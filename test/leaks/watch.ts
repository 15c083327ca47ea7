import { inspect } from 'node:util'
import { isTokenExchangeError } from '../../src/errors.js'

/** The word that every secret of the tests holds, in any case, and its base64 by the three ways it can fall. */
const CANARY = /canary|Y2FuYXJ5|NhbmFye|jYW5hcn/i

/** What was written or thrown with a canary in it. */
export interface Watch {
  /** Gives the leaks since the last call, and forgets them. */
  take(): string[]
  stop(): void
}

const CONSOLE_METHODS = ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const
/** As many as a property makes would cost more to show than they tell. */
const MAX_ERRORS = 100

/** What the process writes, and every error of this package, whoever catches it. */
export function watchForCanaries(): Watch {
  const leaks: string[] = []
  const errors: Error[] = []
  const undo: (() => void)[] = []

  function look(where: string, text: string): void {
    const found = CANARY.exec(text)
    if (!found) return
    const from = Math.max(0, found.index - 60)
    leaks.push(`${where}: …${text.slice(from, found.index + 60)}…`)
  }

  function replace<T extends object, K extends keyof T>(target: T, name: K, make: (original: T[K]) => T[K]): void {
    const original = target[name]
    target[name] = make(original)
    undo.push(() => {
      target[name] = original
    })
  }

  for (const method of CONSOLE_METHODS) {
    replace(console, method, (original) => (...args: unknown[]) => {
      look(`console.${method}`, args.map((arg) => (typeof arg === 'string' ? arg : inspect(arg))).join(' '))
      Reflect.apply(original, console, args)
    })
  }
  for (const name of ['stdout', 'stderr'] as const) {
    const stream = process[name]
    const write = stream.write.bind(stream) as (...args: readonly unknown[]) => boolean
    replace(stream, 'write', () => (...args: readonly unknown[]) => {
      look(name, String(args[0]))
      return write(...args)
    })
  }
  const onWarning = (warning: Error): void => {
    look('warning', inspect(warning))
  }
  const onRejection = (reason: unknown): void => {
    look('unhandled rejection', inspect(reason))
  }
  process.on('warning', onWarning).on('unhandledRejection', onRejection)
  undo.push(() => process.off('warning', onWarning).off('unhandledRejection', onRejection))

  // An error that somebody catches is seen nowhere else: its brand tells of it when it is made.
  replace(Object, 'defineProperty', (original) => (target, key, descriptor) => {
    const result = original(target, key, descriptor)
    if (typeof key === 'symbol' && errors.length < MAX_ERRORS && isTokenExchangeError(target)) errors.push(target)
    return result
  })

  return {
    take() {
      for (const error of errors.splice(0)) {
        look('error', `${error.message} ${JSON.stringify(error)} ${inspect(Object.fromEntries(Object.entries(error)))}`)
      }
      return leaks.splice(0)
    },
    stop() {
      for (const step of undo.reverse()) step()
    },
  }
}
