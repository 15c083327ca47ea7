import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** They fetch and build the SDKs of others, which takes minutes and needs Maven, Go, PyPI and npm. */
const FOREIGN = ['test/long/peer-*.test.ts', 'test/long/compiled-*.test.ts']
const isForeign = process.env['FOREIGN_SDKS'] === '1'
if (!isForeign)
  console.log(`Left out without FOREIGN_SDKS=1, since they fetch and build the SDKs of others: ${FOREIGN.join(', ')}`)

/** The tests that take minutes, for their many seeds and runs, or need a browser or Redis. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  // The recipes import the package by its name, as whoever takes one does.
  resolve: { tsconfigPaths: true },
  test: {
    include: ['test/{long,browser,redis,runtimes}/**/*.test.ts'],
    exclude: isForeign ? [] : FOREIGN,
    globalSetup: 'test/support/built.ts',
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
