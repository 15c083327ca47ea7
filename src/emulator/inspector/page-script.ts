import { describeEntry } from './page/describe-entry.js'
import { createDrawDelegation } from './page/draw-delegation.js'
import { createElements } from './page/elements.js'
import { createShowDetails } from './page/show-details.js'
import { createShowEntry } from './page/show-entry.js'
import { startInspector, type PageParts } from './page/start-inspector.js'

const PARTS: PageParts = { createElements, describeEntry, createDrawDelegation, createShowDetails, createShowEntry }

/**
 * The script of the page: the text of the functions in `page/`, which therefore use nothing but what they are given and
 * what a browser has.
 */
export function pageScript(): string {
  const parts = Object.entries(PARTS).map(([name, part]) => `${name}: ${String(part)}`)
  // Some loaders of TypeScript wrap functions in a call of __name.
  const script = `'use strict'
{
const __name = (value) => value
;(${String(startInspector)})({
${parts.join(',\n')},
})
}`
  return script.replaceAll('</script', '<\\/script')
}
