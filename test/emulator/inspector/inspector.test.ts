import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../../src/emulator/index.js'
import { ROOT } from '../../structure/manifest.js'

const emulator = createEmulator({ seed: 'inspector', control: true })
const page = () => emulator.fetch(new Request('http://localhost/__emulator/'))

describe('the inspector page', () => {
  it('runs its own script and style alone, and talks to its own origin alone', async () => {
    const response = await page()
    const policy = response.headers.get('Content-Security-Policy') ?? ''
    const html = await response.text()
    const [, nonce = ''] = /script-src 'nonce-([\w-]+)'/.exec(policy) ?? []
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(policy).toBe(
      `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; img-src data:; ` +
        `base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
    )
    expect(html.match(/<(?:script|style)[^>]*>/g)).toEqual([`<style nonce="${nonce}">`, `<script nonce="${nonce}">`])
  })

  it('has another nonce each time, which is not one of the seed', async () => {
    const nonces = new Set<string>()
    for (let index = 0; index < 3; index++) nonces.add((await page()).headers.get('Content-Security-Policy') ?? '')
    expect(nonces.size).toBe(3)
  })

  it('loads nothing, and has no handler in an attribute', async () => {
    const html = await (await page()).text()
    const markup = html.replaceAll(/<script[^]*?<\/script>/g, '')
    expect(markup).not.toMatch(/\ssrc=|\son\w+=|@import|url\(|style=/)
    expect(markup.match(/href="[^"]*"/g)).toEqual(['href="data:,"'])
  })

  it('has a script that a browser can parse', async () => {
    const [, script = ''] = /<script[^>]*>([^]*)<\/script>/.exec(await (await page()).text()) ?? []
    expect(script).toContain('EventSource')
    expect(ts.transpileModule(script, { reportDiagnostics: true, fileName: 'page.js' }).diagnostics).toEqual([])
  })

  it('is where its name without a slash leads', async () => {
    const { status, headers } = await emulator.fetch(new Request('http://localhost/__emulator'))
    expect([status, headers.get('Location')]).toEqual([308, '/__emulator/'])
  })
})

describe('a function that is sent to the browser stands alone', () => {
  const folder = join(ROOT, 'src/emulator/inspector/page')
  it.each(readdirSync(folder))('%s imports types, and has one function beside types', (file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
    const kept = source.statements.filter((statement) => {
      if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return false
      return !(ts.isImportDeclaration(statement) && statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    })
    expect(kept.map((statement) => ts.SyntaxKind[statement.kind])).toEqual(['FunctionDeclaration'])
    expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b/)
  })
})
