/**
 * Runs schemathesis over spec/openapi.yaml against `onbehalf serve`: what the emulator answers is what the description
 * says, whatever it is asked.
 *
 * Usage: npm run test:fuzz [-- --seed NUMBER --max-examples NUMBER, or any other option of `schemathesis run`]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { TOKEN_EXCHANGE_GRANT_TYPE } from '../generated/constants.js'
import type { Served } from '../src/cli/served.js'
import { installSchemathesis, Unavailable } from './fuzz/virtual-environment.js'

const ROOT = resolve(import.meta.dirname, '..')
const DEFAULTS = ['--seed', '1', '--max-examples', '200', '--no-color']

process.exitCode = await fuzz().catch((error: unknown) => {
  if (!(error instanceof Unavailable)) throw error
  console.log(`skipped: ${error.message}`)
  return 0
})

async function fuzz(): Promise<number> {
  const schemathesis = await installSchemathesis()
  const server = spawn(process.execPath, ['--import', 'tsx', 'conformance/cli/main.ts', 'serve', '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string]
    const served = JSON.parse(line) as Served
    const config = ['--config-file', join(ROOT, 'scripts/fuzz/schemathesis.toml')]
    const target = ['run', join(ROOT, 'spec/openapi.yaml'), '--url', served.issuer.slice(0, -1)]
    const child = spawn(schemathesis, [...config, ...target, ...DEFAULTS, ...process.argv.slice(2)], {
      // It keeps notes where it runs.
      cwd: dirname(schemathesis),
      env: { ...process.env, FUZZ_ACCESS_TOKEN: await accessToken(served) },
      stdio: 'inherit',
    })
    const [exitCode] = (await once(child, 'exit')) as [number | null]
    return exitCode ?? 1
  } finally {
    server.kill()
  }
}

/** One that /userinfo takes. */
async function accessToken({ tokenEndpoint }: Served): Promise<string> {
  const body = new URLSearchParams({
    grant_type: TOKEN_EXCHANGE_GRANT_TYPE,
    client_id: 'spa',
    subject_token: 'legacy-session:alice',
    subject_token_type: 'urn:acme:legacy-session',
    scope: 'openid profile email',
  })
  const { access_token } = (await (await fetch(tokenEndpoint, { method: 'POST', body })).json()) as {
    readonly access_token: string
  }
  return access_token
}
