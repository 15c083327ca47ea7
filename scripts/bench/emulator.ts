import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { createEmulator } from '../../src/emulator/index.js'
import { median, type Measurement } from './measurement.js'

const GRANT = { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' }
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const STARTS = 11

type Send = (request: Request) => Promise<Response>

/** How many exchanges the emulator answers, and how soon after its start it answers the first request. */
export async function measureEmulator(): Promise<Measurement[]> {
  const emulator = createEmulator({ seed: 'bench' })
  const listening = await emulator.listen()
  const onBehalfOf = await onBehalfOfExchange(listening.url, emulator.fetch)
  const inProcess = await perSecond(() => onBehalfOf(emulator.fetch))
  const overLoopback = await perSecond(() => onBehalfOf(fetch))
  await listening.close()
  return [
    {
      name: 'emulator, process start to first answer with a seed',
      value: await startUp(),
      unit: 'ms',
      reach: '< 300',
    },
    { name: 'emulator, on-behalf-of exchanges in process', value: inProcess, unit: 'a second' },
    { name: 'emulator, on-behalf-of exchanges over loopback', value: overLoopback, unit: 'a second' },
  ]
}

async function onBehalfOfExchange(url: string, send: Send): Promise<(send: Send) => Promise<void>> {
  const post = async (send: Send, parameters: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ ...GRANT, ...parameters })
    const response = await send(new Request(`${url}/oauth/token`, { method: 'POST', body }))
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as { readonly access_token: string }
  }
  const { access_token: subjectToken } = await post(send, {
    client_id: 'spa',
    subject_token: 'legacy-session:alice',
    subject_token_type: 'urn:acme:legacy-session',
    audience: 'https://mcp.example.com',
  })
  return async (send) => {
    await post(send, {
      client_id: 'mcp-server',
      client_secret: 'mcp-server-secret',
      subject_token: subjectToken,
      subject_token_type: ACCESS_TOKEN,
      requested_token_type: ACCESS_TOKEN,
      audience: 'https://calendar.example.com',
    })
  }
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

/** A whole process, as `onbehalf serve` is started: until it has answered with its keys. */
async function startUp(): Promise<number> {
  const main = resolve(import.meta.dirname, '../../conformance/cli/main.js')
  const times: number[] = []
  for (let round = 0; round < STARTS; round++) {
    const start = performance.now()
    const server = spawn(process.execPath, [main, 'serve', '--seed', 'bench', '--json'])
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string]
    const { jwksUri } = JSON.parse(line) as { readonly jwksUri: string }
    await (await fetch(jwksUri)).json()
    times.push(performance.now() - start)
    const exit = once(server, 'exit')
    server.kill()
    await exit
  }
  return median(times)
}
