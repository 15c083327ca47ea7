import type { Command } from 'commander'
import { createEmulator, defaultTenant, type Listening, type TenantConfig } from '../emulator/index.js'
import { isLoopbackHost } from '../emulator/http/issuer.js'
import { describeServer, drawExample, drawServer } from './served.js'
import { loadTenants } from './tenant-file/load-tenants.js'
import { UsageError } from './usage-error.js'

interface ServeOptions {
  readonly port: string
  readonly host: string
  readonly tls?: boolean
  readonly allowRemote?: boolean
  readonly config?: string
  readonly seed?: string
  readonly control?: true
  readonly json?: true
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('run the emulator of the authorization server on loopback, until it is stopped')
    .option('--port <number>', 'the port; 0 for a free one', '0')
    .option('--host <host>', 'the host to listen on', '127.0.0.1')
    .option('--tls', 'speak https, with a certificate for localhost, 127.0.0.1 and ::1 from a new authority')
    .option('--allow-remote', 'let --host be one that other machines reach')
    .option('--config <file>', 'tenants from a YAML, JSON, TypeScript or JavaScript file')
    .option('--seed <text>', 'the same keys and identifiers at every start')
    .option('--control', 'also answer at /__emulator/: a page that shows the exchanges, and controls for tests')
    .option('--json', 'print one line of JSON: issuer, endpoints, files to trust and client credentials')
    .addHelpText(
      'after',
      `
Without --config the tenant is the default one, with test clients, APIs and users. Its secrets are public.
Of several tenants each has a port and an issuer of its own: --port, and those after it.

With --tls, clients have to trust the authority whose files are printed, and which are removed at the end:
  NODE_EXTRA_CA_CERTS=<file> node ...   curl --cacert <file> ...   java -Djavax.net.ssl.trustStore=<file> ...

Examples:
  $ onbehalf serve --port 4000
  $ onbehalf serve --tls --host localhost --json
  $ onbehalf serve --config tenant.yaml

Exit codes: 0 stopped by SIGTERM, SIGINT or SIGHUP, 2 wrong usage, a mistake in the file, or the address is not free.`,
    )
    .action(serve)
}

async function serve(options: ServeOptions): Promise<void> {
  const port = readAddress(options)
  const tenants = options.config === undefined ? [defaultTenant()] : await loadTenants(options.config)
  const servers: Listening[] = []
  const closeAll = () => Promise.all(servers.map((server) => server.close()))
  // Whatever else goes on in the process, such as an Action that waits, must not keep it.
  const stop = (): void => void closeAll().then(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  try {
    for (const [index, tenant] of tenants.entries()) {
      servers.push(await serveTenant(tenant, port === 0 ? 0 : port + index, options))
    }
  } catch (error) {
    await closeAll()
    throw error
  }
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
