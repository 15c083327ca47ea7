import type { Observation, WireCall } from '../adapter.js'
import type { HookedCall, Mutant, MutantHooks } from './mutant.js'

/** Keeps answers under a key that lacks something. */
function cacheBy(keyOf: (request: WireCall) => unknown): () => MutantHooks {
  return () => {
    const kept = new Map<string, Observation>()
    return {
      perform: async ({ request }, proceed) => {
        const key = JSON.stringify([request.op, keyOf(request)])
        const known = kept.get(key)
        if (known) return known
        const answer = await proceed()
        if (answer.outcome === 'tokens') kept.set(key, answer)
        return answer
      },
    }
  }
}

/** Lets calls at the same time share an answer under a key that lacks something. */
function coalesceBy(keyOf: (request: WireCall) => unknown): () => MutantHooks {
  return () => {
    const inFlight = new Map<string, Promise<Observation>>()
    return {
      perform: ({ request }: HookedCall, proceed) => {
        const key = JSON.stringify([request.op, keyOf(request)])
        const shared =
          inFlight.get(key) ??
          proceed().finally(() => {
            inFlight.delete(key)
          })
        inFlight.set(key, shared)
        return shared
      },
    }
  }
}

function inputWithout({ input }: WireCall, ...names: string[]): unknown {
  return Object.entries(input).filter(([name]) => !names.includes(name))
}

const kills = { requirement: 'no-token-of-another-call', reason: 'token-of-another-call' } as const

/** Mutants that keep a token for the wrong call. */
export const CACHE_MUTANTS: readonly Mutant[] = [
  {
    id: 'cache-without-subject',
    title: 'The cache does not know whose token it is.',
    kills,
    hooks: cacheBy((request) => inputWithout(request, 'subject_token', 'access_token')),
  },
  {
    id: 'cache-without-audience',
    title: 'The cache does not know what a token is for.',
    kills,
    hooks: cacheBy((request) => inputWithout(request, 'audience')),
  },
  {
    id: 'cache-without-scope',
    title: 'The cache does not know the scope of a token.',
    kills,
    hooks: cacheBy((request) => inputWithout(request, 'scope')),
  },
  {
    id: 'cache-without-actor',
    title: 'The cache does not know who acts.',
    kills,
    hooks: cacheBy((request) => inputWithout(request, 'actor_token', 'actor_token_type')),
  },
  {
    id: 'cache-without-organization',
    title: 'The cache does not know the organization of a token.',
    kills,
    hooks: cacheBy((request) => inputWithout(request, 'organization')),
  },
  {
    id: 'cache-without-subject-type',
    title: 'The cache does not know what type of token the subject is.',
    kills,
    hooks: cacheBy((request) => inputWithout(request, 'subject_token_type')),
  },
  {
    id: 'cache-without-requested-type',
    title: 'The cache does not know what type of token was asked for.',
    kills,
    hooks: cacheBy((request) => inputWithout(request, 'requested_token_type')),
  },
  {
    id: 'cache-by-start-of-token',
    title: 'The cache knows a subject token by its first twelve characters.',
    kills,
    hooks: cacheBy((request) => {
      const { subject_token: token } = request.input as { subject_token?: string }
      return [token?.slice(0, 12), ...Object.values(inputWithout(request, 'subject_token') as unknown[])]
    }),
  },
  {
    id: 'shares-requests-by-audience',
    title: 'Calls at the same time share a request for the same audience.',
    kills,
    hooks: coalesceBy(({ input }) => ('audience' in input ? input.audience : undefined)),
  },
  {
    id: 'shares-on-behalf-of-requests',
    title: 'On-behalf-of calls at the same time share a request whoever calls.',
    kills,
    hooks: coalesceBy((request) => (request.op === 'on_behalf_of' ? request.input.audience : request.input)),
  },
  {
    id: 'keeps-session-transfer-tokens',
    title: 'A session transfer token is kept for the next call.',
    kills: { requirement: 'stt-not-shared', reason: 'stt-shared' },
    hooks: cacheBy((request) => (request.op === 'session_transfer' ? request.input : Math.random())),
  },
  {
    id: 'shares-session-transfer-tokens',
    title: 'Equal calls at the same time share a session transfer token.',
    kills: { requirement: 'stt-not-shared', reason: 'stt-shared' },
    hooks: coalesceBy((request) => (request.op === 'session_transfer' ? request.input : Math.random())),
  },
]
