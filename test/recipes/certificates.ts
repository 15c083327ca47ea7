import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface KeyPair {
  readonly cert: string
  readonly key: string
}

/** An authority for one day, and what it signed. */
export interface Authority {
  readonly ca: string
  /** For `localhost` and `tenant.example.com`. */
  readonly server: KeyPair
  /** For the client `mcp-server`. */
  readonly client: KeyPair
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'))
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  }
  const read = (name: string): KeyPair => ({
    cert: readFileSync(join(folder, `${name}.crt`), 'utf8'),
    key: readFileSync(join(folder, `${name}.key`), 'utf8'),
  })
  const sign = (name: string, subject: string, extension: string): KeyPair => {
    writeFileSync(join(folder, 'extensions'), extension)
    openssl('req', ...NEW_KEY, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${subject}`)
    const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1', '-extfile', 'extensions']
    openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, ...by)
    return read(name)
  }
  try {
    openssl(
      'req',
      '-x509',
      ...NEW_KEY,
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
      '-days',
      '1',
      '-subj',
      '/CN=Test authority',
    )
    return {
      ca: read('ca').cert,
      server: sign('server', 'tenant.example.com', 'subjectAltName=DNS:tenant.example.com,DNS:localhost'),
      client: sign('client', 'mcp-server', 'extendedKeyUsage=clientAuth'),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
