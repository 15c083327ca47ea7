import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { AREAS, listRequirements, requirementOf } from '../../conformance/requirements.js'
import { PROPERTIES } from '../../conformance/properties/index.js'
import { VECTORS } from '../../conformance/vectors.js'

const ROWS = listRequirements()

test.each([
  ['no-repeated-parameter', 'MUST'],
  ['core-extra-never-overrides', 'SHOULD'],
  ['extra-never-overrides', 'VENDOR'],
  ['protected-extra-not-dropped-silently', 'VENDOR'],
  ['case-variant-refused', 'VENDOR'],
  ['alias-refused', 'VENDOR'],
  ['malformed-name-refused', 'VENDOR'],
  ['actor-token-has-type', 'MUST'],
  ['actor-type-has-token', 'MUST'],
  ['blank-actor-refused', 'VENDOR'],
  ['current-actor-is-outermost', 'MUST'],
  ['null-act-helpers-agree', 'VENDOR'],
  ['malformed-outermost-refused', 'VENDOR'],
  ['malformed-node-refused', 'VENDOR'],
])('the level of %s is %s', (id, level) => {
  expect(requirementOf(id).level).toBe(level)
})

test('a MUST quotes an RFC', () => {
  const others = ROWS.filter(({ level, source }) => level === 'MUST' && !source.document.startsWith('RFC '))
  expect(others).toEqual([])
})

test('every file in spec/requirements is an area of the reports', () => {
  const texts = readdirSync('spec/requirements').map((file) => readFileSync(`spec/requirements/${file}`, 'utf8'))
  const areas = texts.map((text) => /^area: (.+)$/m.exec(text)?.[1])
  expect(areas.sort()).toEqual([...AREAS].sort())
})

describe('every requirement that is not excluded', () => {
  const checked = ROWS.filter(({ excluded }) => excluded === undefined)

  test.each(checked.map(({ id }) => id))('%s has a vector and a property', (id) => {
    expect(VECTORS.some(({ requirements }) => requirements.includes(id))).toBe(true)
    expect(PROPERTIES.some(({ requirements }) => requirements.includes(id))).toBe(true)
  })
})

test('an unknown id is an error', () => {
  expect(() => requirementOf('no-such-rule')).toThrow(RangeError)
})
