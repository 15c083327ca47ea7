import { Option, type Command } from 'commander'
import { decodeJwt } from 'jose'
import {
  TokenExchangeClient,
  TokenExchangeError,
  clientSecretBasic,
  clientSecretPost,
  noClientAuthentication,
} from '../index.js'
import type { AccessTokenResult, ClientAuthentication, ExchangeTokenOptions, OnBehalfOfTokenResult } from '../index.js'
import { reportFailure } from './exchange-failure.js'
import { printable } from './printable.js'
import { readInput } from './read-input.js'
import { UsageError } from './usage-error.js'

/** An exchange that asks for an access token. */
type PlainExchange = ExchangeTokenOptions & { readonly requestedTokenType?: never }

const SECRET_VARIABLE = 'ONBEHALF_CLIENT_SECRET'

interface ExchangeOptions {
  readonly domain: string
  readonly clientId: string
  readonly clientAuth: 'post' | 'basic' | 'none'
  readonly subjectTokenFile: string
  readonly subjectTokenType?: string
  readonly actorTokenFile?: string
  readonly actorTokenType?: string
  readonly onBehalfOf?: true
  readonly audience?: string[]
  readonly resource?: string[]
  readonly scope?: string
  readonly organization?: string
  readonly extra?: string[]
  readonly printToken?: true
  readonly printDescription?: true
  readonly json?: true
}

export function addExchangeCommand(program: Command): void {
  program
    .command('exchange')
    .description('exchange one token at any domain')
    .requiredOption('--domain <domain>', "the tenant's domain or an https URL; http for loopback alone")
    .requiredOption('--client-id <id>', 'the client')
    .addOption(
      new Option('--client-auth <method>', `how the client authenticates; the secret is read from ${SECRET_VARIABLE}`)
        .choices(['post', 'basic', 'none'])
        .default('post'),
    )
    .option('--subject-token-file <file>', 'the subject token; - for standard input', '-')
    .option('--subject-token-type <uri>', 'what the subject token is')
    .option('--actor-token-file <file>', 'the actor token')
    .option('--actor-token-type <uri>', 'what the actor token is')
    .option('--on-behalf-of', 'exchange an access token for one of the next API')
    .option('--audience <uri...>', 'the API that the new token is for')
    .option('--resource <uri...>', 'the service that the new token is for')
    .option('--scope <scopes>', 'scopes, separated by spaces')
    .option('--organization <id>', "an organization's id or name")
    .option('--extra <name=value...>', 'further parameters')
    .option('--print-token', 'print the new access token and nothing else')
    .option('--print-description', 'print what the server says beside its error code; it can quote tokens')
    .option('--json', 'print the summary, or the error, as JSON')
    .addHelpText(
      'after',
      `
Tokens and secrets are never arguments, since other users of the machine can see those.

Example, with the emulator of "onbehalf serve --port 4000" running:
  $ echo legacy-session:alice | ${SECRET_VARIABLE}=web-app-secret onbehalf exchange \\
      --domain http://127.0.0.1:4000 --client-id web-app \\
      --subject-token-type urn:acme:legacy-session --audience https://api.example.com

Exit codes: 0 exchanged, 1 refused or not answered, 2 wrong usage.`,
    )
    .action(async (options: ExchangeOptions) => {
      try {
        await exchange(options)
      } catch (error) {
        if (!(error instanceof TokenExchangeError)) throw error
        reportFailure(error, options)
        process.exitCode = 1
      }
    })
}

async function exchange(options: ExchangeOptions): Promise<void> {
  checkCombination(options)
  const client = new TokenExchangeClient({
    domain: options.domain,
    clientId: options.clientId,
    clientAuthentication: clientAuthentication(options.clientAuth),
  })
  const subjectToken = await readInput(options.subjectTokenFile)
  const result = options.onBehalfOf
    ? await client.getTokenOnBehalfOf({
        accessToken: { token: subjectToken, verifiedBy: 'caller' },
        audience: oneAudience(options.audience),
        scope: options.scope,
      })
    : await client.exchangeToken(await exchangeOptions(options, subjectToken))
  if (options.printToken) console.log(result.accessToken)
  else console.log(options.json ? JSON.stringify(summary(result)) : lines(summary(result)))
}

/** What on-behalf-of has no use for. */
const PLAIN_ONLY = [
  'subjectTokenType',
  'actorTokenFile',
  'actorTokenType',
  'resource',
  'organization',
  'extra',
] as const

/** An option that were dropped in silence would leave a token that is not the one that was asked for. */
function checkCombination(options: ExchangeOptions): void {
  const unused = options.onBehalfOf && PLAIN_ONLY.find((name) => options[name] !== undefined)
  if (unused) throw new UsageError(`--on-behalf-of takes no ${flag(unused)}`)
  if (options.subjectTokenFile === '-' && options.actorTokenFile === '-') {
    throw new UsageError('only one of the two tokens can come from standard input')
  }
}

function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

function clientAuthentication(method: ExchangeOptions['clientAuth']): ClientAuthentication {
  if (method === 'none') return noClientAuthentication()
  const secret = process.env[SECRET_VARIABLE]
  if (secret === undefined) throw new UsageError(`--client-auth ${method} needs the secret in ${SECRET_VARIABLE}`)
  return method === 'basic' ? clientSecretBasic(secret) : clientSecretPost(secret)
}

async function exchangeOptions(options: ExchangeOptions, subjectToken: string): Promise<PlainExchange> {
  if (options.subjectTokenType === undefined) throw new UsageError('--subject-token-type is missing')
  const { actorTokenFile, actorTokenType, audience, resource, scope, organization, extra } = options
  // The pair is checked where every pair is checked: in the client.
  return {
    subjectToken,
    subjectTokenType: options.subjectTokenType,
    ...(actorTokenFile === undefined ? {} : { actorToken: await readInput(actorTokenFile) }),
    ...(actorTokenType === undefined ? {} : { actorTokenType }),
    audience,
    resource,
    scope,
    organization,
    extra: extra && extraParameters(extra),
  }
}

function extraParameters(pairs: readonly string[]): Record<string, string[]> {
  // Without a prototype that a name could be one of.
  const extra = Object.create(null) as Record<string, string[]>
  for (const pair of pairs) {
    const [name, ...rest] = pair.split('=')
    if (name === undefined || rest.length === 0) throw new UsageError('--extra takes name=value')
    ;(extra[name] ??= []).push(rest.join('='))
  }
  return extra
}

function oneAudience(audience: readonly string[] | undefined): string {
  const [only, ...more] = audience ?? []
  if (only === undefined || more.length > 0) throw new UsageError('--on-behalf-of takes exactly one --audience')
  return only
}

/** What may stand in a log: everything but the tokens. */
function summary(result: AccessTokenResult | OnBehalfOfTokenResult): Record<string, unknown> {
  const { accessToken, ...rest } = result
  const { idToken, refreshToken, ...shown } = rest as AccessTokenResult
  return {
    ...shown,
    ...(idToken === undefined ? {} : { idToken: '(issued)' }),
    ...(refreshToken === undefined ? {} : { refreshToken: '(issued)' }),
    claims: unverifiedClaims(accessToken),
  }
}

function unverifiedClaims(token: string): object | undefined {
  try {
    const { sub, aud, azp, client_id, scope, act } = decodeJwt(token)
    return { sub, aud, azp, client_id, scope, act }
  } catch {
    // An opaque token is as good as any.
    return undefined
  }
}

function lines(members: Record<string, unknown>): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      return `${name.padEnd(16)} ${printable(typeof value === 'string' ? value : JSON.stringify(value))}`
    })
    .join('\n')
}
