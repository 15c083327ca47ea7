// An adapter that works, but for the one way of misbehaving that its argument names.
//
// It misbehaves at its start, at its end, at servers that it should not trust, or for exchanges of an organization, so
// that the plain case passes.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import tls from 'node:tls'

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const HELLO = {
  sdk: { name: 'lifecycle-mutant', version: '1.0.0', language: 'javascript' },
  capabilities: {
    exchange: 'typed',
    extra: true,
    actor: 'typed',
    organization: true,
    current_actor: false,
    delegation_chain: false,
  },
  concurrency: Number(process.env['CONCURRENCY'] ?? 1),
}

const say = (message) => process.stdout.write(`${JSON.stringify({ v: 1, ...message })}\n`)
const end = (signal) => process.kill(process.pid, signal)
const never = () => new Promise(() => undefined)

/** In place of the hello. */
const HELLOS = {
  'no-hello': never,
  'noise-before-hello': (id) => {
    process.stdout.write('ready\n')
    say({ id, hello: HELLO })
  },
  'malformed-hello': (id) => say({ id, hello: { sdk: {} } }),
  'exit-before-hello': () => process.exit(0),
  'killed-before-hello': () => end('SIGKILL'),
}

/** In place of the reply to an exchange of an organization. `reply` sends the request and says what it gave. */
const REPLIES = {
  hang: never,
  'busy-hang': () => {
    process.on('SIGTERM', () => undefined)
    // Nothing of it runs any more, as in an endless loop, but the machine stays free.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  },
  'hang-with-child': () => {
    spawn('sleep', ['1000'], { stdio: 'inherit' })
    return never()
  },
  'hang-after-request': async ({ exchange }) => {
    await exchange()
    return never()
  },
  'exit-0': () => process.exit(0),
  'exit-0-after-request': async ({ exchange }) => {
    await exchange()
    process.exit(0)
  },
  'exit-0-with-child': () => {
    spawn('sleep', ['1000'], { stdio: 'inherit' })
    process.exit(0)
  },
  'exit-1': () => process.exit(1),
  'segmentation-fault': () => end('SIGSEGV'),
  'killed-by-sigterm': () => end('SIGTERM'),
  // No mutant: what it leaves behind is cleared away.
  'leave-child': async ({ reply }) => {
    spawn('sleep', ['1000'], { stdio: 'ignore' }).unref()
    await reply()
  },
  noise: async ({ reply }) => {
    process.stdout.write('exchanging a token ...\n')
    await reply()
  },
  'json-noise': async ({ reply }) => {
    process.stdout.write('{"level":"info","message":"exchanging a token"}\n')
    await reply()
  },
  'noise-after-reply': async ({ reply }) => {
    await reply()
    process.stdout.write('exchanged a token\n')
  },
  'reply-twice': async ({ exchange, id }) => {
    const observation = await exchange()
    say({ id, observation })
    say({ id, observation })
  },
  'other-id': async ({ reply, id }) => reply(id + 1000),
  'request-after-reply': async ({ reply, exchange }) => {
    await reply()
    await exchange()
  },
}

/** When standard input ends. */
const ENDS = {
  'outlive-stdin': () => setInterval(() => undefined, 1000),
  'exit-1-at-end': () => process.exit(1),
  'segmentation-fault-at-end': () => end('SIGSEGV'),
}

/** From its start on. */
const STARTS = {
  'trust-anybody': () => (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'),
  'trust-any-host': () => (tls.checkServerIdentity = () => undefined),
}

const [, , way = ''] = process.argv
if (![HELLOS, REPLIES, ENDS, STARTS].some((ways) => Object.hasOwn(ways, way))) throw new Error(`no way ${way}`)

async function exchange({ target, client, input }) {
  const { extra = [], ...options } = input
  const form = [
    ['grant_type', GRANT_TYPE],
    ['client_id', client.id],
    ['client_secret', client.secret],
    ...Object.entries(options),
    ...extra.flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
  ]
  try {
    const response = await fetch(`${target.issuer}oauth/token`, { method: 'POST', body: new URLSearchParams(form) })
    const { access_token } = await response.json()
    return { outcome: 'tokens', tokens: { access_token } }
  } catch (error) {
    return { outcome: 'rejected', error: { class: error.name, message: error.message } }
  }
}

async function answer({ id, request }) {
  if (request.op === 'hello') {
    await (HELLOS[way] ?? (() => say({ id, hello: HELLO })))(id)
    return
  }
  const reply = async (replyId = id) => say({ id: replyId, observation: await exchange(request) })
  const misbehave = request.input.organization === undefined ? undefined : REPLIES[way]
  await (misbehave ?? (() => reply()))({ id, reply, exchange: () => exchange(request) })
}

STARTS[way]?.()
createInterface({ input: process.stdin })
  .on('line', (line) => void answer(JSON.parse(line)))
  .on('close', () => ENDS[way]?.())
