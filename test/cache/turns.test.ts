import { describe, expect, it } from 'vitest'
import { createTurns } from '../../src/cache/turns.js'
import { settle } from './support/calls.js'

/** Steps that say when they begin, and end when the test says so. */
function controlledSteps() {
  const begun: string[] = []
  const end = new Map<string, (error?: Error) => void>()
  const step = (name: string) => () => {
    begun.push(name)
    return new Promise<string>((resolve, reject) => {
      end.set(name, (error) => {
        if (error) reject(error)
        else resolve(name)
      })
    })
  }
  return { begun, end, step }
}

describe('steps in turn', () => {
  it('of one key begin in the order in which they came, each when the one before has ended', async () => {
    const { begun, end, step } = controlledSteps()
    const inTurn = createTurns()
    const first = inTurn('key', step('first'))
    void inTurn('key', step('second'))
    await settle()
    expect(begun).toEqual(['first'])
    end.get('first')?.()
    expect(await first).toBe('first')
    await settle()
    void inTurn('key', step('third'))
    await settle()
    expect(begun).toEqual(['first', 'second'])
    end.get('second')?.()
    await settle()
    expect(begun).toEqual(['first', 'second', 'third'])
  })

  it('of other keys do not wait', async () => {
    const { begun, step } = controlledSteps()
    const inTurn = createTurns()
    void inTurn('a', step('a'))
    void inTurn('b', step('b'))
    await settle()
    expect(begun).toEqual(['a', 'b'])
  })

  it('go on after one that failed', async () => {
    const { begun, end, step } = controlledSteps()
    const inTurn = createTurns()
    const first = inTurn('key', step('first'))
    void inTurn('key', step('second'))
    await settle()
    end.get('first')?.(new Error('down'))
    await expect(first).rejects.toThrow('down')
    await settle()
    expect(begun).toEqual(['first', 'second'])
  })

  it('fail for their caller alone', async () => {
    const unhandled: unknown[] = []
    const listener = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', listener)
    const failing = createTurns()('key', () => Promise.reject(new Error('down')))
    await expect(failing).rejects.toThrow('down')
    await settle()
    process.off('unhandledRejection', listener)
    expect(unhandled).toEqual([])
  })
})
