import { describe, expect, it } from 'vitest'
import { run } from '../scripts/spec-copy.js'

describe.concurrent('a script of package.json', { timeout: 60_000 }, () => {
  it.each(['bench', 'matrix'])('%s answers --help and a wrong option with its usage', async (name) => {
    const script = `scripts/${name}.ts`
    const usage = `Usage: npm run ${name} -- `
    expect(await run(script, ['--help'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(usage) as string,
      stderr: '',
    })
    const wrong = await run(script, ['--wrong'])
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(usage) as string })
    expect(wrong.stderr).toContain(`Unknown option '--wrong'`)
  })

  it('bench measures nothing when it does not know a name', async () => {
    const { exitCode, stdout, stderr } = await run('scripts/bench.ts', ['--only', 'size', '--only', 'siz'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(/^Nothing to measure is called 'siz'\nUsage: /)
  })
})
