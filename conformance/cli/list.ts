import type { Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { AREAS, LIFECYCLE_MUTANTS, MUTANTS, PROPERTIES, VECTORS, listRequirements, type Requirement } from '../index.js'
import { areaNamed } from './area.js'
import { vectorsThatCatch } from './careless-sdk.js'

const LIST_HELP = `
Examples:
  onbehalf conformance list
  onbehalf conformance list --area act-parsing leaks
  onbehalf conformance list --json`

const EXPLAIN_HELP = `
Examples:
  onbehalf conformance explain current-actor-is-outermost
  onbehalf conformance explain no-secret-in-url --json

Exit codes: 0 explained, 2 there is no such requirement.`

export function addListCommands(conformance: Command): void {
  conformance
    .command('list')
    .description('list the requirements, area by area')
    .option('--area <name...>', 'only these areas')
    .option('--json', 'print the rows as JSON')
    .addHelpText('after', LIST_HELP)
    .action(({ area, json }: { area?: readonly string[]; json?: true }) => {
      for (const name of area ?? []) areaNamed(name)
      const rows = listRequirements().filter((row) => area?.includes(row.area) ?? true)
      console.log(json ? JSON.stringify(rows, null, 2) : listText(rows))
    })
  conformance
    .command('explain')
    .description('say where a requirement comes from, what checks it, and which broken SDKs prove the check')
    .argument('<id>', 'the id of a requirement')
    .option('--json', 'print the same as JSON')
    .addHelpText('after', EXPLAIN_HELP)
    .action(async (id: string, { json }: { json?: true }) => {
      const row = listRequirements().find((requirement) => requirement.id === id)
      if (!row) throw new UsageError(`no requirement ${id}; "onbehalf conformance list" names them all`)
      const explained = { ...row, ...(await evidenceFor(row)) }
      console.log(json ? JSON.stringify(explained, null, 2) : asText(explained))
    })
}

/** Each area with its rules. What no case checks stands in brackets. */
function listText(rows: readonly Requirement[]): string {
  const lines = AREAS.flatMap((area) => {
    const own = rows.filter((row) => row.area === area)
    const shown = own.map(({ level, id, title, excluded }) => {
      const note = excluded === undefined ? '' : ' (not checked)'
      return `  ${level.padEnd(6)}  ${id.padEnd(36)}  ${title}${note}`
    })
    return own.length === 0 ? [] : ['', area, ...shown]
  })
  return lines.slice(1).join('\n')
}

type Evidence = Record<'properties' | 'vectors' | 'mutants', string[]>

async function evidenceFor({ id }: Requirement): Promise<Evidence> {
  const caught = await vectorsThatCatch(id)
  return {
    properties: PROPERTIES.filter(({ requirements }) => requirements.includes(id)).map((property) => property.id),
    vectors: VECTORS.filter((vector) => vector.requirements.includes(id) || caught.includes(vector.id)).map(
      (vector) => vector.id,
    ),
    mutants: [...MUTANTS, ...LIFECYCLE_MUTANTS]
      .filter(({ kills }) => kills.requirement === id)
      .map((mutant) => `${mutant.id}: ${mutant.title}`),
  }
}

function asText(row: Requirement & Evidence): string {
  const { document, section, url, quote } = row.source
  return [
    `${row.id}  ${row.level}`,
    row.title,
    '',
    `  "${quote}"`,
    `  ${document}${section === undefined ? '' : `, section ${section}`}${url === undefined ? '' : ` <${url}>`}`,
    ...(row.note === undefined ? [] : ['', row.note]),
    ...(row.excluded === undefined ? [] : ['', `Not checked: ${row.excluded}`]),
    '',
    `applies to  SDKs with the capability ${row.capability}`,
    `properties  ${row.properties.join(', ') || 'none'}`,
    `vectors     ${row.vectors.join(', ') || 'none'}`,
    'mutants',
    ...row.mutants.map((mutant) => `  ${mutant}`),
  ].join('\n')
}
