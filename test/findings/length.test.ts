import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const FOLDER = import.meta.dirname
const GO_IMPORTS = /^import \([^)]*\)$/m
/** Blank, a comment, an import, or the package that a file of Go is in. */
const NO_CODE = /^\s*(?:$|#|\/\/|import\b|from .* import\b|package\b)/

const scripts = readdirSync(FOLDER).filter((name) => /\.(?:mjs|py|jsh|go)$/.test(name))

test('there is a script of each SDK with a finding of its own', () => {
  expect(scripts).toHaveLength(11)
})

test.each(scripts)('%s has at most ten lines of code, and none that is long', (name) => {
  const text = readFileSync(`${FOLDER}/${name}`, 'utf8').replace(GO_IMPORTS, '')
  const lines = text.split('\n').filter((line) => !NO_CODE.test(line))
  expect(lines.length).toBeLessThanOrEqual(10)
  expect(lines.filter((line) => line.length > 120)).toEqual([])
})
