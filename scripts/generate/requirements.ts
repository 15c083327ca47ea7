import { existsSync, readdirSync } from 'node:fs'
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

/** The requirement rows, in file order, with their ids as a type, and the profiles that say which of them count. */
export function requirementsModule(folder: string, schemaFolder: string, profileFolder: string): string {
  const rows: { id: string; area: string }[] = []
  for (const source of readAll(folder, join(schemaFolder, 'RequirementFile.json'))) {
    const { area, requirements } = source.value as { area: string; requirements: { id: string }[] }
    requirements.forEach((row, index) => {
      if (rows.some((known) => known.id === row.id)) {
        throw source.error(['requirements', index], `requirement ${row.id} is there twice`)
      }
      rows.push({ area, ...row })
    })
  }
  // Only ids and areas are types of their own: the texts as types would double the module.
  return [
    `import type { ProfileFile, RequirementFile } from './schemas.js'\n`,
    `/** The id of a row. */`,
    `export type RequirementId = ${union(rows.map(({ id }) => id))}\n`,
    `/** An area of the suite. */`,
    `export type Area = ${union(rows.map(({ area }) => area))}\n`,
    `/** A rule of the suite, with its source. */`,
    `export type Requirement = RequirementFile['requirements'][number] & { readonly id: RequirementId; readonly area: Area }\n`,
    `/** The rows of spec/requirements/. */`,
    `export const REQUIREMENTS: readonly Requirement[] = ${JSON.stringify(rows)}\n`,
    ...profiles(rows, schemaFolder, profileFolder),
  ].join('\n')
}

/** A type of these words, each once. */
function union(words: readonly string[]): string {
  return [...new Set(words)].map((word) => JSON.stringify(word)).join(' | ')
}

interface Profile {
  readonly profile: string
  readonly required: readonly string[]
  readonly not_scored?: readonly { readonly id: string }[]
}

function profiles(rows: readonly { id: string }[], schemaFolder: string, folder: string): string[] {
  if (!existsSync(folder)) return []
  const known = new Set(rows.map(({ id }) => id))
  const all = readAll(folder, join(schemaFolder, 'ProfileFile.json')).map((source) => {
    const profile = source.value as Profile
    const ids = [...profile.required, ...(profile.not_scored ?? []).map(({ id }) => id)]
    for (const id of ids) if (!known.has(id)) throw source.error(['required'], `there is no requirement ${id}`)
    return profile
  })
  return [
    `/** The files of spec/profiles/, the oldest first. */`,
    `export const PROFILES: readonly ProfileFile[] = ${JSON.stringify(all)}\n`,
  ]
}

/** The files of a folder that fit a schema. */
function readAll(folder: string, schemaFile: string): Source[] {
  const validate = compile(readSource(schemaFile))
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const source = readSource(join(folder, file))
      if (validate(source.value)) return source
      const [problem] = validate.errors ?? []
      const path = (problem?.instancePath ?? '')
        .split('/')
        .slice(1)
        .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
      throw source.error(path, `${problem?.instancePath ?? ''} ${problem?.message ?? 'is not valid'}`)
    })
}
