import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { renderHtml, renderJunit, runConformance, type Report } from '../../conformance/index.js'
import { HOSTILE, hostileReport } from '../conformance/hostile-report.js'
import { launchChromium, NO_CHROMIUM } from './chromium.js'

describe('the HTML report in a browser', () => {
  beforeEach(({ skip }) => {
    skip(NO_CHROMIUM !== undefined, NO_CHROMIUM)
  })

  const folder = mkdtempSync(join(tmpdir(), 'browser-'))
  let browser: Browser | undefined
  let report: Report
  let hostile: Report
  beforeAll(async () => {
    if (NO_CHROMIUM !== undefined) return
    browser = await launchChromium()
    report = await runConformance({ seed: 7, runs: 2 })
    hostile = await hostileReport()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  /** What a page did beside being shown. */
  interface Watched {
    readonly page: Page
    readonly events: string[]
  }

  async function open(which: Report, options: BrowserContextOptions = {}): Promise<Watched> {
    if (!browser) throw new Error('no browser')
    const file = join(folder, 'report.html')
    writeFileSync(file, renderHtml(which))
    const page = await (await browser.newContext(options)).newPage()
    const events: string[] = []
    page.on('console', (message) => events.push(`console: ${message.text()}`))
    page.on('pageerror', (error) => events.push(`error: ${error.message}`))
    page.on('dialog', (dialog) => events.push(`dialog: ${dialog.message()}`))
    page.on('request', (request) => events.push(`request: ${request.url()}`))
    await page.goto(pathToFileURL(file).href)
    return { page, events }
  }

  it('makes no request, breaks no policy and logs nothing', async () => {
    const { page, events } = await open(report)
    await page.locator('button.must').first().click()
    expect(events).toEqual([`request: ${page.url()}`])
  })

  it('opens a cell by keyboard to the quote, the marked bytes and the replay line, and gives the focus back', async () => {
    const { page } = await open(report)
    const cell = page.getByRole('button', { name: 'auth0-auth-js, actor-type-has-token: fail' })
    await cell.focus()
    await page.keyboard.press('Enter')
    const detail = page.getByRole('dialog', { name: 'actor-type-has-token' })
    await detail.waitFor({ state: 'visible' })
    expect(await detail.locator('blockquote').textContent()).toContain('MUST NOT be included')
    expect(await detail.locator('mark').allTextContents()).toEqual([expect.stringMatching(/^actor_token_type=urn%3A/)])
    expect(await detail.locator('.command').textContent()).toBe(
      'npx onbehalf conformance replay auth0-auth-js/actor-type-only:0:0',
    )
    const focused = page.locator(':focus')
    expect(await focused.textContent()).toBe('Close')
    expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid')
    await page.keyboard.press('Escape')
    await detail.waitFor({ state: 'hidden' })
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe(await cell.getAttribute('aria-label'))
  })

  it('has every cell in the order of the Tab key', async () => {
    const { page } = await open(report)
    // The areas above lead to the cells.
    const stops = await page.locator('.overview, .overview a, td button').count()
    await page.keyboard.press('Tab')
    for (let index = 1; index < stops; index++) await page.keyboard.press('Tab')
    expect(
      await page
        .locator('td button')
        .last()
        .evaluate((element) => element === document.activeElement),
    ).toBe(true)
  })

  it.each(['light', 'dark'] as const)(
    'is read at 360 pixels, %s: nothing is cut, and text stands out',
    async (colorScheme) => {
      const { page } = await open(report, { viewport: { width: 360, height: 740 }, colorScheme })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
      await page.locator('button.minor').first().click()
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll('[popover]:popover-open, [popover]:popover-open *')]
          .filter((element) => element.getBoundingClientRect().right > innerWidth)
          .map(({ outerHTML }) => outerHTML.slice(0, 80)),
      )
      expect(wide).toEqual([])
      const looks = await page.evaluate(() =>
        [
          ...document.querySelectorAll(
            'body, button.pass, button.must, button.minor, button.none, .soft, mark, [popover]',
          ),
        ].map((element) => {
          const solid = (start: Element | null): string => {
            for (let at = start; at; at = at.parentElement) {
              const color = getComputedStyle(at).backgroundColor
              if (color !== 'rgba(0, 0, 0, 0)') return color
            }
            return 'rgb(255, 255, 255)'
          }
          return {
            name: `${element.tagName}.${element.className}`,
            text: getComputedStyle(element).color,
            back: solid(element),
          }
        }),
      )
      // WCAG 2.2, success criterion 1.4.3.
      expect(looks.filter(({ text, back }) => contrast(text, back) < 4.5)).toEqual([])
    },
  )

  it('leads from an area to its rules', async () => {
    const { page } = await open(report)
    await page.getByRole('link', { name: 'sessions' }).click()
    const area = page.locator('#area-sessions')
    await area.waitFor({ state: 'visible' })
    const top = await area.evaluate((row) => row.getBoundingClientRect().top)
    expect(top).toBeGreaterThan(0)
    expect(top).toBeLessThan(300)
  })

  it('prints the matrix and every finding, and no passed cell', async () => {
    const { page } = await open(report, { viewport: { width: 794, height: 1123 } })
    await page.emulateMedia({ media: 'print' })
    const findings = report.sdks.flatMap((sdk) => sdk.findings)
    expect(await page.locator('.command:visible').count()).toBe(findings.length)
    expect(await page.locator('[popover].quiet:visible').count()).toBe(0)
    expect(await page.getByText('Close', { exact: true }).locator('visible=true').count()).toBe(0)
    expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(10_000)
  })

  it('shows hostile texts as texts', async () => {
    const { page, events } = await open(hostile)
    await page.locator('td button').last().click()
    expect(events).toEqual([`request: ${page.url()}`])
    expect(await page.title()).toBe('Token exchange conformance')
    expect(await page.locator('script, img, iframe, [onerror], [onmouseover]').count()).toBe(0)
    expect(await page.locator('.sdks b').first().textContent()).toContain(HOSTILE.slice(0, 60))
    const hrefs = await page
      .locator('a:not([href^="#"])')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol))
    expect(new Set(hrefs)).toEqual(new Set(['https:']))
  })

  it('a strict parser of XML reads the JUnit report', async () => {
    const { page } = await open(report)
    for (const which of [report, hostile]) {
      const read = await page.evaluate((text) => {
        const parsed = new DOMParser().parseFromString(text, 'application/xml')
        return {
          broken: parsed.querySelector('parsererror')?.textContent,
          suites: parsed.querySelectorAll('testsuite').length,
        }
      }, renderJunit(which))
      expect(read).toEqual({ broken: undefined, suites: which.sdks.length + 1 })
    }
  })
})

/** WCAG 2.2: the contrast ratio of two opaque colours. */
function contrast(a: string, b: string): number {
  const [bright = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (bright + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
    const value = Number(part) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
