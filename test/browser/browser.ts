import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

/** Debian's package. */
export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Why no browser can be had, or undefined when one can. */
export const NO_BROWSER = existsSync(CHROMIUM) ? undefined : `there is no Chromium at ${CHROMIUM}`

/** A browser that talks to nobody on its own. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
