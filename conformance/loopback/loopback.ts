import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLane, type CreateServer, type LoopbackLane } from './lane.js'
import type { ServerCertificate } from './certificate.js'
import type { Impostor } from '../case.js'

/** The wire for SDKs in other processes. */
export interface Loopback {
  readonly lanes: readonly LoopbackLane[]
  /** The authority of the servers' certificate, PEM. Undefined for plain http. */
  readonly caFile: string | undefined
  close(): Promise<void>
}

/**
 * Opens recording servers on 127.0.0.1.
 *
 * @param lanes How many origins.
 * @param scheme With https the authority is written to a file that goes when the servers close.
 */
export async function openLoopback(lanes: number, scheme: 'http' | 'https'): Promise<Loopback> {
  const { createServer, impostors, folder, caFile } = scheme === 'https' ? await secure() : plain()
  const opened: LoopbackLane[] = []
  while (opened.length < lanes) opened.push(await openLane(scheme, createServer, impostors))
  return {
    lanes: opened,
    caFile,
    async close() {
      for (const lane of opened) lane.close()
      if (folder !== undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Prepared {
  readonly createServer: CreateServer
  readonly impostors?: Readonly<Record<Impostor, CreateServer>>
  readonly folder: string | undefined
  readonly caFile: string | undefined
}

function plain(): Prepared {
  return { createServer: () => createHttpServer(), folder: undefined, caFile: undefined }
}

/** What https needs is loaded only for it. */
async function secure(): Promise<Prepared> {
  const { createServer } = await import('node:https')
  const { createLoopbackCertificate } = await import('./certificate.js')
  const own = await createLoopbackCertificate()
  const unknown = await createLoopbackCertificate()
  const folder = await mkdtemp(join(tmpdir(), 'onbehalf-conformance-'))
  const caFile = join(folder, 'ca.pem')
  await writeFile(caFile, own.authority)
  const server =
    ({ certificate, key }: ServerCertificate): CreateServer =>
    () =>
      createServer({ cert: certificate, key })
  return {
    createServer: server(own),
    impostors: { 'unknown-authority': server(unknown), 'other-host': server(own.otherHost) },
    folder,
    caFile,
  }
}
