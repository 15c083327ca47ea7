import { afterAll, afterEach } from 'vitest'
import { watchForCanaries } from './watch.js'

// Every secret of the tests is a canary: whichever test makes one show, fails.
export const watch = watchForCanaries()

afterEach(() => {
  const leaks = watch.take()
  if (leaks.length > 0) throw new Error(`A secret shows in\n${leaks.join('\n')}`)
})

afterAll(() => {
  watch.stop()
})
