import type { Command } from 'commander'
import type { ServeOptions } from './serve-tenants.js'

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
    // The emulator takes longer to load than the other commands take to run.
    .action(async (options: ServeOptions) => (await import('./serve-tenants.js')).serveTenants(options))
}
