import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { ONBEHALF } from '../support/command.js'

interface Served {
  readonly tokenEndpoint: string
  readonly inspector?: string
}

/** Serves until the check is done. */
async function serving(args: readonly string[], check: (served: Served) => Promise<void>): Promise<void> {
  const command = [...ONBEHALF, 'serve', '--json', ...args]
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  try {
    for await (const line of createInterface(child.stdout)) {
      await check(JSON.parse(line) as Served)
      break
    }
  } finally {
    child.kill()
    await exited
  }
}

describe('serve', { timeout: 60_000 }, () => {
  it.concurrent('--control prints where the inspector is, whose script is whole', () =>
    serving(['--control'], async ({ inspector = '' }) => {
      const html = await (await fetch(inspector)).text()
      const [, script = ''] = /<script[^>]*>([^]*)<\/script>/.exec(html) ?? []
      expect(() => new Script(script)).not.toThrow()
      expect(script).toContain('startInspector')
      expect((await fetch(new URL('state', inspector))).status).toBe(200)
    }),
  )

  it.concurrent('without --control has neither', () =>
    serving([], async ({ inspector, tokenEndpoint }) => {
      expect(inspector).toBeUndefined()
      expect((await fetch(new URL('/__emulator/', tokenEndpoint))).status).toBe(404)
      expect((await fetch(new URL('/__emulator/state', tokenEndpoint))).status).toBe(404)
    }),
  )
})
