import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import type { Command } from 'commander'
import { packageFile } from '../package-file.js'
import { addAdapterOptions, entriesOf, NAMES, type AdapterOptions } from './adapter-options.js'
import { readBaselines, type BaselineOptions } from './baseline-files.js'
import { addPerformOptions, PERFORM_HELP, performRun, selectionOf, type PerformOptions } from './perform-run.js'

const HELP = `
Examples:
  onbehalf conformance matrix --report-dir reports
  onbehalf conformance matrix --sdk authlib nimbus --seed 7

An SDK is installed into the user's cache folder when it is not there yet: npm, PyPI, Maven Central and the Go module
proxy are asked. One that cannot be had is skipped with its reason, and the exit code is then 3.
`

export function addMatrixCommand(conformance: Command): void {
  addPerformOptions(addAdapterOptions(conformance.command('matrix'), 'all of them'))
    .description('run every check against every SDK that the suite knows, each with its baseline, for one report')
    .option('--no-baseline', 'show every finding, and not only what the baselines do not explain')
    .addHelpText('after', HELP + PERFORM_HELP)
    .action(async (options: AdapterOptions & BaselineOptions & PerformOptions) => {
      selectionOf(options)
      const { sdk = NAMES } = options
      const sdks = await entriesOf({ ...options, sdk })
      const baseline = options.baseline === false ? false : sdk.map(baselineOf).filter((file) => existsSync(file))
      await performRun(options, sdks, readBaselines({ baseline }, sdk))
    })
}

/** The baseline of an SDK that the suite knows, as seen from here: a report names it. */
function baselineOf(name: string): string {
  return relative(process.cwd(), packageFile(`conformance/baselines/${name}.yaml`))
}
