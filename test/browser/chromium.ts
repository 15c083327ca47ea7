import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

/** Debian's package, unless another is named. */
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
/** So that the browser itself talks to nobody. */
const QUIET = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** Why there can be no test in a browser. */
export const NO_CHROMIUM = existsSync(EXECUTABLE) ? undefined : `there is no Chromium at ${EXECUTABLE}`

/** Names that a browser finds at a port of this machine, and trusts there. */
export interface NamedHosts {
  readonly names: readonly string[]
  readonly port: number
}

/** A browser that finds this machine and the hosts that it is given, and nobody else. */
export async function launchChromium(hosts?: NamedHosts): Promise<Browser> {
  const rules = (hosts?.names ?? []).map((name) => `MAP ${name} 127.0.0.1:${hosts?.port}`)
  rules.push('MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1', 'EXCLUDE localhost')
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      ...QUIET,
      `--host-resolver-rules=${rules.join(', ')}`,
      ...(hosts ? ['--ignore-certificate-errors'] : []),
    ],
  })
}
