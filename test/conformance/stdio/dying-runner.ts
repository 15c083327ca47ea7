/** Opens a session with an adapter that hangs, and waits in a case of it. */
import { openSession } from '../../../conformance/runner/session.js'
import { processAdapter } from '../../../conformance/stdio/adapter.js'
import { mutantCommand, ORGANIZATION } from './support.js'

const { words } = mutantCommand('busy-hang')
const session = await openSession(processAdapter({ words }, { deadlineMs: 600_000 }))
process.stdin.once('data', () => process.exit(7))
process.stdout.write('ready\n')
await session.judge(ORGANIZATION)
