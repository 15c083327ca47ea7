import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { PROFILES } from '../../generated/requirements.js'
import { AREAS, isLifecycle, listRequirements, requirementOf } from '../../conformance/requirements.js'
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
  ['blank-subject-refused', 'VENDOR'],
  ['padded-subject-refused', 'VENDOR'],
  ['prefixed-subject-refused', 'VENDOR'],
  ['lifetime-not-invented', 'VENDOR'],
  ['stt-not-applicable-accepted', 'SHOULD'],
  ['result-act-claims-checked', 'MUST'],
  ['at-jwt-not-read', 'MUST'],
  ['access-token-not-read', 'VENDOR'],
  ['credentials-stay-at-origin', 'MUST'],
  ['no-secret-in-message', 'MUST'],
  ['no-secret-in-stack', 'MUST'],
  ['no-secret-printed', 'MUST'],
])('the level of %s is %s', (id, level) => {
  expect(requirementOf(id).level).toBe(level)
})

test('a MUST quotes an RFC or OpenID Connect', () => {
  const others = ROWS.filter(
    ({ level, source }) => level === 'MUST' && !/^(?:RFC \d+|OpenID Connect)/.test(source.document),
  )
  expect(others).toEqual([])
})

test.each(ROWS)('the quote of $id has no word that a line of the file broke', ({ source }) => {
  expect(source.quote).not.toMatch(/\w- \w/)
})

test('every file in spec/requirements is an area of the reports', () => {
  const texts = readdirSync('spec/requirements').map((file) => readFileSync(`spec/requirements/${file}`, 'utf8'))
  const areas = texts.map((text) => /^area: (.+)$/m.exec(text)?.[1])
  expect(areas.sort()).toEqual([...AREAS].sort())
})

describe('every requirement that is not excluded', () => {
  // What a process does is checked by every case.
  const checked = ROWS.filter(({ id, excluded }) => excluded === undefined && !isLifecycle(id))

  test.each(checked.map(({ id }) => id))('%s has a vector or a property', (id) => {
    const checks = [...VECTORS, ...PROPERTIES].filter(({ requirements }) => requirements.includes(id))
    expect(checks.length).toBeGreaterThan(0)
  })
})

test('an unknown id is an error', () => {
  expect(() => requirementOf('no-such-rule')).toThrow(RangeError)
})

test('the newest profile says of every requirement whether it counts, and why not', () => {
  const profile = PROFILES.at(-1)
  const named = [...(profile?.required ?? []), ...(profile?.not_scored ?? []).map(({ id }) => id)]
  expect([...named].sort()).toEqual(ROWS.map(({ id }) => id).sort())
  const excluded = ROWS.filter(({ excluded: reason }) => reason !== undefined).map(({ id }) => id)
  expect((profile?.not_scored ?? []).map(({ id }) => id)).toEqual(excluded)
})
