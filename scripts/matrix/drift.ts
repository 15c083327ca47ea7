import { existsSync, readFileSync } from 'node:fs'
import { adapters, foreignAdapters, type AdapterEntry } from '../../conformance/index.js'
import { baselineDrift, type MatrixData, type MatrixRow } from './data.js'
import { withTable } from './table.js'

export const DATA_FILE = 'conformance/matrix.json'
export const PAGE = 'README.md'

/** What pins the version of an SDK that is installed on demand. */
const PINS = ['requirements.txt', 'dependencies.json', 'pom.xml', 'go.mod']

/** Where the table of the page is not what the last run, the baselines and the adapters make. */
export async function matrixDrift(data: MatrixData, page: string): Promise<string[]> {
  const entries = [...adapters, ...foreignAdapters]
  const names = entries.map(({ name }) => name)
  const ran = data.sdks.map(({ name }) => name)
  const rows = data.sdks.flatMap((row) => {
    const entry = entries.find(({ name }) => name === row.name)
    return entry ? [{ row, entry }] : []
  })
  return [
    ...(withTable(page, data) === page ? [] : [`${PAGE}: the table is not that of ${DATA_FILE}`]),
    ...names.filter((name) => !ran.includes(name)).map((name) => `${name}: the last run did not have it`),
    ...ran.filter((name) => !names.includes(name)).map((name) => `${name}: there is no such adapter`),
    ...rows.flatMap(({ row }) => baselineDrift(row, `conformance/baselines/${row.name}.yaml`)),
    ...(await Promise.all(rows.map(versionDrift))).flat(),
  ]
}

async function versionDrift({ row, entry }: { row: MatrixRow; entry: AdapterEntry }): Promise<string[]> {
  const [pin] = PINS.map((file) => `conformance/adapters/${row.name}/${file}`).filter((file) => existsSync(file))
  if (pin !== undefined) {
    const isThere = readFileSync(pin, 'utf8')
      .match(/[\w.+-]+/g)
      ?.includes(row.version)
    return isThere ? [] : [`${row.name}: the last run had ${row.version}, and ${pin} has another version`]
  }
  const { version } = (await (await entry.load()).hello()).sdk
  return version === row.version ? [] : [`${row.name}: the last run had ${row.version}, and ${version} is installed`]
}
