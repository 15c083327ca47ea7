import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the package, built from what the checkout holds. */
    readonly built: string
  }
}

const ROOT = resolve(import.meta.dirname, '../..')
const COMPILED = ['generated', 'src', 'conformance']
const LINKED = ['spec', 'conformance', 'node_modules']

/**
 * Builds the package once for all tests, since a process that compiles what it runs takes three times as long to start.
 *
 * Types are checked elsewhere, and what is packed in test/long/package.test.ts.
 */
export async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'onbehalf-built-'))
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  for (const name of LINKED) symlinkSync(join(ROOT, name), join(folder, name))
  await build({
    absWorkingDir: ROOT,
    entryPoints: await sources(),
    outbase: ROOT,
    outdir: join(folder, 'dist'),
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
  })
  provide('built', folder)
  return () => {
    rmSync(folder, { recursive: true })
  }
}

async function sources(): Promise<string[]> {
  const found = await Promise.all(
    COMPILED.map(async (name) => {
      const files = await readdir(join(ROOT, name), { recursive: true })
      return files.filter((file) => /(?<!\.d)\.ts$/.test(file)).map((file) => join(ROOT, name, file))
    }),
  )
  return found.flat()
}
