import { createEmulator, defaultTenant, type Listening, type TenantConfig } from '../emulator/index.js'
import { isLoopbackHost } from '../emulator/http/issuer.js'
import { describeServer, drawExample, drawServer } from './served.js'
import { loadTenants } from './tenant-file/load-tenants.js'
import { reportUncaught } from './uncaught.js'
import { UsageError } from './usage-error.js'

/** The options of the command. */
export interface ServeOptions {
  readonly port: string
  readonly host: string
  readonly tls?: boolean
  readonly allowRemote?: boolean
  readonly config?: string
  readonly seed?: string
  readonly control?: true
  readonly json?: true
}

/** Serves each tenant until the process is told to stop. */
export async function serveTenants(options: ServeOptions): Promise<void> {
  const port = readAddress(options)
  const tenants = options.config === undefined ? [defaultTenant()] : await loadTenants(options.config)
  const servers: Listening[] = []
  const closeAll = () => Promise.all(servers.map((server) => server.close()))
  // Whatever else goes on in the process, such as an Action that waits, must not keep it.
  const stop = (): void => {
    process.off('uncaughtException', reportUncaught)
    void closeAll().then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  try {
    for (const [index, tenant] of tenants.entries()) {
      servers.push(await serveTenant(tenant, port === 0 ? 0 : port + index, options))
    }
  } catch (error) {
    await closeAll()
    throw error
  }
  // Not before: what goes wrong at the start has to end it.
  process.on('uncaughtException', reportUncaught)
}

function readAddress({ port, host, allowRemote = false }: ServeOptions): number {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageError('--port must be from 0 to 65535')
  if (!allowRemote && !isLoopbackHost(host)) {
    throw new UsageError(`--host ${host} is not a loopback host, and other machines need --allow-remote`)
  }
  return Number(port)
}

async function serveTenant(tenant: TenantConfig, port: number, options: ServeOptions): Promise<Listening> {
  const { host, tls = false, allowRemote = false, seed, control = false } = options
  const emulator = createEmulator({ tenant, control, ...(seed === undefined ? {} : { seed }) })
  const listening = await emulator.listen({ port, host, tls, allowRemote }).catch((error: unknown) => {
    const { syscall, code } = error as NodeJS.ErrnoException
    if (syscall !== 'listen' && syscall !== 'getaddrinfo') throw error
    throw new UsageError(`cannot listen on ${host}, port ${port} (${code ?? 'unknown error'})`)
  })
  const served = describeServer(listening, tenant, control)
  const example = options.config === undefined ? drawExample(listening.url, served.caFile) : []
  console.log(
    options.json ? JSON.stringify(served) : [...drawServer(served), ...example, 'Stop with Ctrl+C.'].join('\n'),
  )
  return listening
}
