import { afterEach, vi } from 'vitest'

type App = typeof import('../../src/emulator/app.js')

const { problems } = vi.hoisted(() => ({ problems: [] as string[] }))

// Every response of every emulator that any test makes is compared with the description.
vi.mock('../../src/emulator/app.js', async (importOriginal) => {
  const { createHandler, ...rest } = await importOriginal<App>()
  const checked: App['createHandler'] = (server) => {
    const handle = createHandler(server)
    return async (request, options) => {
      const response = await handle(request, options)
      const { problemsOf } = await import('./description.js')
      problems.push(...(await problemsOf(request, response.clone())))
      return response
    }
  }
  return { ...rest, createHandler: checked }
})

afterEach(() => {
  const found = problems.splice(0)
  if (found.length > 0) throw new Error(`Responses that are not as described\n${found.join('\n')}`)
})
