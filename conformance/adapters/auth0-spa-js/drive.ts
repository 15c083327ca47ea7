/** Drives `@auth0/auth0-spa-js` in a process of its own. Its exchange takes one bag, with typed actor options. */
import { createRequire } from 'node:module'
import { rejected, serve, tokens, type Observation, type Request } from '../../templates/typescript/kit.js'

/** What is used of the package, which is not there at compile time. */
interface Auth0Spa {
  readonly Auth0Client: new (options: Readonly<Record<string, unknown>>) => {
    customTokenExchange(bag: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>
  }
}

type Client = InstanceType<Auth0Spa['Auth0Client']>

const [, , program = ''] = process.argv
const require = createRequire(program)
const { Auth0Client } = require('@auth0/auth0-spa-js') as Auth0Spa
const { version } = require('@auth0/auth0-spa-js/package.json') as { version: string }
const OPTIONS: ReadonlySet<string> = new Set([
  'subject_token',
  'subject_token_type',
  'actor_token',
  'actor_token_type',
  'audience',
  'scope',
  'organization',
])
const clients = new Map<string, Client>()

function clientFor({ target, client }: Request): Client {
  const { timeout_ms: timeout } = client as { timeout_ms?: number }
  const key = JSON.stringify([target.issuer, client.id, timeout])
  const made =
    clients.get(key) ??
    new Auth0Client({
      domain: new URL(target.issuer).host,
      clientId: client.id,
      ...(timeout === undefined ? {} : { httpTimeoutInSeconds: timeout / 1000 }),
    })
  clients.set(key, made)
  return made
}

async function exchange(request: Request): Promise<Observation> {
  const { extra = [], ...options } = request.input
  // The bag has one place for a name, so that an option cannot be given twice.
  const twice = extra.find(([name]) => OPTIONS.has(name))
  if (twice) return { outcome: 'unsupported', capability: `extra ${twice[0]}` }
  const client = clientFor(request)
  try {
    return tokens(await client.customTokenExchange(Object.fromEntries([...Object.entries(options), ...extra])))
  } catch (error) {
    const { error: code } = error as { error?: unknown }
    const { outcome, error: shown } = rejected(error)
    return { outcome, error: { ...(shown as object), ...(typeof code === 'string' ? { oauth_error: code } : {}) } }
  }
}

serve({
  hello: {
    sdk: { name: 'auth0-spa-js', version, language: 'typescript' },
    capabilities: {
      exchange: 'generic',
      owns: ['grant_type', 'client_id'],
      extra: true,
      actor: 'typed',
      current_actor: false,
      delegation_chain: false,
      organization: true,
      oauth_error: true,
      timeout: true,
      client_authentication: ['none'],
    },
    concurrency: 8,
  },
  async perform(request) {
    if (request.op !== 'exchange') return { outcome: 'unsupported', capability: request.op }
    return exchange(request)
  },
})
