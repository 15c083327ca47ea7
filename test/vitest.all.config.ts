import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** The tests that take minutes: many seeds, many runs. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: { include: ['test/long/**/*.test.ts'], testTimeout: 600_000 },
})
