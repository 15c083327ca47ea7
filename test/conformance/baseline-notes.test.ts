import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readBaseline } from '../../conformance/baseline/read.js'
import { requirementOf } from '../../conformance/requirements.js'

const FOLDER = 'conformance/baselines'
/** A level as a note names it, and not as a quote has it. */
const NAMED_LEVELS = /(?<=[.] )(?:MUST|SHOULD|VENDOR)(?=[,;] | as )/g

describe.each(readdirSync(FOLDER))('%s', (file) => {
  const { entries } = readBaseline(`${FOLDER}/${file}`).baseline

  test('says in each note at which level its rule is', () => {
    const named = entries.map(({ requirement, note = '' }) => [requirement, note.match(NAMED_LEVELS)])
    const known = entries.map(({ requirement }) => [requirement, [requirementOf(requirement).level]])
    expect(named).toEqual(known)
  })
})
