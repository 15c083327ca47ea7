import { expect, test } from 'vitest'
import { withoutStackFrames } from '../../conformance/runner/stack-frames.js'

const BEFORE = Error.stackTraceLimit

function stackOf(error: Error): string | undefined {
  return error.stack
}

test('an error of a case has the stack that its SDK wrote, and no frames', async () => {
  expect(await withoutStackFrames(() => Promise.resolve(stackOf(new TypeError('no'))))).toBe('TypeError: no')
})

test('errors have frames again when the last of several cases has ended, however it ends', async () => {
  expect(BEFORE).toBeGreaterThan(0)
  const ends: (() => void)[] = []
  const cases = [1, 2].map(() => withoutStackFrames(() => new Promise<void>((resolve) => ends.push(resolve))))
  ends[0]?.()
  await cases[0]
  expect(Error.stackTraceLimit).toBe(0)
  ends[1]?.()
  await cases[1]
  expect(Error.stackTraceLimit).toBe(BEFORE)
  await expect(withoutStackFrames(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(Error.stackTraceLimit).toBe(BEFORE)
})
