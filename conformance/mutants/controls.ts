import { answered, type Control } from './mutant.js'

/** Changes that keep every rule. When one of them is found, a check asks for more than its rule says. */
export const CONTROLS: readonly Control[] = [
  {
    id: 'other-field-order',
    title: 'The names of the form come in another order.',
    hooks: {
      // Values under one name keep their order, which does count.
      form: (fields) => [...fields].sort(([a], [b]) => (a < b ? 1 : a > b ? -1 : 0)),
    },
  },
  {
    id: 'space-as-percent-20',
    title: 'A space is encoded as %20.',
    hooks: { body: (text) => text.replaceAll('+', '%20') },
  },
  {
    id: 'tracing-header',
    title: 'A header is sent that nobody asked for.',
    hooks: { headers: { 'x-trace-id': 'canary-trace' } },
  },
  {
    id: 'other-error-words',
    title: 'Errors have other words and another class.',
    hooks: {
      exchange: async (_input, proceed) => {
        const answer = await proceed()
        return answer.outcome === 'rejected'
          ? { outcome: 'rejected', error: { class: 'ValueError', message: 'that will not do' } }
          : answer
      },
    },
  },
  {
    id: 'current-actor-from-chain',
    title: 'The current actor is the head of the chain, so that a malformed inner node is an error for both helpers.',
    hooks: {
      currentActor: async (_claims, _answer, ask) => {
        const chain = await ask('delegation_chain')
        return chain.outcome === 'value' && Array.isArray(chain.value)
          ? answered((chain.value[0] as string | undefined) ?? null)
          : chain
      },
    },
  },
  {
    id: 'null-act-is-an-error',
    title: 'Both helpers take a null act for an error.',
    hooks: {
      currentActor: (claims, answer) => refusedWhenNull(claims) ?? answer,
      delegationChain: (claims, answer) => refusedWhenNull(claims) ?? answer,
    },
  },
]

function refusedWhenNull(claims: unknown) {
  return (claims as { act?: unknown }).act === null
    ? ({ outcome: 'rejected', error: { class: 'ActError', message: 'act is null' } } as const)
    : undefined
}
