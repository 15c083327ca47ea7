import { describe, expect, test } from 'vitest'
import { promote, runConformance, type Area, type SdkReport } from '../../conformance/index.js'
import { isVectorFile } from '../../generated/validators/vector-file.js'
import { brokenSdk, mutantSdk } from './broken-sdks.js'

describe('a finding becomes a vector', () => {
  test.each([
    ['auth0-auth-js/case-upper-alias:0:0', 'protected-parameters', 'rejected', ['case-variant-refused']],
    ['auth0-server-js/name-empty:0:0', 'protected-parameters', 'rejected', ['malformed-name-refused']],
    ['auth0-auth-js/actor-type-only:0:0', 'actor-pairing', 'rejected', ['actor-type-has-token']],
  ])('%s', async (token, area, expected, requirements) => {
    const promotion = await promote(token)
    expect(promotion).toMatchObject({ area, vector: { expect: expected, requirements } })
    expect(isVectorFile({ area, vectors: [promotion.vector] }), JSON.stringify(isVectorFile.errors)).toBe(true)
    expect(await promote(token)).toEqual(promotion)
  })

  async function findingsOf(adapter: ReturnType<typeof brokenSdk>, area: Area): Promise<SdkReport['findings']> {
    const { sdks } = await runConformance({ sdks: [adapter], areas: [area], seed: 3, runs: 30 })
    return sdks[0]?.findings ?? []
  }

  test('of a request that must be sent', async () => {
    const adapter = brokenSdk({
      form: (fields) => fields.map(([name, value]) => [name, name.startsWith('X-') ? value.slice(1) : value]),
    })
    const [finding] = await findingsOf(adapter, 'protected-parameters')
    const { vector } = await promote(finding?.replay ?? '', { adapter, id: 'header-like-extra', note: 'A note.' })
    expect(vector).toMatchObject({ id: 'header-like-extra', note: 'A note.', expect: 'sent' })
  })

  test.each(['oldest-first', 'claims-copied-by-assignment', 'recursive-chain'])('of act claims: %s', async (mutant) => {
    const adapter = mutantSdk(mutant)
    for (const { replay: token } of await findingsOf(adapter, 'act-parsing')) {
      const { area, vector } = await promote(token, { adapter })
      expect(area).toBe('act-parsing')
      expect(isVectorFile({ area, vectors: [vector] }), JSON.stringify(isVectorFile.errors)).toBe(true)
    }
  })
})

test('an id that no vector file can hold is refused', async () => {
  await expect(promote('auth0-auth-js/actor-type-only:0:0', { id: 'Bad Id' })).rejects.toThrow(/Bad Id is no id/)
})

test('what fails no rule is no finding', async () => {
  await expect(promote('onbehalf/plain-exchange:0:0')).rejects.toThrow(/fails no rule/)
})
