import type { Handle } from '../app.js'
import { applyFault } from './apply-fault.js'
import { kindOf, type Fault } from './fault.js'
import type { FaultSource } from './fault-queue.js'
import { collectParameters, SINGLE_TOKEN_PARAMETERS, type RequestParameters } from '../http/parameters.js'
import { readFields, readQuery } from '../http/request-body.js'
import { createRequestLog } from '../journal/request-log.js'
import type { Server } from '../server.js'

/** A handler whose answers the faults of a queue spoil. */
export function withFaults(handle: Handle, faults: FaultSource, server: Server): Handle {
  return async (request, options) => {
    const taken = faults.take(request)
    if (taken === undefined) return handle(request, options)
    const { fault } = taken
    server.journal.markFault(request, kindOf(fault))
    if (reachesServer(fault)) return applyFault(taken, request, await handle(request, options))
    const log = { ...createRequestLog(), parameters: await readParameters(request) }
    server.journal.record(request, log, fault.status ?? 0)
    return applyFault(taken, request, undefined)
  }
}

function reachesServer({ reset, status }: Fault): boolean {
  return reset === undefined && status === undefined
}

/** For the journal alone, which tells of a request whatever became of it. */
async function readParameters(request: Request): Promise<RequestParameters | undefined> {
  try {
    const fields = request.method === 'POST' ? await readFields(request) : readQuery(request)
    return collectParameters(fields, SINGLE_TOKEN_PARAMETERS)
  } catch {
    return undefined
  }
}
