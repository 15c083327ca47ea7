import { beforeAll, describe, expect, test } from 'vitest'
import { adapterNamed } from '../../conformance/adapters/index.js'
import { claimsText } from '../../conformance/arbitraries/act-node.js'
import type { ActorFact } from '../../conformance/case.js'
import { PROPERTIES } from '../../conformance/properties/index.js'
import { isAccident } from '../../conformance/oracles/crash.js'
import { openSession, type Session } from '../../conformance/runner/session.js'
import { VECTORS } from '../../conformance/vectors.js'

test('there are at least 200 vectors', () => {
  expect(VECTORS.length).toBeGreaterThanOrEqual(200)
})

test('a vector or a property can be named by its id alone', () => {
  const ids = [...VECTORS, ...PROPERTIES].map(({ id }) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

const EXPECTED = {
  sent: { requests: 1, outcome: 'tokens' },
  failed: { requests: 1, outcome: 'rejected' },
  rejected: { requests: 0, outcome: 'rejected' },
  answered: { requests: 0, outcome: 'value' },
} as const

describe('every vector is judged by the rules that it names, and the facade keeps them', () => {
  let session: Session
  beforeAll(async () => {
    session = await openSession(await adapterNamed('onbehalf').load())
  })

  // Without a socket there is no certificate.
  const here = VECTORS.filter(({ case: given }) => !('server' in given))

  test.each(here.map((vector) => [vector.id, vector] as const))('%s', async (_id, vector) => {
    const { verdicts, wire, answers, fault } = await session.judge(vector.case)
    expect(fault).toBeUndefined()
    expect(verdicts.filter(({ status }) => status === 'fail')).toEqual([])
    const passed = verdicts.filter(({ status }) => status === 'pass').map(({ requirement }) => requirement)
    expect(passed).toEqual(expect.arrayContaining([...vector.requirements]))
    if (vector.expect === undefined) return
    const { requests, outcome } = EXPECTED[vector.expect]
    expect(wire.exchanges).toHaveLength(requests)
    expect(answers.map(({ observation }) => observation.outcome)).toEqual([outcome])
    for (const { observation } of answers) {
      if (observation.outcome === 'rejected') expect(isAccident(observation.error)).toBe(false)
    }
  })
})

describe('the chain of a vector is what its claims say', () => {
  const acts = VECTORS.flatMap(({ id, case: given }) => (given.kind === 'act' ? [[id, given] as const] : []))

  test.each(acts)('%s', (_id, { claims, chain, end }) => {
    const read = readNodes(JSON.parse(claimsText(claims)))
    expect(read.map((sub) => sub ?? 'malformed')).toEqual(chain.map((fact) => subOf(fact) ?? 'malformed'))
    expect(claimsText(claims).includes('"act":null')).toBe(end === 'null')
  })

  /** A reader of its own: the sub of each node, or undefined when the node is malformed. */
  function readNodes(claims: unknown): (string | undefined)[] {
    const subs: (string | undefined)[] = []
    let holder = claims as { act?: unknown }
    while (Object.hasOwn(holder, 'act') && holder.act !== null) {
      const node = holder.act
      const isObject = typeof node === 'object' && !Array.isArray(node)
      const sub: unknown = isObject && Object.hasOwn(node, 'sub') ? (node as { sub: unknown }).sub : undefined
      subs.push(typeof sub === 'string' && sub.trim() !== '' ? sub : undefined)
      if (!isObject) break
      holder = node
    }
    return subs
  }

  function subOf(fact: ActorFact): string | undefined {
    return 'sub' in fact ? fact.sub : undefined
  }
})
