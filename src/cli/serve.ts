import type { Command } from 'commander'
import { createEmulator, defaultTenant, type EmulatorConfig } from '../emulator/index.js'
import { UsageError } from './usage-error.js'

interface ServeOptions {
  readonly port: string
  readonly seed?: string
  readonly control?: true
  readonly json?: true
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('run the emulator of the authorization server on loopback, until it is stopped')
    .option('--port <number>', 'the port; 0 for a free one', '0')
    .option('--seed <text>', 'the same keys and identifiers at every start')
    .option('--control', 'also answer at /__emulator/: a page that shows the exchanges, and controls for tests')
    .option('--json', 'print one line of JSON: issuer, endpoints and client credentials')
    .addHelpText(
      'after',
      `
The tenant is the default one, with test clients, APIs and users. Its secrets are public.

Example:
  $ onbehalf serve --port 4000

Exit codes: 0 stopped, 2 the port is not free or not a port.`,
    )
    .action(serve)
}

async function serve(options: ServeOptions): Promise<void> {
  const port = Number(options.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError('--port must be from 0 to 65535')
  const { seed, control = false } = options
  const config: EmulatorConfig = { control, ...(seed !== undefined && { seed }) }
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

  const { clients, apis } = defaultTenant()
  const description = {
    issuer: listening.issuer,
    tokenEndpoint: `${listening.url}/oauth/token`,
    jwksUri: `${listening.url}/.well-known/jwks.json`,
    ...(control && { inspector: `${listening.url}/__emulator/` }),
    clients: clients.map(({ clientId, clientSecret }) => ({ clientId, clientSecret })),
    audiences: apis.map(({ identifier }) => identifier),
  }
  if (options.json) console.log(JSON.stringify(description))
  else console.log(describe(description))
}

function describe(description: {
  readonly issuer: string
  readonly tokenEndpoint: string
  readonly inspector?: string
  readonly clients: readonly { readonly clientId: string; readonly clientSecret: string | undefined }[]
  readonly audiences: readonly string[]
}): string {
  const clients = description.clients.map(({ clientId, clientSecret }) => {
    return `  ${clientId.padEnd(16)} ${clientSecret === undefined ? '(public client)' : `secret ${clientSecret}`}`
  })
  return [
    `issuer          ${description.issuer}`,
    `token endpoint  ${description.tokenEndpoint}`,
    ...(description.inspector === undefined ? [] : [`inspector       ${description.inspector}`]),
    'clients',
    ...clients,
    'APIs',
    ...description.audiences.map((audience) => `  ${audience}`),
    'Stop with Ctrl+C.',
  ].join('\n')
}
