import type { Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { LIFECYCLE_MUTANTS, MUTANTS, PROPERTIES, VECTORS, listRequirements, type Requirement } from '../index.js'

export function addListCommands(conformance: Command): void {
  conformance
    .command('list')
    .description('list the requirements, area by area')
    .option('--json', 'print the rows as JSON')
    .action(({ json }: { json?: true }) => {
      const rows = listRequirements()
      if (json) console.log(JSON.stringify(rows, null, 2))
      else for (const { level, id, title } of rows) console.log(`${level.padEnd(6)}  ${id.padEnd(36)}  ${title}`)
    })
  conformance
    .command('explain')
    .description('say where a requirement comes from, what checks it, and which broken SDKs prove the check')
    .argument('<id>', 'the id of a requirement')
    .option('--json', 'print the same as JSON')
    .action((id: string, { json }: { json?: true }) => {
      const row = listRequirements().find((requirement) => requirement.id === id)
      if (!row) throw new UsageError(`no requirement ${id}; "onbehalf conformance list" names them all`)
      const explained = { ...row, ...evidenceFor(row) }
      console.log(json ? JSON.stringify(explained, null, 2) : asText(explained))
    })
}

function evidenceFor({ id }: Requirement): Record<'properties' | 'vectors' | 'mutants', string[]> {
  return {
    properties: PROPERTIES.filter(({ requirements }) => requirements.includes(id)).map((property) => property.id),
    vectors: VECTORS.filter(({ requirements }) => requirements.includes(id)).map((vector) => vector.id),
    mutants: [...MUTANTS, ...LIFECYCLE_MUTANTS]
      .filter(({ kills }) => kills.requirement === id)
      .map((mutant) => `${mutant.id}: ${mutant.title}`),
  }
}

function asText(row: Requirement & ReturnType<typeof evidenceFor>): string {
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
