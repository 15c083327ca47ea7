import { createEmulator } from '../../src/emulator/index.js'
import type { Measurement } from './measurement.js'

const BODY = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  client_id: 'web-app',
  client_secret: 'web-app-secret',
  subject_token: 'legacy-session:alice',
  subject_token_type: 'urn:acme:legacy-session',
  audience: 'https://api.example.com',
}

/** How many exchanges the emulator answers, and how soon it answers the first. */
export async function measureEmulator(): Promise<Measurement[]> {
  const start = performance.now()
  const emulator = createEmulator({ seed: 'bench' })
  const listening = await emulator.listen()
  const exchange = (fetch: (request: Request) => Promise<Response>) => async () => {
    const body = new URLSearchParams(BODY)
    await (await fetch(new Request(`${listening.url}/oauth/token`, { method: 'POST', body }))).json()
  }
  await exchange((request) => fetch(request))()
  const firstAnswer = performance.now() - start
  const inProcess = await perSecond(exchange((request) => emulator.fetch(request)))
  const overLoopback = await perSecond(exchange((request) => fetch(request)))
  await listening.close()
  return [
    { name: 'emulator, start to first answer with a seed', value: firstAnswer, unit: 'ms' },
    { name: 'emulator, exchanges in process', value: inProcess, unit: 'a second' },
    { name: 'emulator, exchanges over loopback', value: overLoopback, unit: 'a second' },
  ]
}

async function perSecond(call: () => Promise<void>): Promise<number> {
  const deadline = performance.now() + 1500
  let count = 0
  while (performance.now() < deadline) {
    await Promise.all(Array.from({ length: 16 }, call))
    count += 16
  }
  return count / 1.5
}
