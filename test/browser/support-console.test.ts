import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium, NO_CHROMIUM } from './chromium.js'
import {
  AGENTS,
  CONSOLE,
  CUSTOMER,
  CUSTOMERS,
  ELSEWHERE,
  createSupportWorld,
  type SupportWorld,
} from './support-world.js'

if (NO_CHROMIUM !== undefined) console.log(`The support console is not tried in a browser: ${NO_CHROMIUM}`)

const SIGNED_OUT = 'Nobody is signed in.'

describe.skipIf(NO_CHROMIUM !== undefined)('a support console in a browser', { timeout: 60_000 }, () => {
  let world: SupportWorld
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let messages: string[]

  beforeAll(async () => {
    world = await createSupportWorld()
    browser = await launchChromium(world.hosts.named)
  })
  beforeEach(async () => {
    context = await browser.newContext()
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
    messages = []
    page.on('console', (message) => messages.push(`${message.text()} ${message.location().url}`))
    page.on('pageerror', (error) => messages.push(String(error)))
  })
  afterEach(async () => {
    await context.close()
    const referrers = world.hosts.arrivals.map(({ headers }) => headers.get('Referer'))
    expect(referrers.filter((referrer) => referrer?.includes('?'))).toEqual([])
  })
  afterAll(async () => {
    await browser.close()
    await world.hosts.close()
  })

  const status = () => page.getByRole('status').innerText()
  const press = (name: string) => page.getByRole('button', { name }).click()
  const paths = (from: number) => world.hosts.arrivals.slice(from).map(({ host, path }) => host + path)

  /** At the login page of the tenant. */
  async function signInAsBob(): Promise<void> {
    await page.goto(CONSOLE)
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.waitForURL(`${AGENTS}authorize?**`)
    await press('Bob')
    await page.waitForURL(CONSOLE)
    expect(await status()).toBe('Hello Bob.')
  }

  async function openSessionOfAlice(): Promise<void> {
    await page.goto(CONSOLE)
    await press('Open the session of Alice')
    await page.waitForURL(CUSTOMER)
    expect(await status()).toBe('Hello Alice. Bob acts for you.')
  }

  /** The address that the console sent the browser to last. */
  function transferUrl(): string {
    const urls = world.hosts.arrivals.map(({ url }) => url)
    return urls.findLast((url) => url.startsWith(`${CUSTOMER}login?session_transfer_token=`)) ?? ''
  }

  it('leads an agent into the session of a customer, which says who acts', async () => {
    await signInAsBob()
    const before = world.hosts.arrivals.length
    await openSessionOfAlice()
    await page.locator('img').evaluate((image: HTMLImageElement) => image.decode())
    expect(paths(before)).toEqual([
      'support.example.com/',
      'support.example.com/support',
      'customer.example.com/login',
      'login.example.com/authorize',
      'customer.example.com/callback',
      'customer.example.com/',
      'elsewhere.example.net/pixel.svg',
    ])
    await page.goto(CONSOLE)
    expect(await status()).toBe('Hello Bob.')
  })

  it('shows the session transfer token to nobody but the two servers that need it', async () => {
    await signInAsBob()
    const before = world.hosts.arrivals.length
    await openSessionOfAlice()
    const token = new URL(transferUrl()).searchParams.get('session_transfer_token') ?? ''
    expect(token.length).toBeGreaterThan(20)
    const shown = [page.url(), await page.content(), await page.evaluate('document.referrer')]
    await page.getByRole('link', { name: 'Help' }).click()
    await page.waitForURL(`${ELSEWHERE}help`)
    await page.goBack()
    shown.push(page.url())
    await page.goBack()
    shown.push(page.url())

    const arrivals = world.hosts.arrivals.slice(before)
    const withToken = arrivals.filter(({ url }) => url.includes(token)).map(({ host, path }) => host + path)
    expect(withToken).toEqual(['customer.example.com/login', 'login.example.com/authorize'])
    const headers = arrivals.map((arrival) => [...arrival.headers].join('\n'))
    const records = [...world.hosts.log, JSON.stringify(world.events), JSON.stringify(world.emulator.requests)]
    expect([...headers, ...records, ...messages, ...shown].filter((text) => String(text).includes(token))).toEqual([])

    const told = arrivals
      .filter(({ host }) => host === 'elsewhere.example.net')
      .map(({ path, headers }) => [path, headers.get('Referer')])
    expect(told.slice(0, 2)).toEqual([
      ['/pixel.svg', CUSTOMER],
      ['/help', CUSTOMER],
    ])
  })

  it('a session transfer works once', async () => {
    await signInAsBob()
    await openSessionOfAlice()
    const second = await browser.newPage()
    await second.goto(transferUrl())
    expect(new URL(second.url()).origin).toBe(new URL(CUSTOMERS).origin)
    expect(await second.getByRole('heading').innerText()).toBe('Sign in')
    await second.goto(CUSTOMER)
    expect(await second.getByRole('status').innerText()).toBe(SIGNED_OUT)
    // What is left is a login like any other.
    await second.goBack()
    await second.getByRole('button', { name: 'Alice' }).click()
    await second.waitForURL(CUSTOMER)
    expect(await second.getByRole('status').innerText()).toBe('Hello Alice.')
    await second.close()

    // Nor where it worked, since a session is there.
    await page.goto(transferUrl())
    expect(await status()).toBe('session_exists')
    await page.goto(CUSTOMER)
    expect(await status()).toBe('Hello Alice. Bob acts for you.')
  })

  it('keeps its cookies from scripts, other sites and plain http', async () => {
    await signInAsBob()
    await openSessionOfAlice()
    expect(await page.evaluate('document.cookie')).toBe('')
    const cookies = await context.cookies([CONSOLE, CUSTOMER])
    const own = { name: '__Host-onbehalf.session.0', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }
    const now = Date.now() / 1000
    expect(cookies.map(({ expires }) => (expires === -1 ? 'browser' : Math.round((expires - now) / 3600)))).toEqual([
      24,
      'browser',
    ])
    expect(cookies).toMatchObject([
      { ...own, domain: 'support.example.com' },
      { ...own, domain: 'customer.example.com' },
    ])
  })

  it('a page of another site cannot open a session', async () => {
    await signInAsBob()
    await page.goto(`${ELSEWHERE}help`)
    const before = world.emulator.requests.length
    await page.setContent(
      `<form method="post" action="${CONSOLE}support"><button name="customer" value="alice">Win</button></form>`,
    )
    await press('Win')
    await page.waitForURL(`${CONSOLE}support`)
    expect(await status()).toBe('cross_site_request')
    expect(world.emulator.requests).toHaveLength(before)
  })

  it('a logout ends the session at the server, and the next login asks again', async () => {
    await signInAsBob()
    // While the session at the server lasts, nobody is asked.
    await context.clearCookies({ domain: 'support.example.com' })
    await page.goto(`${CONSOLE}login`)
    expect([page.url(), await status()]).toEqual([CONSOLE, 'Hello Bob.'])

    const before = world.hosts.arrivals.length
    await press('Sign out')
    await page.waitForURL(CONSOLE)
    expect(await status()).toBe(SIGNED_OUT)
    expect(paths(before)).toEqual([
      'support.example.com/logout',
      'tenant.example.com/oidc/logout',
      'support.example.com/',
    ])
    expect(await context.cookies()).toEqual([])
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.waitForURL(`${AGENTS}authorize?**`)
    expect(await page.getByRole('heading').innerText()).toBe('Sign in')
  })

  it('an agent who has left a session opens the next one, and stays signed in', async () => {
    await signInAsBob()
    await openSessionOfAlice()
    await press('Sign out')
    await page.waitForURL(CUSTOMER)
    expect(await status()).toBe(SIGNED_OUT)
    await openSessionOfAlice()
    await page.goto(CONSOLE)
    expect(await status()).toBe('Hello Bob.')
  })
})
