import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Certificates } from './certificates.js'
import { createTrustStore } from './trust-store.js'

/** What clients are to trust, as files, and what it takes to remove them. */
export interface TrustFiles {
  readonly caFile: string
  readonly trustStoreFile: string
  readonly trustStorePassword: string
  readonly remove: () => Promise<void>
}

/** Java's usual one. It is no secret, and neither is what it opens. */
const PASSWORD = 'changeit'
const OWNER_ONLY = { mode: 0o600 }

/** Writes to a new folder that its owner alone can read. */
export async function writeTrustFiles({ pem, der }: Certificates['authority']): Promise<TrustFiles> {
  const trustStore = await createTrustStore(der, PASSWORD)
  const folder = await mkdtemp(join(tmpdir(), 'onbehalf-'))
  const caFile = join(folder, 'ca.pem')
  const trustStoreFile = join(folder, 'trust-store.p12')
  await writeFile(caFile, pem, OWNER_ONLY)
  await writeFile(trustStoreFile, trustStore, OWNER_ONLY)
  return {
    caFile,
    trustStoreFile,
    trustStorePassword: PASSWORD,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
