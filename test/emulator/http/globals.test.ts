import { expect, it } from 'vitest'
import { FORM, toForm, custom } from '../support.js'

// Nothing in this file listens before this test: a changed global would look like the original afterwards.
it('importing and serving change no global', async () => {
  const describeGlobals = () => Object.getOwnPropertyDescriptors(globalThis)
  const { Request: request, Response: response, Headers: headers } = globalThis
  const before = describeGlobals()
  const { createEmulator } = await import('../../../src/emulator/index.js')
  const emulator = createEmulator({ seed: 1 })
  const { url, close } = await emulator.listen()
  const reply = await fetch(`${url}/oauth/token`, { method: 'POST', headers: FORM, body: toForm(custom()) })
  await close()
  expect(reply.status).toBe(200)
  expect([Request, Response, Headers].map((now, index) => now === [request, response, headers][index])).toEqual([
    true,
    true,
    true,
  ])
  expect(Object.keys(describeGlobals())).toEqual(Object.keys(before))
  expect(await emulator.fetch(new Request(`${url}/`))).toBeInstanceOf(Response)
})
