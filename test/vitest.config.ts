import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { REPORTERS } from './support/reporters.js'

const LONG = 'test/{long,browser,redis,runtimes}/**'
/** Their replies trickle against a deadline, so that what else runs in their process would count. */
const ALONE = ['test/hostile/**/*.test.ts']

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
          include: ['test/**/*.test.ts'],
          exclude: [LONG, ...ALONE],
          // Files leave nothing behind, so that they may share a process, which saves half of their time.
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
          include: ALONE,
          setupFiles: ['test/leaks/setup.ts', 'test/emulator/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
