import { parseArgs, type ParseArgsConfig } from 'node:util'

/** The options of the command line. For --help, or a wrong one, the process ends here. */
export function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: T,
): ReturnType<typeof parseArgs<{ options: T }>>['values'] {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return parseArgs({ options }).values
  } catch (error) {
    return refuse((error as Error).message, usage)
  }
}

/** Says what is wrong with the command line and ends the process. */
export function refuse(problem: string, usage: string): never {
  console.error(`${problem}\n${usage}`)
  process.exit(2)
}
