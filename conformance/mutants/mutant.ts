import type {
  Adapter,
  ExchangeClient,
  ExchangeInput,
  Observation,
  PerformContext,
  RedirectInput,
  SessionInput,
  SessionRequest,
  WireCall,
} from '../adapter.js'
import { decodeForm, encodeForm, type FormFields } from '../form.js'
import type { Reason } from '../oracles/index.js'
import type { RequirementId } from '../requirements.js'

/** Where a working adapter is broken. */
export interface MutantHooks {
  /** Changes what the SDK is given for an exchange. */
  readonly input?: (input: ExchangeInput) => ExchangeInput
  /** Changes who the SDK is. */
  readonly client?: (client: ExchangeClient) => ExchangeClient
  /** Changes the fields that the SDK sends, knowing what the application gave. */
  readonly form?: (fields: FormFields, input: ExchangeInput, call: HookedCall) => FormFields
  /** Changes the text of the body. */
  readonly body?: (text: string) => string
  /** Adds headers. */
  readonly headers?: Readonly<Record<string, string>>
  /** Changes a request as a whole. */
  readonly request?: (request: SentRequest, call: HookedCall) => SentRequest
  /** Sends a request in its own way. */
  readonly network?: (request: SentRequest, send: Send) => Promise<Response>
  /** Answers an exchange in place of the SDK, or changes what it answered. */
  readonly exchange?: (
    input: ExchangeInput,
    proceed: () => Promise<Observation>,
    call: HookedCall,
  ) => Promise<Observation>
  /** The same for every call that goes over the wire. */
  readonly perform?: (call: HookedCall, proceed: (instead?: WireCall) => Promise<Observation>) => Promise<Observation>
  /** Signs users in and out in its own way. */
  readonly session?: (
    input: SessionInput,
    proceed: (instead?: SessionInput) => Promise<Observation>,
  ) => Promise<Observation>
  /** Builds the redirect in place of the helper, which has answered already. */
  readonly redirect?: (input: RedirectInput, answer: Observation) => Observation
  /** Reads the claims in place of the helper, which has answered already. */
  readonly currentActor?: ActHook
  readonly delegationChain?: ActHook
  /** What is written to standard output during a call. */
  readonly print?: (call: HookedCall) => string
}

/** A call on its way through the hooks. */
export interface HookedCall {
  readonly request: WireCall
  /** What the server answered so far. */
  readonly replies: readonly SeenReply[]
}

/** An answer of the server, as far as it came. */
export interface SeenReply {
  readonly status: number
  readonly mediaType: string
  readonly body: string
  /** Whether it broke off. */
  readonly broken: boolean
}

/** A request of the SDK to the token endpoint. */
export interface SentRequest {
  readonly url: string
  readonly method: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  readonly redirect: NonNullable<RequestInit['redirect']>
}

/** Sends a request on. */
export type Send = (request: SentRequest) => Promise<Response>

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
  /** Made anew for each run when the mutant remembers something. */
  readonly hooks: MutantHooks | (() => MutantHooks)
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
export function mutate(original: Adapter, given: MutantHooks | (() => MutantHooks)): MutatedAdapter {
  const hooks = typeof given === 'function' ? given() : given
  let applied = false
  let printed = ''
  let network: PerformContext['fetch'] | undefined
  const active = new Set<ActiveCall>()
  function changed<Value>(before: Value, after: Value): Value {
    if (JSON.stringify(before) !== JSON.stringify(after)) applied = true
    return after
  }

  // One function for as long as the adapter lives, as the contract of a context says.
  const fetch: PerformContext['fetch'] = async (url, init) => {
    if (!network) throw new Error('a request outside of any call')
    const outer = network
    const call = typeof init?.body === 'string' ? callOf(active, init.body) : undefined
    if (init?.method !== 'POST' || typeof init.body !== 'string' || !call) return outer(url, init)
    const sent: SentRequest = {
      url: url instanceof Request ? url.url : url.toString(),
      method: 'POST',
      headers: [...new Headers({ ...Object.fromEntries(new Headers(init.headers)), ...hooks.headers })],
      body: changedBody(init.body, call),
      redirect: init.redirect ?? 'follow',
    }
    if (hooks.headers) applied = true
    const request = hooks.request ? changed(sent, hooks.request(sent, call)) : sent
    let count = 0
    const send: Send = async ({ url: to, ...rest }) => {
      if (++count > 1) applied = true
      const { body, headers, ...plain } = rest
      const own = { ...init, ...plain, headers: headers as [string, string][] }
      const response = await outer(to, rest.method === 'GET' ? { ...own, body: null } : { ...own, body })
      return hooks.perform || hooks.exchange ? seen(response, call.replies) : response
    }
    return hooks.network ? hooks.network(request, send) : send(request)
  }
  function changedBody(text: string, call: HookedCall): string {
    const fields = decodeForm(new TextEncoder().encode(text))
    if (!fields) return text
    const encoded = hooks.form
      ? encodeForm(changed(fields, hooks.form(fields, call.request.input as ExchangeInput, call)))
      : text
    return hooks.body ? changed(encoded, hooks.body(encoded)) : encoded
  }

  async function performCall(request: WireCall): Promise<Observation> {
    const call: ActiveCall = { request, replies: [] }
    active.add(call)
    if (hooks.print) {
      printed += hooks.print(call)
      applied = true
    }
    let answer: Observation | undefined
    const proceed = async (instead?: WireCall): Promise<Observation> => {
      if (instead) changed(request, instead)
      answer = await original.perform(askedOf(instead ?? request), { fetch })
      return answer
    }
    const exchange = hooks.exchange
    const hook =
      request.op === 'exchange' && exchange ? () => exchange(request.input, () => proceed(), call) : undefined
    const performed = hook ? hook() : hooks.perform ? hooks.perform(call, proceed) : proceed()
    const result = await performed.finally(() => active.delete(call))
    return changed(answer, result) ?? result
  }
  async function performSession(request: SessionRequest): Promise<Observation> {
    let answer: Observation | undefined
    const proceed = async (input = request.input): Promise<Observation> => {
      changed(request.input, input)
      answer = await original.perform({ ...request, input }, { fetch })
      return answer
    }
    const result = await (hooks.session ? hooks.session(request.input, proceed) : proceed())
    return changed(answer, result) ?? result
  }
  function askedOf(request: WireCall): WireCall {
    const client = hooks.client ? changed(request.client, hooks.client(request.client)) : request.client
    if (request.op !== 'exchange' || !hooks.input) return { ...request, client }
    return { ...request, client, input: changed(request.input, hooks.input(request.input)) }
  }

  return {
    hasApplied: () => applied,
    adapter: {
      hello: async () => original.hello(),
      async perform(request, context) {
        network = context.fetch
        if (request.op === 'session') return performSession(request)
        if ('target' in request) return performCall(request)
        const answer = await original.perform(request, { fetch })
        if (request.op === 'session_transfer_redirect') {
          return hooks.redirect ? changed(answer, hooks.redirect(request.input, answer)) : answer
        }
        const ask = async (op: typeof request.op) => original.perform({ ...request, op }, { fetch })
        const hook = request.op === 'current_actor' ? hooks.currentActor : hooks.delegationChain
        return hook ? changed(answer, await hook(JSON.parse(request.claims), answer, ask)) : answer
      },
      ...(hooks.print && {
        takePrinted: () => {
          const taken = printed
          printed = ''
          return taken
        },
      }),
    },
  }
}

interface ActiveCall extends HookedCall {
  readonly replies: SeenReply[]
}

/** Which of the calls that are made at the same time sends a body: the one all of whose values are in it. */
function callOf(active: ReadonlySet<ActiveCall>, body: string): ActiveCall | undefined {
  const [first, ...others] = active
  if (!first || others.length === 0) return first
  const sent = new Set(new URLSearchParams(body).values())
  const isOwn = ({ request }: ActiveCall) => Object.values(request.input).every((value) => sent.has(value as string))
  const own = [first, ...others].filter(isOwn)
  return own.find(({ replies }) => replies.length === 0) ?? own[0] ?? first
}

/** Reads an answer for the hooks, and gives it on. */
async function seen(response: Response, replies: SeenReply[]): Promise<Response> {
  const copy = response.clone()
  const chunks: Uint8Array[] = []
  let broken = false
  try {
    const reader = copy.body?.getReader()
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) chunks.push(part.value)
  } catch {
    broken = true
  }
  replies.push({
    status: response.status,
    mediaType: response.headers.get('content-type') ?? '',
    body: Buffer.concat(chunks).toString('utf8'),
    broken,
  })
  return response
}

/** The observation of a made-up refusal. */
export function refusal(message: string): Observation {
  return { outcome: 'rejected', error: { class: 'MutantError', message } }
}

/** The observation of an error of the language, by accident. */
export function accident(): Observation {
  return {
    outcome: 'rejected',
    error: { class: 'TypeError', message: "Cannot read properties of undefined (reading 'trim')" },
  }
}

/** The observation of made-up tokens. */
export function gave(accessToken: string): Observation {
  return { outcome: 'tokens', tokens: { access_token: accessToken } }
}

/** The observation of a made-up answer. */
export function answered(value: string | readonly string[] | null): Observation {
  return { outcome: 'value', value }
}
