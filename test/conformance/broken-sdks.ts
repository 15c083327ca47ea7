import { adapterNamed, MUTANTS, type Adapter, type AdapterEntry, type Observation } from '../../conformance/index.js'
import { mutate, type MutantHooks } from '../../conformance/mutants/mutant.js'

/** The facade with hooks in it. */
export function brokenSdk(hooks: MutantHooks, name = 'broken'): AdapterEntry {
  return { name, load: async () => mutate(await adapterNamed('onbehalf').load(), hooks).adapter }
}

/** The facade as a mutant of the suite. */
export function mutantSdk(id: string): AdapterEntry {
  const mutant = MUTANTS.find((known) => known.id === id)
  if (!mutant) throw new Error(`no mutant ${id}`)
  return brokenSdk(typeof mutant.hooks === 'function' ? mutant.hooks() : mutant.hooks)
}

/** The facade, whose every `period`th answer to an exchange without an actor also sends half a pair. */
export function flakySdk(period: number): AdapterEntry {
  let calls = 0
  return brokenSdk(
    {
      form: (fields, { actor_token: actor }) => {
        if (actor !== undefined) return fields
        calls += 1
        return calls % period === 0 ? [...fields, ['actor_token_type', 'urn:acme:agent']] : fields
      },
    },
    'flaky',
  )
}

/** The facade with answers that are changed. */
export function answeringSdk(change: (answer: Observation) => Observation): AdapterEntry {
  return {
    name: 'answering',
    async load(): Promise<Adapter> {
      const facade = await adapterNamed('onbehalf').load()
      return { ...facade, perform: async (request, context) => change(await facade.perform(request, context)) }
    },
  }
}
