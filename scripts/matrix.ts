/**
 * Runs the conformance matrix and writes its table into the README, or with --check proves that the table is what the
 * last run, the baselines and the adapters make. With --report FILE it takes the report of a run that there was.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { Report } from '../conformance/index.js'
import { readOptions } from './command-line.js'
import { matrixData, type MatrixData } from './matrix/data.js'
import { DATA_FILE, matrixDrift, PAGE } from './matrix/drift.js'
import { withTable } from './matrix/table.js'

const USAGE = `Usage: npm run matrix -- [--check] [--report FILE]

Without options it runs every SDK that the suite knows, which takes minutes.

Options:
  --check        write nothing, and say whether the table is what the last run makes
  --report FILE  take this report of \`onbehalf conformance matrix\` in place of a new run`

const values = readOptions(USAGE, { check: { type: 'boolean', default: false }, report: { type: 'string' } })

if (values.check) {
  const data = JSON.parse(readFileSync(DATA_FILE, 'utf8')) as MatrixData
  const drift = await matrixDrift(data, readFileSync(PAGE, 'utf8'))
  for (const line of drift) console.error(line)
  if (drift.length > 0) {
    console.error('Run `npm run matrix` and commit the result.')
    process.exitCode = 1
  } else console.log(`${PAGE}: the table has ${data.sdks.length} SDKs, as they were run on ${data.date}`)
} else {
  const data = matrixData(JSON.parse(readFileSync(values.report ?? freshReport(), 'utf8')) as Report)
  const options = { ...(await resolveConfig(DATA_FILE)), parser: 'json' }
  writeFileSync(DATA_FILE, await format(JSON.stringify(data), options))
  writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), data))
  console.log(`${PAGE}: the table has ${data.sdks.length} SDKs`)
}

function freshReport(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'matrix-')), 'report.json')
  const command = ['--import', 'tsx', 'conformance/cli/main.ts', 'conformance', 'matrix', '--seed', '1', '--out', file]
  spawnSync(process.execPath, command, { stdio: 'inherit' })
  return file
}
