import { constants } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { UsageError } from '../../src/cli/usage-error.js'
import { makeFolder } from '../make-folder.js'
import { packageFile } from '../package-file.js'

/** For each language, its template and its files, the adapter last, and what is done once and what runs it in its folder. */
const LANGUAGES = {
  ts: {
    template: 'typescript',
    files: ['kit.ts', 'adapter.ts'],
    build: () => 'npm install --save-dev tsx',
    run: (to: string) => `npx tsx ${join(to, 'adapter.ts')}`,
  },
  python: {
    template: 'python',
    files: ['kit.py', 'adapter.py'],
    run: (to: string) => `python3 ${join(to, 'adapter.py')}`,
  },
  java: {
    template: 'java',
    files: ['Kit.java', 'Adapter.java'],
    build: (to: string) => `javac -d ${join(to, 'classes')} ${join(to, 'Kit.java')} ${join(to, 'Adapter.java')}`,
    run: (to: string) => `java -cp ${join(to, 'classes')} Adapter`,
  },
  go: {
    template: 'go',
    files: ['go.mod', 'kit.go', 'adapter.go'],
    build: (to: string) => `go -C ${to} build -o adapter .`,
    run: (to: string) => resolve(to, 'adapter'),
  },
} as const

const HELP = `
Examples:
  onbehalf conformance init --lang python .
  onbehalf conformance init --lang ts adapter

Exit codes: 0 written, 2 a file is there already or cannot be written.`

export function addInitCommand(conformance: Command): void {
  conformance
    .command('init')
    .description('write an adapter that works, and the kit that speaks the protocol for it')
    .argument('<folder>', 'where to; no file that is there is overwritten')
    .addOption(new Option('--lang <language>', 'of the adapter').choices(Object.keys(LANGUAGES)).makeOptionMandatory())
    .addHelpText('after', HELP)
    .action(async (folder: string, { lang }: { lang: keyof typeof LANGUAGES }) => {
      const { template, files, run, ...rest } = LANGUAGES[lang]
      await makeFolder(folder).catch((error: unknown) => {
        throw new UsageError(
          `cannot make the folder ${folder}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`,
        )
      })
      for (const file of files)
        await copy(packageFile(join('conformance/templates', template, file)), join(folder, file))
      const command = `"${run(folder)}"`
      console.log(
        [
          `Wrote ${files.map((file) => join(folder, file)).join(', ')}.`,
          `Put your SDK into ${files.at(-1)}; ${files.at(-2)} speaks the protocol. Then:`,
          '',
          ...('build' in rest ? [`  ${rest.build(folder)}`] : []),
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
