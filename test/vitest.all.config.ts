import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** The tests that take minutes, or need a browser. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: { include: ['test/{long,browser}/**/*.test.ts'], testTimeout: 600_000 },
})
