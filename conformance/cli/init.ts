import { constants } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Option, type Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { packageFile } from '../package-file.js'

/** For each language, its template, its files and what runs the adapter. */
const LANGUAGES = {
  ts: { template: 'typescript', files: ['kit.ts', 'adapter.ts'], run: 'npx tsx' },
  python: { template: 'python', files: ['kit.py', 'adapter.py'], run: 'python3' },
} as const

export function addInitCommand(conformance: Command): void {
  conformance
    .command('init')
    .description('write an adapter that works, and the kit that speaks the protocol for it')
    .argument('<folder>', 'where to; no file that is there is overwritten')
    .addOption(new Option('--lang <language>', 'of the adapter').choices(Object.keys(LANGUAGES)).makeOptionMandatory())
    .action(async (folder: string, { lang }: { lang: keyof typeof LANGUAGES }) => {
      const { template, files, run } = LANGUAGES[lang]
      await mkdir(folder, { recursive: true })
      for (const file of files)
        await copy(packageFile(join('conformance/templates', template, file)), join(folder, file))
      const command = `"${run} ${join(folder, files[1])}"`
      console.log(
        [
          `Wrote ${files.map((file) => join(folder, file)).join(' and ')}.`,
          `Put your SDK into ${files[1]}; ${files[0]} speaks the protocol. Then:`,
          '',
          `  npx onbehalf conformance validate-adapter ${command}`,
          `  npx onbehalf conformance run --adapter ${command}`,
        ].join('\n'),
      )
    })
}

async function copy(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL).catch((error: unknown) => {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    throw new UsageError(code === 'EEXIST' ? `${to} is there already` : `cannot write ${to}: ${code}`)
  })
}
