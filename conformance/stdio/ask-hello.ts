import type { Hello } from '../adapter.js'
import { openConnection } from './connection.js'
import type { Command } from './command.js'

const IGNORED = { onTrouble: () => undefined, onEnd: () => undefined, onPrinted: () => undefined }

/**
 * Starts an adapter for its hello alone.
 *
 * @throws {LifecycleError} When there is none.
 */
export async function askHello(command: Command, helloDeadlineMs = 30_000): Promise<Hello> {
  const connection = await openConnection(
    command,
    { deadlineMs: helloDeadlineMs, helloDeadlineMs, secret: '' },
    IGNORED,
  )
  await connection.close()
  return connection.hello
}
