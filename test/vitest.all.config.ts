import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** The tests that take minutes, for their many seeds and runs, or need a browser or Redis. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: { include: ['test/{long,browser,redis}/**/*.test.ts'], testTimeout: 600_000 },
})
