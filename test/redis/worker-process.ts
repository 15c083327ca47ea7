import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Answer, Commands, Setup } from './commands.js'

/** A Node process that has onbehalf, and does what it is told. */
export interface Worker extends Commands {
  readonly stop: () => Promise<void>
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

export async function startWorker(setup: Setup): Promise<Worker> {
  const child = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(setup)], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  await Promise.race([once(child, 'message'), once(child, 'exit').then(ended)])
  const waiting = new Map<number, Waiting>()
  let calls = 0
  child.on('message', (message) => {
    const answer = message as Answer
    const { resolve, reject } = waiting.get(answer.id) ?? {}
    waiting.delete(answer.id)
    if ('error' in answer) reject?.(new Error(answer.error))
    else resolve?.(answer.answer)
  })
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The process has ended.'))
  })

  const tell = (name: keyof Commands, input: unknown): Promise<never> =>
    new Promise((resolve, reject) => {
      const id = calls++
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
      child.send({ id, name, input })
    })

  return {
    exchange: (input) => tell('exchange', input),
    visit: (input) => tell('visit', input),
    call: (input) => tell('call', input),
    async stop() {
      child.disconnect()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

function ended(): never {
  throw new Error('The process ended before it was ready.')
}
