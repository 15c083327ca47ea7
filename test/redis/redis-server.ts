import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { createInterface } from 'node:readline'

const EXECUTABLE = '/usr/bin/redis-server'
const GIVEN = process.env['REDIS_URL']

/** Why there can be no test with Redis. */
export const NO_REDIS =
  GIVEN !== undefined || existsSync(EXECUTABLE) ? undefined : `there is no ${EXECUTABLE}, and REDIS_URL is not set`
/** Why a test cannot stop Redis. */
export const NO_OWN_REDIS = NO_REDIS ?? (GIVEN === undefined ? undefined : 'the server of REDIS_URL is not one to stop')

/** A server that keeps nothing on disk, on a port of its own; or the one of `REDIS_URL`, which stays as it is. */
export interface RedisServer {
  readonly url: string
  /** Begins it anew, at the same address. */
  start(): Promise<void>
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>
}

export async function startRedis(): Promise<RedisServer> {
  if (GIVEN !== undefined) return { url: GIVEN, start: () => Promise.resolve(), signal: () => Promise.resolve() }
  const port = await freePort()
  let server: ChildProcess

  async function start(): Promise<void> {
    const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', tmpdir()]
    server = spawn(EXECUTABLE, [...place, '--save', '', '--appendonly', 'no'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const { stdout } = server
    if (!stdout) throw new Error('redis-server has no output')
    for await (const line of createInterface(stdout)) {
      if (!line.includes('Ready to accept connections')) continue
      stdout.resume()
      return
    }
    throw new Error('redis-server ended before it was ready')
  }

  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    async signal(name) {
      const ended = name === 'SIGKILL' && server.exitCode === null && server.signalCode === null
      const exit = ended ? once(server, 'exit') : undefined
      server.kill(name)
      await exit
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
