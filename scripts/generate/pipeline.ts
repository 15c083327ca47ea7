import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { constantsModule, errorCodesModule } from './constants.js'
import { GENERATED, type Files } from './files.js'
import { requirementsModule } from './requirements.js'
import { lintDescription, readSource, requireOpenApi } from './source.js'
import { descriptionTypes, schemaTypes } from './types.js'
import { validatorModules } from './validators.js'

/**
 * Makes every generated file from the description at `specFile`.
 *
 * The error codes and requirements beside it, where there are any, become modules of their own.
 */
export async function generate(specFile: string): Promise<Files> {
  const description = readSource(specFile)
  requireOpenApi(description)
  const folder = dirname(specFile)

  // What is checked here comes first: the linter, a process of its own, takes the longest by far.
  const files = new Map<string, string>()
  files.set('constants.ts', constantsModule(description))
  if (existsSync(join(folder, 'error-codes.yaml'))) {
    files.set('error-codes.ts', errorCodesModule(readSource(join(folder, 'error-codes.yaml'))))
  }
  if (existsSync(join(folder, 'requirements'))) {
    files.set(
      'requirements.ts',
      requirementsModule(join(folder, 'requirements'), join(folder, 'schemas'), join(folder, 'profiles')),
    )
  }
  await lintDescription(specFile)
  for (const [name, text] of validatorModules(description, join(folder, 'schemas'))) {
    files.set(`validators/${name}.ts`, text)
  }
  files.set('openapi.ts', await descriptionTypes(specFile))
  if (existsSync(join(folder, 'schemas'))) files.set('schemas.ts', await schemaTypes(join(folder, 'schemas')))
  return finish(files)
}

async function finish(files: ReadonlyMap<string, string>): Promise<Files> {
  const style = (await resolveConfig(new URL('../../package.json', import.meta.url))) ?? {}
  const header = `${GENERATED}by \`npm run generate\`. Do not edit.\n\n`
  const finished = new Map<string, string>()
  for (const [name, text] of files) {
    // Nobody reads a validator, and formatting them would take longer than all the rest.
    const isRead = !name.startsWith('validators/')
    finished.set(name, isRead ? await format(header + text, { ...style, parser: 'typescript' }) : header + text)
  }
  return finished
}
