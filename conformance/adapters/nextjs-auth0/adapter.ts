import { SESSION_TRANSFER_TOKEN_TYPE } from '../../../generated/constants.js'
import {
  rejectedBy,
  type Adapter,
  type ExchangeInput,
  type Observation,
  type SessionTransferInput,
} from '../../adapter.js'
import { rememberClients } from '../client-memory.js'
import { tokensUnderWireNames } from '../wire-tokens.js'
import { loadPackages, type Bag } from './packages.js'

const APP = { secret: 'a-secret-of-the-application-itself', appBaseUrl: 'https://app.example.com' }

/**
 * The adapter of `@auth0/nextjs-auth0`, as it is on npm, in the scope that Next gives to a route that is static.
 *
 * @throws {Error} When the packages cannot be installed.
 */
export async function loadNextjsAuth0(): Promise<Adapter> {
  const { Auth0Client, NextRequest, NextResponse, workAsyncStorage, version } = await loadPackages()
  const builder = new Auth0Client({ ...APP, domain: 'tenant.example.com', clientId: 'web-app', clientSecret: 'x' })
  const clientFor = rememberClients(
    ({ target, client, fetch }) =>
      new Auth0Client({
        ...APP,
        domain: new URL(target.issuer).host,
        clientId: client.id,
        customFetch: fetch,
        ...(client.timeout_ms === undefined ? {} : { httpTimeout: client.timeout_ms }),
        ...(client.private_key === undefined
          ? { clientSecret: client.secret }
          : { clientAssertionSigningKey: client.private_key, clientAssertionSigningAlg: 'ES256' }),
      }),
  )
  return {
    async hello() {
      return Promise.resolve({
        sdk: { name: 'nextjs-auth0', version, language: 'typescript' },
        capabilities: {
          exchange: 'typed',
          extra: true,
          actor: 'typed',
          current_actor: false,
          delegation_chain: false,
          organization: true,
          result_act: true,
          session_transfer: true,
          session_transfer_redirect: true,
          oauth_error: true,
          timeout: true,
          client_authentication: ['client_secret_post', 'private_key_jwt'],
        },
      })
    },
    async perform(request, context) {
      try {
        switch (request.op) {
          case 'exchange': {
            const { input } = request
            if (input.requested_token_type !== undefined)
              return { outcome: 'unsupported', capability: 'requested_token_type' }
            const exchange = () => clientFor(request, context).customTokenExchange(exchangeOf(input))
            return tokensOf(await workAsyncStorage.run({ route: '/exchange', forceStatic: true }, exchange))
          }
          case 'session_transfer': {
            // Nobody is signed in: the request has no cookie.
            const result = await clientFor(request, context).requestSessionTransferToken(
              new NextRequest(`${APP.appBaseUrl}/support`),
              new NextResponse(),
              transferOf(request.input),
            )
            return tokensUnderWireNames({
              access_token: result['sessionTransferToken'],
              issued_token_type: result['issuedTokenType'],
              token_type: result['tokenType'],
              expires_in: result['expiresIn'],
            })
          }
          case 'session_transfer_redirect': {
            const { target_login_url: url, session_transfer_token: token, organization } = request.input
            const result = { sessionTransferToken: token, issuedTokenType: SESSION_TRANSFER_TOKEN_TYPE, expiresIn: 60 }
            const response = builder.buildSessionTransferRedirect(url, result, given({ organization }))
            return { outcome: 'value', value: response.headers.get('location') }
          }
          default:
            return { outcome: 'unsupported', capability: request.op }
        }
      } catch (error) {
        return rejectedBy(error, (error as { cause?: { code?: unknown } }).cause?.code)
      }
    },
  }
}

function exchangeOf(input: ExchangeInput): Bag {
  return given({
    subjectToken: input.subject_token,
    subjectTokenType: input.subject_token_type,
    actorToken: input.actor_token,
    actorTokenType: input.actor_token_type,
    audience: input.audience,
    scope: input.scope,
    organization: input.organization,
    additionalParameters: input.extra && Object.fromEntries(input.extra),
  })
}

function transferOf(input: SessionTransferInput): Bag {
  const { actor_token: token, actor_token_type: type, scope, organization } = input
  const actor = token === undefined && type === undefined ? undefined : given({ token, type })
  const subject = { subjectToken: input.subject_token, subjectTokenType: input.subject_token_type }
  return given({ ...subject, actor, scope, organization })
}

/** The SDK gets no member that the application does not set. */
function given(options: Bag): Bag {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

function tokensOf(result: Bag): Observation {
  const seen = tokensUnderWireNames({
    access_token: result['accessToken'],
    token_type: result['tokenType'],
    expires_in: result['expiresIn'],
    scope: result['scope'],
    id_token: result['idToken'],
    refresh_token: result['refreshToken'],
  })
  return seen.outcome === 'tokens' ? { ...seen, tokens: { ...seen.tokens, ...given({ act: result['act'] }) } } : seen
}
