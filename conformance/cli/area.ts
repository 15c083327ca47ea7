import { UsageError } from '../../src/cli/usage-error.js'
import { AREAS, type Area } from '../index.js'

/** An area of the command line. */
export function areaNamed(name: string): Area {
  const area = AREAS.find((known) => known === name)
  if (area === undefined) throw new UsageError(`no area ${name}; try ${AREAS.join(', ')}`)
  return area
}
