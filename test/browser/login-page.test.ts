import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmulator, defaultTenant, type Listening } from '../../src/emulator/index.js'
import { codeGrant, loginRequest } from '../emulator/authorize/login-support.js'
import { claims, exchange, toForm } from '../emulator/support.js'
import { launchChromium, NO_CHROMIUM } from './chromium.js'

if (NO_CHROMIUM !== undefined) console.log(`The login page is not tried in a browser: ${NO_CHROMIUM}`)

const HOSTILE = `"><script>alert(1)</script>`
const tenant = defaultTenant()
const emulator = createEmulator({
  seed: 'login',
  tenant: { ...tenant, users: [...tenant.users, { userId: 'auth0|mallory', name: HOSTILE }] },
})
let listening: Listening
let browser: Browser

describe.skipIf(NO_CHROMIUM !== undefined)('the login page in a browser', () => {
  beforeAll(async () => {
    listening = await emulator.listen()
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await listening.close()
  })

  /** The app's callback is the emulator's own address, where nothing is: what counts is how the browser gets there. */
  const callback = () => `${listening.url}/callback`

  async function openLogin(): Promise<{ readonly page: Page; readonly problems: readonly string[] }> {
    // Without the cookies of another login.
    const page = await browser.newPage()
    const problems: string[] = []
    page.on('dialog', (dialog) => {
      problems.push(dialog.message())
      void dialog.dismiss()
    })
    await page.goto(`${listening.url}/authorize?${toForm(loginRequest({ redirect_uri: callback() }))}`)
    return { page, problems }
  }

  it.each([
    ['Alice', 'auth0|alice'],
    [HOSTILE, 'auth0|mallory'],
  ])('signs %s in, and the code is worth tokens', async (name, sub) => {
    const { page, problems } = await openLogin()
    await page.getByRole('button', { name }).click()
    await page.waitForURL(`${callback()}?**`)
    const answer = new URL(page.url()).searchParams
    await page.close()
    expect(answer.get('state')).toBe('a state & more')
    const reply = await exchange(emulator, codeGrant(answer.get('code') ?? '', { redirect_uri: callback() }))
    expect(claims(reply, 'id_token')).toMatchObject({ sub, nonce: 'a nonce' })
    expect(problems).toEqual([])
  })

  it('can be used with the keyboard, and fits a phone', async () => {
    const { page } = await openLogin()
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${callback()}?**`)
    const code = new URL(page.url()).searchParams.get('code') ?? ''
    await page.close()
    const reply = await exchange(emulator, codeGrant(code, { redirect_uri: callback() }))
    expect(claims(reply, 'id_token').sub).toBe('auth0|bob')
  })
})
