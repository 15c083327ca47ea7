import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEmulator, type Listening } from '../../src/emulator/index.js'
import { authorize, loginRequest } from '../emulator/authorize/login-support.js'
import { custom, exchange, send } from '../emulator/support.js'
import { launchChromium, NO_CHROMIUM } from './chromium.js'
import { callCalendar, goWrong, openSession } from './stories.js'

if (NO_CHROMIUM !== undefined) console.log(`The inspector is not tried in a browser: ${NO_CHROMIUM}`)

const NOW = Date.parse('2030-01-01T12:34:56Z')
const HOSTILE = `"><img src=x onerror=alert(1)></script><script>alert(2)</script>`

const emulator = createEmulator({
  seed: 'browser',
  issuer: 'https://tenant.example.com',
  control: true,
  now: () => NOW,
})
let listening: Listening
let browser: Browser
let page: Page
let problems: string[]

describe.skipIf(NO_CHROMIUM !== undefined)('the inspector in a browser', () => {
  beforeAll(async () => {
    listening = await emulator.listen()
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await listening.close()
  })
  beforeEach(async () => {
    emulator.reset()
    problems = []
    page = await browser.newPage()
    page.on('console', (message) => problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('dialog', (dialog) => {
      problems.push(dialog.message())
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(`${listening.url}/__emulator/`)) problems.push(request.url())
    })
    await page.goto(`${listening.url}/__emulator/`)
    await page.locator('#connection.live').waitFor()
  })
  afterEach(async () => {
    await page.close()
    expect(problems).toEqual([])
  })

  /** Each line as it reads, once there are so many. */
  async function lines(count: number): Promise<string[]> {
    const summaries = page.locator('#list > .central summary')
    await summaries.nth(count - 1).waitFor()
    return summaries.evaluateAll((all) =>
      all.map((line) => [...line.children].map((cell) => cell.lastChild?.textContent ?? '').join(' | ')),
    )
  }

  async function open(index: number): Promise<void> {
    const line = page.locator('#list > .central').nth(index)
    await line.locator('summary').click()
    await line.locator('.details').waitFor()
  }

  const details = () => page.locator('details[open] .details')

  it('says what to send while there is nothing, with a command that works', async () => {
    expect(await page.locator('#empty').isVisible()).toBe(true)
    const command = await page.locator('#example').innerText()
    const [url = ''] = /http:\S+/.exec(command) ?? []
    const body = [...command.matchAll(/-d (\S+)/g)].map(([, field]) => field).join('&')
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200)
    await lines(1)
    expect(await page.locator('#empty').isVisible()).toBe(false)
  })

  it('lists exchanges and logins as they come, newest first', async () => {
    const time = new Date(NOW).toTimeString().slice(0, 8)
    await callCalendar(emulator)
    await lines(2)
    await openSession(emulator)
    expect(await lines(7)).toEqual([
      [
        '200, not signed in | login | customer-app | https://mcp.example.com | openid tools:call',
        'session transfer token is valid: Single Sign-On failed: Session Transfer Token not found or expired. This may indicate token reuse or expiration.',
        time,
      ].join(' | '),
      `200 | on behalf of | mcp-server | https://calendar.example.com | calendar:read | ${time}`,
      `200 | authorization code | customer-app | openid tools:call | ${time}`,
      `302 | login | customer-app | https://mcp.example.com | openid tools:call | ${time}`,
      `200 | session transfer token | support-console | urn:tenant.example.com:session_transfer | ${time}`,
      `200 | on behalf of | mcp-server | https://calendar.example.com | calendar:read | ${time}`,
      `200 | custom token exchange | spa | https://mcp.example.com | tools:call | ${time}`,
    ])
  })

  it('counts, and shows the other requests when asked to', async () => {
    await goWrong(emulator)
    const [first] = await lines(5)
    expect(first).toMatch(/^503, answer fault \| POST \/oauth\/token \| no client \| /)
    expect(await page.locator('#count').innerText()).toBe('5 exchanges and logins, 3 refused; 1 other requests')
    const other = page.locator('#list > .other')
    expect([await other.count(), await other.isVisible()]).toEqual([1, false])
    await page.getByLabel('Show other requests').check()
    expect(await other.innerText()).toContain('GET /.well-known/jwks.json')
  })

  it('says in the list why a request was refused', async () => {
    await goWrong(emulator)
    await lines(5)
    const reasons = await page.locator('summary .reason').allTextContents()
    expect(reasons).toEqual([
      'failed check client has a grant for the audience: The client has no grant for the audience.',
      'failed check Action allows it: The subject token is not valid.',
      'failed check client authenticates: Client authentication failed',
    ])
  })

  it('names a client that shows its secret in a header', async () => {
    const Authorization = `Basic ${btoa('web-app:web-app-secret')}`
    await exchange(emulator, custom({ client_id: undefined, client_secret: undefined }), { Authorization })
    await lines(1)
    await open(0)
    expect(await details().locator('dl').innerText()).toMatch(/^client\s+web-app$/m)
  })

  it('draws who acts for whom', async () => {
    await openSession(emulator)
    await lines(5)
    await open(1)
    const picture = details().locator('svg')
    expect(await picture.getAttribute('aria-label')).toBe(
      'subject auth0|alice, current actor mcp-server, prior actor auth0|bob',
    )
    expect(await picture.locator('text').allTextContents()).toEqual([
      ...['acts for', 'acted before'],
      ...['subject', 'auth0|alice', 'current actor', 'mcp-server', 'prior actor', 'auth0|bob'],
    ])
    const boxes = await picture.locator('rect').evaluateAll((all) => all.map((box) => box.getBoundingClientRect().top))
    expect(boxes).toEqual(boxes.toSorted((a, b) => a - b))
  })

  it('shows the checks in order with the one that failed, and the request without secrets', async () => {
    await goWrong(emulator)
    await lines(5)
    await open(4)
    expect(await details().locator('.checks li').allInnerTexts()).toEqual(
      ['rate limit', 'well formed', 'grant type', 'client authenticates'].map((words): unknown =>
        expect.stringContaining(words),
      ),
    )
    expect(await details().locator('.failed').innerText()).toMatch(/client authenticates\s*: failed\s+Client auth/)
    const fields = await details().locator('dl').innerText()
    expect(fields).toMatch(/client_secret\s+\[redacted\]/)
    expect(await page.content()).not.toContain('legacy-session:bob')
  })

  it('says why a session transfer ended at the login page', async () => {
    await authorize(emulator, loginRequest({ session_transfer_token: 'unknown' }))
    await lines(1)
    await open(0)
    expect(await details().locator('.failed').innerText()).toMatch(
      /session transfer token is valid\s*: failed\s+Single Sign-On failed: Session Transfer Token not found or expired\./,
    )
  })

  it('starts over at a reset, and finds the emulator again', async () => {
    await callCalendar(emulator)
    await lines(2)
    emulator.reset()
    await page.locator('#empty').waitFor()
    await exchange(emulator, custom())
    expect(await lines(1)).toHaveLength(1)
  })

  it('takes hostile text for text', async () => {
    const parameters = { client_id: HOSTILE, scope: HOSTILE, audience: HOSTILE, grant_type: `a:${HOSTILE}` }
    await exchange(emulator, custom({ ...parameters, [HOSTILE]: 'x' }))
    await send(emulator, `/authorize/${encodeURIComponent(HOSTILE)}`)
    await lines(2)
    await open(0)
    await open(1)
    expect(await page.locator('#list').innerText()).toContain(HOSTILE)
    expect(await page.locator('#list').locator('img, script, [onerror]').count()).toBe(0)
  })

  it('can be used with the keyboard alone', async () => {
    await callCalendar(emulator)
    await lines(2)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.id')).toBe('all')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await details().locator('svg').waitFor()
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
    expect(outline).toBe('solid')
  })

  it.each(['light', 'dark'] as const)('fits a phone, and can be read in %s', async (colorScheme) => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.emulateMedia({ colorScheme })
    await exchange(emulator, custom({ scope: 'x'.repeat(200), client_id: 'y'.repeat(200) }))
    await callCalendar(emulator)
    await lines(3)
    for (const index of [0, 1, 2]) await open(index)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    expect(await page.evaluate(POOR_CONTRASTS)).toEqual([])
  })
})

/** Every text whose contrast to what it stands on is less than 4.5 to 1 (WCAG 2.2, 1.4.3). */
const POOR_CONTRASTS = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  function paint(colors) {
    for (const color of colors) {
      canvas.fillStyle = color
      canvas.fillRect(0, 0, 1, 1)
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
  }
  function luminance(color) {
    const [r, g, b] = color.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  function grounds(element) {
    const own = element.closest('.box')
    const colors = own === null ? [] : [getComputedStyle(own.querySelector('rect')).fill]
    for (let at = element; at !== null; at = at.parentElement) colors.unshift(getComputedStyle(at).backgroundColor)
    return colors
  }
  const texts = [...document.querySelectorAll('body *')].filter(
    (element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
      && !['SCRIPT', 'STYLE', 'title'].includes(element.tagName),
  )
  return texts.flatMap((element) => {
    const style = getComputedStyle(element)
    const color = element instanceof SVGElement ? style.fill : style.color
    const ground = grounds(element)
    const [light, dark] = [luminance(paint(ground)), luminance(paint([...ground, color]))].sort((a, b) => b - a)
    const contrast = (light + 0.05) / (dark + 0.05)
    return contrast >= 4.5 ? [] : [element.textContent + ' ' + contrast]
  })
})()`
