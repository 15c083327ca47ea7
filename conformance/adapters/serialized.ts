import type { Adapter, AdapterEntry, Hello, Observation, PerformRequest } from '../adapter.js'
import { isAdapterMessage } from '../../generated/validators/adapter-message.js'
import { misfitOf } from '../misfit.js'

/**
 * An adapter of this process that gets and gives its messages as JSON text, as one in another process does.
 *
 * What JSON cannot hold does not pass, and neither does a message that the schema does not know.
 *
 * @param entry The adapter as it is.
 * @example
 * ```ts
 * const report = await runConformance({ sdks: [serialized(adapterNamed('onbehalf'))] })
 * ```
 */
export function serialized(entry: AdapterEntry): AdapterEntry {
  return { ...entry, load: async () => throughJson(await entry.load()) }
}

function throughJson(adapter: Adapter): Adapter {
  return {
    ...adapter,
    async hello() {
      return carried<{ hello: Hello }>({ hello: await adapter.hello() }).hello
    },
    async perform(request, context) {
      const asked = carried<{ request: PerformRequest }>({ request }).request
      return carried<{ observation: Observation }>({ observation: await adapter.perform(asked, context) }).observation
    },
  }
}

function carried<Part extends object>(part: Part): Part {
  const message: unknown = JSON.parse(JSON.stringify({ v: 1, id: 0, ...part }))
  if (!isAdapterMessage(message))
    throw new TypeError(`the ${Object.keys(part).join()} does not fit its schema: ${misfitOf(message)}`)
  return message as unknown as Part
}
