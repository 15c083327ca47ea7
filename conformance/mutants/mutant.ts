import type { Adapter, ExchangeInput, Observation, PerformContext } from '../adapter.js'
import { decodeForm, encodeForm, type FormFields } from '../form.js'
import type { Reason } from '../oracles/index.js'
import type { RequirementId } from '../requirements.js'

/** Where a working adapter is broken. */
export interface MutantHooks {
  /** Changes what the SDK is given. */
  readonly input?: (input: ExchangeInput) => ExchangeInput
  /** Changes the fields that the SDK sends, knowing what the application gave. */
  readonly form?: (fields: FormFields, input: ExchangeInput) => FormFields
  /** Changes the text of the body. */
  readonly body?: (text: string) => string
  /** Adds headers. */
  readonly headers?: Readonly<Record<string, string>>
  /** Answers in place of the SDK, or changes what it answered. */
  readonly exchange?: (input: ExchangeInput, proceed: () => Promise<Observation>) => Promise<Observation>
  /** Reads the claims in place of the helper, which has answered already. */
  readonly currentActor?: ActHook
  readonly delegationChain?: ActHook
}

/** `ask` puts a question to the unbroken helpers. */
export type ActHook = (
  claims: unknown,
  answer: Observation,
  ask: (op: 'current_actor' | 'delegation_chain') => Promise<Observation>,
) => Observation | Promise<Observation>

/** A broken SDK, and the rule and reason that must find it out. */
export interface Mutant {
  readonly id: string
  /** What is broken, as one sentence. */
  readonly title: string
  readonly kills: { readonly requirement: RequirementId; readonly reason: Reason }
  readonly hooks: MutantHooks
}

/** A change that breaks no rule, so that nothing may find it. */
export interface Control {
  readonly id: string
  readonly title: string
  readonly hooks: MutantHooks
}

/** An adapter with hooks in it, and the witness that they changed something. */
export interface MutatedAdapter {
  readonly adapter: Adapter
  hasApplied(): boolean
}

/** Puts hooks around an adapter. */
export function mutate(original: Adapter, hooks: MutantHooks): MutatedAdapter {
  let applied = false
  let given: ExchangeInput | undefined
  let network: PerformContext['fetch'] | undefined
  function changed<Value>(before: Value, after: Value): Value {
    if (JSON.stringify(before) !== JSON.stringify(after)) applied = true
    return after
  }
  // One function for as long as the adapter lives, as the contract of a context says.
  const fetch: PerformContext['fetch'] = async (url, init) => {
    if (!network) throw new Error('a request outside of any call')
    if (init?.method !== 'POST' || typeof init.body !== 'string') return network(url, init)
    const headers = new Headers(init.headers)
    for (const [name, value] of Object.entries(hooks.headers ?? {})) {
      headers.set(name, value)
      applied = true
    }
    return network(url, { ...init, headers, body: mutateBody(init.body) })
  }
  function mutateBody(text: string): string {
    const fields = decodeForm(new TextEncoder().encode(text))
    if (!fields || !given) return text
    const encoded = hooks.form ? encodeForm(changed(fields, hooks.form(fields, given))) : text
    return hooks.body ? changed(encoded, hooks.body(encoded)) : encoded
  }

  return {
    hasApplied: () => applied,
    adapter: {
      hello: async () => original.hello(),
      async perform(request, context) {
        network = context.fetch
        if (request.op === 'current_actor' || request.op === 'delegation_chain') {
          const ask = async (op: typeof request.op) => original.perform({ ...request, op }, { fetch })
          const answer = await ask(request.op)
          const hook = request.op === 'current_actor' ? hooks.currentActor : hooks.delegationChain
          return hook ? changed(answer, await hook(JSON.parse(request.claims), answer, ask)) : answer
        }
        if (request.op !== 'exchange') return original.perform(request, { fetch })
        const { input } = request
        given = input
        const asked = hooks.input ? changed(input, hooks.input(input)) : input
        let answer: Observation | undefined
        const proceed = async () => (answer = await original.perform({ ...request, input: asked }, { fetch }))
        if (!hooks.exchange) return proceed()
        const result = await hooks.exchange(input, proceed)
        return changed(answer, result) ?? result
      },
    },
  }
}

/** The observation of a made-up refusal. */
export function refusal(message: string): Observation {
  return { outcome: 'rejected', error: { class: 'MutantError', message } }
}

/** The observation of a made-up answer. */
export function answered(value: string | readonly string[] | null): Observation {
  return { outcome: 'value', value }
}
