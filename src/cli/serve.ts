import type { Command } from 'commander'
import { createEmulator, defaultTenant, type EmulatorConfig, type Listening } from '../emulator/index.js'
import { isLoopbackHost } from '../emulator/issuer.js'
import { describeServer, drawServer } from './served.js'
import { UsageError } from './usage-error.js'

interface ServeOptions {
  readonly port: string
  readonly host: string
  readonly tls?: true
  readonly allowRemote?: true
  readonly seed?: string
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
    .option('--seed <text>', 'the same keys and identifiers at every start')
    .option('--json', 'print one line of JSON: issuer, endpoints, files to trust and client credentials')
    .addHelpText(
      'after',
      `
The tenant is the default one, with test clients, APIs and users. Its secrets are public.

With --tls, clients have to trust the authority whose files are printed, and which are removed at the end:
  NODE_EXTRA_CA_CERTS=<file> node ...   curl --cacert <file> ...   java -Djavax.net.ssl.trustStore=<file> ...

Examples:
  $ onbehalf serve --port 4000
  $ onbehalf serve --tls --host localhost --json

Exit codes: 0 stopped by SIGTERM, SIGINT or SIGHUP, 2 wrong usage, or the address is not free.`,
    )
    .action(serve)
}

async function serve(options: ServeOptions): Promise<void> {
  const config: EmulatorConfig = options.seed === undefined ? {} : { seed: options.seed }
  const listening = await listen(config, options)
  // Whatever else goes on in the process, such as an Action that waits, must not keep it.
  const stop = (): void => void listening.close().then(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)

  const served = describeServer(listening, defaultTenant())
  console.log(options.json ? JSON.stringify(served) : drawServer(served))
}

async function listen(config: EmulatorConfig, options: ServeOptions): Promise<Listening> {
  const { host, tls = false, allowRemote = false } = options
  const port = /^\d{1,5}$/.test(options.port) ? Number(options.port) : NaN
  if (!(port <= 65_535)) throw new UsageError('--port must be from 0 to 65535')
  if (!allowRemote && !isLoopbackHost(host)) {
    throw new UsageError(`--host ${host} is not a loopback host, and other machines need --allow-remote`)
  }
  try {
    return await createEmulator(config).listen({ port, host, tls, allowRemote })
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException
    if (syscall === 'listen' || syscall === 'getaddrinfo') {
      throw new UsageError(`cannot listen on ${host}, port ${port} (${code ?? 'unknown error'})`)
    }
    throw error
  }
}
