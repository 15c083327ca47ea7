import type { ExchangeEvidence } from '../case.js'
import type { WireRequest } from '../wire.js'
import { judgeAssertion } from './client-assertion.js'
import { fail, pass, type Reason, type Verdict } from './verdict.js'
import { valuesOf } from './wire-view.js'

const CREDENTIALS = ['client_id', 'client_secret', 'client_assertion']

/** The rules on how the client shows who it is. */
export function judgeClientAuthentication(evidence: ExchangeEvidence): Verdict[] {
  const { wire, client, input } = evidence
  const forms = wire.exchanges.filter(({ form }) => form !== undefined)
  if (forms.length === 0) return []
  const verdicts = [judgeUrls(evidence)]
  // An extra parameter with the name of a credential is judged by the rules on overrides.
  if ((input.extra ?? []).some(([name]) => /client/i.test(name))) return verdicts
  verdicts.push(
    forms.some((request) => methodsIn(request) > 1)
      ? fail('one-authentication-method', 'two-methods')
      : pass('one-authentication-method'),
  )
  switch (client.authentication) {
    case 'client_secret_post':
      return [...verdicts, first(forms, 'secret-post-arrives', (request) => postProblem(request, client))]
    case 'client_secret_basic':
      return [...verdicts, first(forms, 'secret-basic-arrives', (request) => basicProblem(request, client))]
    case 'private_key_jwt':
      return [...verdicts, ...judgeAssertion(evidence, forms)]
    case 'none':
      return [...verdicts, first(forms, 'public-client-names-itself', (request) => publicProblem(request, client.id))]
  }
}

function judgeUrls({ wire, client }: ExchangeEvidence): Verdict {
  const all = [...wire.exchanges, ...wire.metadata, ...wire.others]
  const leaks = all.some(({ url }) => {
    const query = url.split('?', 2)[1]
    if (query === undefined) return false
    const names = [...new URLSearchParams(query).entries()]
    return names.some(
      ([name, value]) => CREDENTIALS.includes(name) || (client.secret !== '' && value === client.secret),
    )
  })
  return leaks ? fail('credentials-not-in-url', 'credentials-in-url') : pass('credentials-not-in-url')
}

function methodsIn(request: WireRequest): number {
  return [
    authorizationOf(request) !== undefined,
    valuesOf(request, 'client_secret').length > 0,
    valuesOf(request, 'client_assertion').length > 0,
  ].filter(Boolean).length
}

function first(
  forms: readonly WireRequest[],
  requirement: Verdict['requirement'],
  problemOf: (request: WireRequest) => Reason | undefined,
): Verdict {
  const problem = forms.map(problemOf).find((reason) => reason !== undefined)
  return problem ? fail(requirement, problem) : pass(requirement)
}

interface Credentials {
  readonly id: string
  readonly secret: string
}

function postProblem(request: WireRequest, { id, secret }: Credentials): Reason | undefined {
  const ids = valuesOf(request, 'client_id')
  const secrets = valuesOf(request, 'client_secret')
  if (ids.length === 0 || secrets.length === 0) return 'credentials-lost'
  return ids.every((value) => value === id) && secrets.every((value) => value === secret)
    ? undefined
    : 'credentials-changed'
}

function basicProblem(request: WireRequest, { id, secret }: Credentials): Reason | undefined {
  const [, encoded] = /^basic +([A-Za-z0-9+/=]+)$/i.exec(authorizationOf(request) ?? '') ?? []
  if (encoded === undefined) return 'credentials-lost'
  if (valuesOf(request, 'client_id').some((value) => value !== id)) return 'credentials-changed'
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  const [user, password] = [pair.slice(0, colon), pair.slice(colon + 1)]
  if (colon >= 0 && formDecoded(user) === id && formDecoded(password) === secret) return undefined
  return pair === `${id}:${secret}` ? 'credentials-not-encoded' : 'credentials-changed'
}

function publicProblem(request: WireRequest, id: string): Reason | undefined {
  const ids = valuesOf(request, 'client_id')
  if (ids.length === 0) return 'client-id-lost'
  if (methodsIn(request) > 0) return 'credentials-made-up'
  return ids.every((value) => value === id) ? undefined : 'credentials-changed'
}

function authorizationOf({ headers }: WireRequest): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1]
}

function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
