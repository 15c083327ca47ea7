import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { ExchangeCase } from '../../../conformance/case.js'
import { packageFile } from '../../../conformance/package-file.js'
import { openSession, type CaseResult, type Session } from '../../../conformance/runner/session.js'
import { processAdapter, type ProcessOptions } from '../../../conformance/stdio/adapter.js'
import type { Command } from '../../../conformance/stdio/command.js'
import { builtFile } from '../../support/command.js'

export const PLAIN: ExchangeCase = {
  kind: 'exchange',
  input: { subject_token: 'canary-subject', subject_token_type: 'urn:acme:legacy-session' },
}
/** What makes the mutants misbehave. */
export const ORGANIZATION: ExchangeCase = { kind: 'exchange', input: { ...PLAIN.input, organization: 'org_1' } }

/** A mutant's command with a mark that all of its processes inherit. */
export function mutantCommand(way: string, concurrency = 1): Command & { readonly mark: string } {
  const mark = randomUUID()
  const file = packageFile('conformance/mutants/lifecycle/adapter.js')
  return { words: [process.execPath, file, way], env: { MARK: mark, CONCURRENCY: String(concurrency) }, mark }
}

export function facadeCommand(): Command {
  return { words: [process.execPath, builtFile('conformance/adapters/onbehalf/stdio.js')] }
}

/** Why no process can be looked up here, or undefined. */
export const NO_PROC = existsSync('/proc/self/environ') ? undefined : 'there is no /proc here'

/** The live processes with a mark in their environment. */
export function processesWith(mark: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark) && !isZombie(pid)
    } catch {
      return false
    }
  })
}

function isZombie(pid: string): boolean {
  return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

/** Does something in a session that is closed afterwards. */
export async function inSession<Result>(
  command: Command,
  options: ProcessOptions,
  use: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await openSession(processAdapter(command, options))
  try {
    return await use(session)
  } finally {
    await session.close()
  }
}

/** The rules that a case failed, with their reasons. */
export function failuresOf({ verdicts }: Pick<CaseResult, 'verdicts'>): string[] {
  return verdicts.filter(({ status }) => status === 'fail').map(({ requirement, reason }) => `${requirement} ${reason}`)
}
