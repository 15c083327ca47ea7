import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it; one that is there is left as it is.
 *
 * The recursive `mkdir` of Node never ends where the parent is there and the system still says that it is not, as below
 * /proc.
 *
 * @throws {Error} The system's, when it cannot be made.
 */
export async function makeFolder(folder: string): Promise<void> {
  const first = await refusalOf(folder)
  if (first === undefined) return
  const above = dirname(folder)
  // Above a drive that is not there is that drive.
  if (first.code !== 'ENOENT' || above === folder) throw first
  await makeFolder(above)
  const second = await refusalOf(folder)
  if (second) throw second
}

async function refusalOf(folder: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(folder)
    return undefined
  } catch (error) {
    return (await isFolder(folder)) ? undefined : (error as NodeJS.ErrnoException)
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
}
