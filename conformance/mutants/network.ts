import { gave, type HookedCall, type Mutant, type MutantHooks } from './mutant.js'
import { lastReply, membersOf } from './answers.js'

/** Writes something about a call into the error of the SDK. */
export function tell(where: 'message' | 'stack', what: (call: HookedCall) => string): MutantHooks {
  return {
    perform: async (call, proceed) => {
      const answer = await proceed()
      if (answer.outcome !== 'rejected') return answer
      const { message, stack = message } = answer.error
      const told = what(call)
      if (where === 'message') return { outcome: 'rejected', error: { ...answer.error, message: `${message} ${told}` } }
      return { outcome: 'rejected', error: { ...answer.error, stack: `${stack}\n    at exchange(${told})` } }
    },
  }
}

function subjectOf({ request }: HookedCall): string {
  return 'subject_token' in request.input ? request.input.subject_token : request.input.access_token
}

function retryWhen(when: (status: number) => boolean): MutantHooks {
  return {
    network: async (request, send) => {
      const response = await send(request)
      return when(response.status) ? send(request) : response
    },
  }
}

function failsAfter(ms: number): Promise<never> {
  return new Promise((_resolve, reject) => setTimeout(reject, ms, new TypeError('fetch failed')))
}

/** Mutants of redirects, further tries, broken connections and timeouts, and of what gets into errors. */
export const NETWORK_MUTANTS: readonly Mutant[] = [
  {
    id: 'follows-redirects',
    title: 'Redirects are followed, body and all.',
    kills: { requirement: 'credentials-stay-at-origin', reason: 'credentials-redirected' },
    hooks: { request: (request) => ({ ...request, redirect: 'follow' }) },
  },
  {
    id: 'posts-again-by-hand',
    title: 'A redirect is followed by hand, as a POST of the same body.',
    kills: { requirement: 'credentials-stay-at-origin', reason: 'credentials-redirected' },
    hooks: {
      network: async (request, send) => {
        const response = await send(request)
        const location = response.headers.get('location')
        return location === null ? response : send({ ...request, url: new URL(location, request.url).href })
      },
    },
  },
  {
    id: 'posts-again-to-the-same-host',
    title: 'A redirect to the same host is followed, with TLS or without.',
    kills: { requirement: 'credentials-stay-at-origin', reason: 'credentials-redirected' },
    hooks: {
      network: async (request, send) => {
        const response = await send(request)
        const to = new URL(response.headers.get('location') ?? '', request.url)
        return to.href !== request.url && to.host === new URL(request.url).host
          ? send({ ...request, url: to.href })
          : response
      },
    },
  },
  {
    id: 'tries-again-on-every-refusal',
    title: 'Every refusal is followed by another try.',
    kills: { requirement: 'too-many-attempts-not-repeated', reason: 'refusal-repeated' },
    hooks: retryWhen((status) => status >= 400),
  },
  {
    id: 'tries-again-on-429',
    title: 'Attack protection is taken for a rate limit.',
    kills: { requirement: 'too-many-attempts-not-repeated', reason: 'refusal-repeated' },
    hooks: retryWhen((status) => status === 429),
  },
  {
    id: 'reads-as-far-as-it-goes',
    title: 'What came before a connection broke is read as the answer.',
    kills: { requirement: 'broken-answer-is-an-error', reason: 'broken-answer-accepted' },
    hooks: {
      perform: async (call, proceed) => {
        const answer = await proceed()
        const reply = lastReply(call)
        const token = membersOf(reply?.body ?? '')['access_token']
        return answer.outcome === 'rejected' && reply?.broken && typeof token === 'string' ? gave(token) : answer
      },
    },
  },
  {
    id: 'no-answer-is-success',
    title: 'A connection that breaks gives an empty token.',
    kills: { requirement: 'broken-answer-is-an-error', reason: 'broken-answer-accepted' },
    hooks: {
      perform: async (call, proceed) => {
        const answer = await proceed()
        return answer.outcome === 'rejected' && answer.error.code === 'network_error' ? gave('') : answer
      },
    },
  },
  {
    id: 'timeout-ignored',
    title: 'The timeout is not used.',
    kills: { requirement: 'timeout-kept', reason: 'late-answer-accepted' },
    hooks: { client: ({ timeout_ms: _timeout, ...client }) => client },
  },
  {
    id: 'timeout-of-headers',
    title: 'The timeout is over when the headers are there.',
    kills: { requirement: 'timeout-kept', reason: 'late-body-accepted' },
    hooks: () => {
      let limit: number | undefined
      return {
        client: ({ timeout_ms: timeout, ...client }) => {
          limit = timeout
          return client
        },
        network: (request, send) =>
          limit === undefined ? send(request) : Promise.race([send(request), failsAfter(limit)]),
      }
    },
  },
  {
    id: 'subject-in-message',
    title: 'The message of an error quotes the subject token.',
    kills: { requirement: 'no-secret-in-message', reason: 'secret-in-message' },
    hooks: tell('message', subjectOf),
  },
  {
    id: 'secret-in-message',
    title: 'The message of an error quotes the client.',
    kills: { requirement: 'no-secret-in-message', reason: 'secret-in-message' },
    hooks: tell('message', ({ request }) => JSON.stringify(request.client)),
  },
  {
    id: 'actor-in-stack',
    title: 'The stack of an error has the arguments of the call.',
    kills: { requirement: 'no-secret-in-stack', reason: 'secret-in-stack' },
    hooks: tell('stack', ({ request }) => JSON.stringify(request.input)),
  },
  {
    id: 'token-in-url',
    title: 'The subject token is sent in the URL too.',
    kills: { requirement: 'no-secret-in-url', reason: 'secret-in-url' },
    hooks: {
      request: (request, call) => ({ ...request, url: `${request.url}?trace=${encodeURIComponent(subjectOf(call))}` }),
    },
  },
  {
    id: 'prints-requests',
    title: 'Every request is printed.',
    kills: { requirement: 'no-secret-printed', reason: 'secret-printed' },
    hooks: { print: ({ request }) => `exchange ${JSON.stringify(request.input)}\n` },
  },
]
