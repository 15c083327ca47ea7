import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { REPORTERS } from './support/reporters.js'

/** The tests that take minutes, for their many seeds and runs, need a browser or Redis, or fetch the SDKs of others. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  // The recipes import the package by its name, as whoever takes one does.
  resolve: { tsconfigPaths: true },
  test: {
    include: ['test/{long,browser,redis,runtimes}/**/*.test.ts'],
    reporters: REPORTERS,
    globalSetup: 'test/support/built.ts',
    setupFiles: ['test/leaks/setup.ts', 'test/emulator/setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
