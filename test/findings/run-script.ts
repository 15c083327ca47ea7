import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createLoopbackCertificate } from '../../conformance/loopback/certificate.js'
import { openServers, type Posted } from './plain-server.js'

export type { Posted }

const run = promisify(execFile)

/** What a script printed, and what the two servers got from it. */
export interface Shown {
  readonly printed: string
  /** What it wrote to standard error. */
  readonly complained: string
  readonly posted: readonly Posted[]
}

/**
 * Runs the script of one SDK against plain servers.
 *
 * @param scheme https where the SDK takes a domain and no URL.
 * @param commandFor Its command, from the server: a host for https, a URL for http.
 */
export async function runScript(
  scheme: 'http' | 'https',
  commandFor: (server: string) => readonly string[],
): Promise<Shown> {
  const folder = await mkdtemp(join(tmpdir(), 'onbehalf-finding-'))
  const { authority, certificate: cert, key } = await createLoopbackCertificate()
  const caFile = join(folder, 'ca.pem')
  await writeFile(caFile, authority)
  const servers = await openServers(scheme === 'https' ? { key, cert } : undefined)
  const trust = { NODE_EXTRA_CA_CERTS: caFile, SSL_CERT_FILE: caFile }
  const env = { ...process.env, ...trust, AUTHLIB_INSECURE_TRANSPORT: '1', PYTHONDONTWRITEBYTECODE: '1' }
  const [file = '', ...args] = commandFor(scheme === 'https' ? servers.host : servers.url)
  try {
    const running = run(file, args, { env, timeout: 60_000 })
    // JShell reads on there when its script is done.
    running.child.stdin?.end()
    const { stdout, stderr } = await running
    return { printed: stdout, complained: stderr, posted: servers.posted }
  } finally {
    servers.close()
    await rm(folder, { recursive: true, force: true })
  }
}
