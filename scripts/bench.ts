/**
 * Measures what the README puts numbers on, side by side in one run.
 *
 * It runs compiled by tsc, as the package is: a loader that transforms on the fly would be measured too.
 */
import { measureActParsing } from './bench/act-parsing.js'
import { measureCache } from './bench/cache.js'
import { measureConformanceStdio } from './bench/conformance-stdio.js'
import { measureConformance } from './bench/conformance.js'
import { measureEmulator } from './bench/emulator.js'
import { measureExchange } from './bench/exchange.js'
import type { Measurement } from './bench/measurement.js'
import { measurePythonSdks } from './bench/python-sdks.js'
import { measureSize } from './bench/size.js'
import { measureVerify } from './bench/verify.js'
import { readOptions, refuse } from './command-line.js'

const PARTS: Readonly<Record<string, () => Measurement[] | Promise<Measurement[]>>> = {
  exchange: measureExchange,
  cache: measureCache,
  verify: measureVerify,
  act: measureActParsing,
  size: measureSize,
  emulator: measureEmulator,
  conformance: measureConformance,
  'conformance-stdio': measureConformanceStdio,
}
/** Only when asked for: they install what is not there. */
const ON_DEMAND: typeof PARTS = { 'python-sdks': measurePythonSdks }

const ALL = { ...PARTS, ...ON_DEMAND }
const USAGE = `Usage: npm run bench -- [--json] [--only NAME ...]

NAME is one of ${Object.keys(ALL).join(', ')}; without --only, all but ${Object.keys(ON_DEMAND).join()} are measured.`

const values = readOptions(USAGE, {
  json: { type: 'boolean', default: false },
  only: { type: 'string', multiple: true, default: Object.keys(PARTS) },
})
const unknown = values.only.find((name) => !Object.hasOwn(ALL, name))
if (unknown !== undefined) refuse(`Nothing to measure is called '${unknown}'`, USAGE)

const measurements: Measurement[] = []
for (const [name, measure] of Object.entries(ALL)) {
  if (!values.only.includes(name)) continue
  measurements.push(...(await measure()))
}

if (values.json) {
  console.log(JSON.stringify(Object.fromEntries(measurements.map(({ name, ...rest }) => [name, rest])), null, 2))
} else {
  for (const { name, value, unit, reach } of measurements) {
    const goal = reach === undefined ? '' : `  (reach ${reach})`
    console.log(`${name.padEnd(52)} ${value.toPrecision(4).padStart(9)} ${unit}${goal}`)
  }
}
