import type { Command } from 'commander'
import {
  createEmulator,
  defaultTenant,
  type EmulatorConfig,
  type Listening,
  type TenantConfig,
} from '../emulator/index.js'
import { loadTenants } from './tenant-file/load-tenants.js'
import { UsageError } from './usage-error.js'

interface ServeOptions {
  readonly port: string
  readonly seed?: string
  readonly json?: true
  readonly config?: string
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('run the emulator of the authorization server on loopback, until it is stopped')
    .option('--port <number>', 'the port; 0 for a free one', '0')
    .option('--config <file>', 'tenants from a YAML, JSON, TypeScript or JavaScript file')
    .option('--seed <text>', 'the same keys and identifiers at every start')
    .option('--json', 'print one line of JSON: issuer, endpoints and client credentials')
    .addHelpText(
      'after',
      `
Without --config the tenant is the default one, with test clients, APIs and users. Its secrets are public.
Of several tenants each has a port and an issuer of its own: --port, and those after it.

Example:
  $ onbehalf serve --port 4000

Exit codes: 0 stopped, 2 a mistake in the file, or the port is not free or not a port.`,
    )
    .action(serve)
}

async function serve(options: ServeOptions): Promise<void> {
  const port = Number(options.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError('--port must be from 0 to 65535')
  const tenants = options.config === undefined ? [defaultTenant()] : await loadTenants(options.config)
  const servers: Listening[] = []
  try {
    for (const [index, tenant] of tenants.entries()) {
      servers.push(await serveTenant(tenant, port === 0 ? 0 : port + index, options))
    }
  } catch (error) {
    await Promise.all(servers.map((server) => server.close()))
    throw error
  }
}

async function serveTenant(tenant: TenantConfig, port: number, options: ServeOptions): Promise<Listening> {
  const config: EmulatorConfig = { tenant, ...(options.seed !== undefined && { seed: options.seed }) }
  const listening = await createEmulator(config)
    .listen({ port })
    .catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
      throw new UsageError(`port ${port} is not free (${code})`)
    })
  const stop = (): void => void listening.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)

  const { name, clients, apis } = tenant
  const description = {
    ...(name !== undefined && { tenant: name }),
    issuer: listening.issuer,
    tokenEndpoint: `${listening.url}/oauth/token`,
    jwksUri: `${listening.url}/.well-known/jwks.json`,
    clients: clients.map(({ clientId, clientSecret }) => ({ clientId, clientSecret })),
    audiences: apis.map(({ identifier }) => identifier),
  }
  if (options.json) console.log(JSON.stringify(description))
  else console.log(describe(description))
  return listening
}

function describe(description: {
  readonly tenant?: string
  readonly issuer: string
  readonly tokenEndpoint: string
  readonly clients: readonly { readonly clientId: string; readonly clientSecret: string | undefined }[]
  readonly audiences: readonly string[]
}): string {
  const clients = description.clients.map(({ clientId, clientSecret }) => {
    return `  ${clientId.padEnd(16)} ${clientSecret === undefined ? '(public client)' : `secret ${clientSecret}`}`
  })
  return [
    ...(description.tenant === undefined ? [] : [`tenant          ${description.tenant}`]),
    `issuer          ${description.issuer}`,
    `token endpoint  ${description.tokenEndpoint}`,
    'clients',
    ...clients,
    'APIs',
    ...description.audiences.map((audience) => `  ${audience}`),
    'Stop with Ctrl+C.',
  ].join('\n')
}
