import type { Fault } from '../faults/fault.js'
import type { FaultQueue } from '../faults/fault-queue.js'
import { inspectorPage } from '../inspector/inspector-page.js'
import type { Journal } from '../journal/journal.js'
import type { SigningKeys } from '../tokens/keys.js'
import { jsonResponse } from '../http/response.js'
import { ControlError } from './control-error.js'
import { cursorAt, entriesSince } from './cursor.js'
import { streamEvents } from './event-stream.js'
import { requireOwnSite } from './guard.js'
import { invalidInput, readJson, readKeyAction, readResetOptions, readStep } from './read-input.js'
import type { ControlState } from './state.js'

const PREFIX = '/__emulator'

/** What the control endpoints read and change. */
export interface Controlled {
  readonly emulator: {
    readonly issuer: string
    readonly faults: FaultQueue
    readonly now: () => number
    readonly advance: (milliseconds: number) => void
    readonly rotateKeys: () => Promise<void>
    readonly retireKeys: () => Promise<void>
    readonly reset: (options: { readonly keys: boolean }) => void
  }
  readonly journal: () => Journal
  readonly keys: () => Promise<SigningKeys>
}

type Answer = (request: Request) => Response | Promise<Response>

/** Gives undefined for a request to another path. */
export type Control = (request: Request) => Promise<Response> | undefined

/** The controls of an emulator over HTTP, for tests in another process or another language, and its inspector. */
export function createControl(controlled: Controlled): Control {
  const routes = createRoutes(controlled)
  return (request) => {
    const { pathname } = new URL(request.url)
    return pathname === PREFIX || pathname.startsWith(`${PREFIX}/`) ? answer(routes, pathname, request) : undefined
  }
}

type Routes = Readonly<Record<string, Readonly<Record<string, Answer>>>>

function createRoutes(controlled: Controlled): Routes {
  const { emulator, journal } = controlled
  const sendState = async (): Promise<Response> => jsonResponse(200, await describeState(controlled))
  return {
    '': { GET: () => new Response(null, { status: 308, headers: { Location: `${PREFIX}/` } }) },
    '/': { GET: inspectorPage },
    '/state': { GET: sendState },
    '/requests': {
      GET: ({ url }) => {
        const entries = entriesSince(journal(), new URL(url).searchParams.get('since'))
        return jsonResponse(200, { cursor: cursorAt(journal(), journal().entries.at(-1)), requests: entries })
      },
    },
    '/events': {
      GET: ({ url, headers }) =>
        streamEvents(journal(), headers.get('Last-Event-ID') ?? new URL(url).searchParams.get('since')),
    },
    '/faults': {
      POST: async (request) => {
        const fault = await readJson(request)
        // Whatever JSON it is, `push` reads it as such.
        asInput(() => {
          emulator.faults.push(fault as Fault)
        })
        return sendState()
      },
      DELETE: () => {
        emulator.faults.clear()
        return sendState()
      },
    },
    '/clock': {
      POST: async (request) => {
        const step = readStep(await readJson(request))
        asInput(() => {
          emulator.advance(step)
        })
        return sendState()
      },
    },
    '/keys': {
      POST: async (request) => {
        const action = readKeyAction(await readJson(request))
        await (action === 'rotate' ? emulator.rotateKeys() : emulator.retireKeys())
        return sendState()
      },
    },
    '/reset': {
      POST: async (request) => {
        emulator.reset(readResetOptions(await readJson(request)))
        return sendState()
      },
    },
  }
}

async function answer(routes: Routes, pathname: string, request: Request): Promise<Response> {
  try {
    requireOwnSite(request)
    return await selectAnswer(routes, pathname.slice(PREFIX.length), request.method)(request)
  } catch (error) {
    if (!(error instanceof ControlError)) throw error
    return jsonResponse(error.status, error.toBody(), error.headers)
  }
}

function selectAnswer(routes: Routes, path: string, method: string): Answer {
  const methods = Object.hasOwn(routes, path) ? routes[path] : undefined
  if (methods === undefined) throw new ControlError('not_found', `There is nothing at this path below ${PREFIX}/.`)
  const selected = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (selected !== undefined) return selected
  const allow = Object.keys(methods).join(', ')
  throw new ControlError('method_not_allowed', `Allowed here: ${allow}`, { Allow: allow })
}

/** What the function refuses, the caller sent. */
function asInput(change: () => void): void {
  try {
    change()
  } catch (error) {
    throw invalidInput((error as TypeError).message)
  }
}

async function describeState({ emulator, journal, keys }: Controlled): Promise<ControlState> {
  const { publicKeys } = await keys()
  return {
    issuer: emulator.issuer,
    now: emulator.now(),
    keys: publicKeys.keys.map(({ kid = '' }) => kid),
    faults: emulator.faults.pending,
    cursor: cursorAt(journal(), journal().entries.at(-1)),
  }
}
