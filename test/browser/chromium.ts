import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from 'playwright-core'

const EXECUTABLE = '/usr/bin/chromium'
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Why there can be no test in a browser. */
export const NO_CHROMIUM = existsSync(EXECUTABLE) ? undefined : `there is no ${EXECUTABLE}`

/** A browser with a profile of its own, which is gone after `close()`. */
export interface Chromium {
  readonly context: BrowserContext
  readonly close: () => Promise<void>
}

/** @param flags Of Chromium, beside those that every test has. */
export async function openChromium(flags: readonly string[] = []): Promise<Chromium> {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    headless: true,
    args: [...FLAGS, ...flags],
  })
  const close = async (): Promise<void> => {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
  return { context, close }
}
