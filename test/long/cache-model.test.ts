import { describe, it } from 'vitest'
import { KINDS, checkCacheModel } from '../cache/support/model.js'

const COMMANDS = 10_000

describe('a cache gives no token to a call that it was not issued for, none too late, and asks no more than it must', () => {
  it.each(Object.entries(KINDS))(`%s, after ${COMMANDS} random commands`, async (_name, kind) => {
    await checkCacheModel(kind, COMMANDS)
  })
})
