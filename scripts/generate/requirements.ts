import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { readSource, type Source } from './source.js'

function compile(schema: Source): ValidateFunction {
  try {
    return new Ajv2020({ allErrors: false }).compile(schema.value as object)
  } catch (error) {
    throw schema.error([], (error as Error).message)
  }
}

/** The requirement rows, in file order, with their ids as a type. */
export function requirementsModule(folder: string, schemaFolder: string): string {
  const schema = readSource(join(schemaFolder, 'RequirementFile.json'))
  const validate = compile(schema)
  const rows: { id: string }[] = []
  for (const file of readdirSync(folder).sort()) {
    const source = readSource(join(folder, file))
    if (!validate(source.value)) {
      const [problem] = validate.errors ?? []
      const path = (problem?.instancePath ?? '')
        .split('/')
        .slice(1)
        .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
      throw source.error(path, `${problem?.instancePath ?? ''} ${problem?.message ?? 'is not valid'}`)
    }
    const { area, requirements } = source.value as { area: string; requirements: { id: string }[] }
    requirements.forEach((row, index) => {
      if (rows.some((known) => known.id === row.id)) {
        throw source.error(['requirements', index], `requirement ${row.id} is there twice`)
      }
      rows.push({ area, ...row } as { id: string })
    })
  }
  return [
    `/** The rows of spec/requirements/. */`,
    `export const REQUIREMENTS = ${JSON.stringify(rows)} as const\n`,
    `/** The id of a row. */`,
    `export type RequirementId = (typeof REQUIREMENTS)[number]['id']\n`,
    `/** An area of the suite. */`,
    `export type Area = (typeof REQUIREMENTS)[number]['area']\n`,
  ].join('\n')
}
