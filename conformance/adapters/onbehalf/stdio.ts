/** The facade behind standard input and output, as an SDK in another process is. */
import type { PerformRequest } from '../../adapter.js'
import { serve } from '../../templates/typescript/kit.js'
import { onbehalfAdapter } from './adapter.js'

// One function for as long as the process lives.
const { fetch } = globalThis

serve({
  hello: { ...(await onbehalfAdapter.hello()), concurrency: 8 },
  perform: async (request) => onbehalfAdapter.perform(request as unknown as PerformRequest, { fetch }),
})
