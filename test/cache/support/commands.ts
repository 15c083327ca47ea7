import * as fc from 'fast-check'
import { expect, vi } from 'vitest'
import type { Expectation } from './expectation.js'
import { USERS, keyOf, type Inputs, type Reply, type World } from './world.js'

/** The world that a command acts on, and what is expected of it where that can be said. */
export interface Real {
  readonly world: World
  readonly expectation: Expectation | undefined
  /** Counts a command that did something. */
  readonly done: () => void
}

type Command = fc.AsyncCommand<object, Real>
type Pick = number

/** A command that runs at any time; one that finds nothing to act on does nothing and does not count. */
function command(name: string, act: (real: Real) => Promise<boolean> | boolean): Command {
  return {
    check: () => true,
    async run(_model, real) {
      if (!(await act(real))) return
      await rest(real)
      real.world.checkInvariants()
      real.done()
    },
    toString: () => name,
  }
}

function begin({ world, expectation }: Real, inputs: Inputs, isForced: boolean): void {
  const begun = world.call(inputs, isForced)
  expectation?.call(begun, world.clock.now())
}

function call(inputs: Inputs, isForced: boolean): Command {
  return command(`${isForced ? 'forceRefresh' : 'call'}(${keyOf(inputs)})`, (real) => {
    begin(real, inputs, isForced)
    return true
  })
}

/** The same call once more, with its scopes in another order. */
function again(pick: Pick, isForced: boolean): Command {
  return command(`${isForced ? 'forceRefresh' : 'call'} again(${pick})`, (real) => {
    const earlier = chosen(real.world.calls, pick)
    if (!earlier) return false
    const { scope } = earlier.inputs
    const inputs = { ...earlier.inputs, scope: scope?.split(' ').reverse().join(' ') }
    begin(real, inputs, isForced)
    return true
  })
}

/** An earlier call with one part of another. */
function nearly(pick: Pick, part: keyof Inputs, other: Inputs): Command {
  return command(`call nearly(${pick}) with ${part} ${other[part] ?? 'none'}`, (real) => {
    const earlier = chosen(real.world.calls, pick)
    const isExchange = earlier?.inputs.flow === 'exchange'
    if (!earlier || (!isExchange && (part === 'actor' || part === 'organization'))) return false
    const changed = { ...earlier.inputs, [part]: other[part] }
    const inputs = changed.flow === 'exchange' ? changed : { ...changed, organization: undefined, actor: undefined }
    begin(real, inputs, false)
    return true
  })
}

function abort(pick: Pick): Command {
  return command(`abort(${pick})`, ({ world, expectation }) => {
    const open = chosen(world.openCalls, pick)
    if (!open) return false
    world.abort(open)
    expectation?.abort(open)
    return true
  })
}

function answer(pick: Pick, reply: Reply): Command {
  return command(`answer(${pick}, ${JSON.stringify(reply)})`, ({ world, expectation }) => {
    const open = chosen(world.openRequests, pick)
    if (!open) return false
    world.answer(open, reply)
    expectation?.answer(open, reply, world.clock.now())
    return true
  })
}

function advance(seconds: number): Command {
  return command(`advance(${seconds} s)`, ({ world }) => {
    world.clock.advance(seconds * 1000)
    return true
  })
}

function invalidate(pick: Pick): Command {
  return command(`invalidate(${pick})`, async ({ world, expectation }) => {
    const earlier = chosen(
      world.calls.filter(({ inputs }) => inputs.flow === 'on_behalf_of'),
      pick,
    )
    if (!earlier) return false
    expectation?.invalidate(earlier.key)
    await world.invalidate(earlier.inputs)
    return true
  })
}

function chosen<T>(items: readonly T[], pick: Pick): T | undefined {
  return items[pick % items.length]
}

/** Waits until the world is where it is expected to be, and looks whether it stays there. */
async function rest({ world, expectation }: Real): Promise<void> {
  if (!expectation) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    return
  }
  const seen = () => world.calls.filter(({ outcome }) => outcome !== undefined).length + world.requests.length
  const expected = expectation.outcomes.size + expectation.flights.length
  const deadline = performance.now() + 3000
  while (seen() !== expected && performance.now() < deadline) await new Promise((resolve) => setImmediate(resolve))
  await new Promise((resolve) => setImmediate(resolve))
  expect(new Map(world.calls.flatMap(({ id, outcome }) => (outcome ? [[id, outcome]] : [])))).toEqual(
    expectation.outcomes,
  )
  expect(world.requests.map(({ key }) => key)).toEqual(expectation.flights.map(({ key }) => key))
  const waiting = expectation.flights.flatMap(({ waiters }, serial) => (waiters.size > 0 ? [serial] : []))
  expect(world.openRequests.map(({ serial }) => serial)).toEqual(waiting)
}

/** Answers everything: at the end nobody may be left waiting. */
export async function finish({ world }: Real): Promise<void> {
  await vi.waitUntil(
    () => {
      for (const request of world.openRequests)
        world.answer(request, { kind: 'token', expiresIn: 60, isPrivate: false })
      return world.openCalls.length === 0
    },
    { interval: 1, timeout: 5000 },
  )
  world.checkInvariants()
}

const pick = fc.nat(30)
const inputs: fc.Arbitrary<Inputs> = fc
  .record({
    flow: fc.constantFrom<Inputs['flow']>('on_behalf_of', 'exchange'),
    user: fc.constantFrom(...(Object.keys(USERS) as Inputs['user'][])),
    audience: fc.constantFrom('https://a.example.com', 'https://b.example.com'),
    scope: fc.constantFrom('read', 'read write', 'write read', undefined),
    organization: fc.constantFrom(undefined, 'org_1', 'org_2'),
    actor: fc.constantFrom(undefined, 'agent-1', 'agent-2'),
  })
  .map((all) => (all.flow === 'exchange' ? all : { ...all, organization: undefined, actor: undefined }))
const reply: fc.Arbitrary<Reply> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('token' as const),
      expiresIn: fc.constantFrom(0, 20, 30, 31, 60, 600, 3600, 3600, 3600, 3600, undefined),
      isPrivate: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('refused', 'html', 'network') }) },
)
const isForced = fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })

/** Each is chosen as often as it stands here. */
const newCall = fc.tuple(inputs, isForced).map(([all, force]) => call(all, force))
const sameCall = fc.tuple(pick, isForced).map(([number, force]) => again(number, force))
const otherCall = fc
  .tuple(pick, fc.constantFrom('user', 'audience', 'scope', 'organization', 'actor', 'flow'), inputs)
  .map(([number, part, other]) => nearly(number, part, other))
const anAnswer = fc.tuple(pick, reply).map(([number, what]) => answer(number, what))

export const COMMANDS: fc.Arbitrary<Command>[] = [
  newCall,
  otherCall,
  otherCall,
  ...Array<typeof sameCall>(6).fill(sameCall),
  ...Array<typeof anAnswer>(4).fill(anAnswer),
  pick.map(abort),
  pick.map(invalidate),
  fc.constantFrom(1, 15, 29, 30, 31, 170, 1000, 3570).map(advance),
]
