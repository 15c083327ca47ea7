import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { REPORTERS } from './support/reporters.js'

/** Files that leave nothing behind in their process may share one, which saves half of their time. */
const SHARED = [
  'test/{act,cache,conformance,emulator,findings,flows,input,request,response,scripts,session,structure,tenant,tokens,types,verify}/**/*.test.ts',
]

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  // The recipes import the package by its name, as whoever takes one does.
  resolve: { tsconfigPaths: true },
  test: {
    // One more than there are cores, since some wait: for deadlines, processes and sockets.
    maxWorkers: availableParallelism() + 1,
    reporters: REPORTERS,
    globalSetup: 'test/support/built.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: SHARED,
          isolate: false,
          setupFiles: ['test/leaks/setup.ts', 'test/emulator/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: [...SHARED, 'test/{long,browser,redis,runtimes}/**'],
          setupFiles: ['test/leaks/setup.ts', 'test/emulator/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
