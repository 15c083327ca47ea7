import type { Observation } from '../adapter.js'
import { gave, refusal, type HookedCall, type Mutant, type MutantHooks, type SeenReply } from './mutant.js'

type Tokens = Extract<Observation, { outcome: 'tokens' }>['tokens']

/** Gives tokens where the SDK refused the last answer. */
export function acceptAnyway(when: (reply: SeenReply, members: Record<string, unknown>) => boolean): MutantHooks {
  return {
    perform: async (call, proceed) => {
      const answer = await proceed()
      const reply = lastReply(call)
      if (answer.outcome !== 'rejected' || !reply) return answer
      const members = membersOf(reply.body)
      return when(reply, members) ? gave(textOf(members['access_token'])) : answer
    },
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : 'canary-made-up'
}

/** Refuses an answer that the SDK took. */
function refuseWhen(when: (reply: SeenReply) => boolean): MutantHooks {
  return {
    perform: async (call, proceed) => {
      const answer = await proceed()
      const reply = lastReply(call)
      return answer.outcome === 'tokens' && reply && when(reply) ? refusal('the answer is odd') : answer
    },
  }
}

/** Changes the tokens that the SDK gives. */
export function mapTokens(map: (tokens: Tokens, call: HookedCall) => Tokens): MutantHooks {
  return {
    perform: async (call, proceed) => {
      const answer = await proceed()
      return answer.outcome === 'tokens' ? { outcome: 'tokens', tokens: map(answer.tokens, call) } : answer
    },
  }
}

export function lastReply({ replies }: HookedCall): SeenReply | undefined {
  return replies.at(-1)
}

export function membersOf(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

const KNOWN = /^(?:access_token|token_type|expires_in|refresh_token|scope|issued_token_type|id_token)$/

/** Mutants of what an SDK makes of a success, and of what is none. */
export const ANSWER_MUTANTS: readonly Mutant[] = [
  {
    id: 'token-trimmed-at-plus',
    title: 'The issued token is form-decoded.',
    kills: { requirement: 'issued-token-given', reason: 'issued-token-changed' },
    hooks: mapTokens((tokens) => ({ ...tokens, access_token: tokens.access_token.replaceAll('+', ' ') })),
  },
  {
    id: 'refresh-token-for-access-token',
    title: 'The refresh token is given as the access token.',
    kills: { requirement: 'issued-token-given', reason: 'issued-token-changed' },
    hooks: mapTokens((tokens) => ({ ...tokens, access_token: tokens.refresh_token ?? tokens.access_token })),
  },
  {
    id: 'bearer-with-capital-only',
    title: 'A token_type in another case than Bearer is refused.',
    kills: { requirement: 'issued-token-given', reason: 'valid-response-refused' },
    hooks: refuseWhen(({ body }) => membersOf(body)['token_type'] === 'bearer'),
  },
  {
    id: 'strict-members',
    title: 'An answer with unknown members is refused.',
    kills: { requirement: 'unknown-members-ignored', reason: 'unknown-member-refused' },
    hooks: refuseWhen(({ body }) => Object.keys(membersOf(body)).some((name) => !KNOWN.test(name))),
  },
  {
    id: 'exact-media-type',
    title: 'The media type is compared as a text.',
    kills: { requirement: 'media-type-in-any-spelling', reason: 'media-type-refused' },
    hooks: refuseWhen(({ mediaType }) => mediaType !== 'application/json'),
  },
  {
    id: 'media-type-with-case',
    title: 'The media type is compared with its case.',
    kills: { requirement: 'media-type-in-any-spelling', reason: 'media-type-refused' },
    hooks: refuseWhen(({ mediaType }) => !mediaType.startsWith('application/json')),
  },
  {
    id: 'an-hour-by-default',
    title: 'Without expires_in a token lives for an hour.',
    kills: { requirement: 'lifetime-not-invented', reason: 'lifetime-invented' },
    hooks: mapTokens((tokens) => (tokens.expires_in === undefined ? { ...tokens, expires_in: 3600 } : tokens)),
  },
  {
    id: 'lifetime-not-a-number',
    title: 'Without expires_in a token ends at no time that is a number.',
    kills: { requirement: 'lifetime-not-invented', reason: 'lifetime-not-a-number' },
    hooks: mapTokens((tokens) => (tokens.expires_at === undefined ? { ...tokens, expires_at: null } : tokens)),
  },
  {
    id: 'end-in-milliseconds',
    title: 'The end of the lifetime is given in milliseconds.',
    kills: { requirement: 'lifetime-kept', reason: 'lifetime-changed' },
    hooks: mapTokens((tokens) =>
      typeof tokens.expires_at === 'number' ? { ...tokens, expires_at: tokens.expires_at * 1000 } : tokens,
    ),
  },
  {
    id: 'lifetime-cut-to-a-day',
    title: 'A lifetime of more than a day is given as a day.',
    kills: { requirement: 'lifetime-kept', reason: 'lifetime-changed' },
    hooks: mapTokens((tokens) =>
      typeof tokens.expires_in === 'number' && tokens.expires_in > 86_400 ? { ...tokens, expires_in: 86_400 } : tokens,
    ),
  },
  {
    id: 'requested-scope-given',
    title: 'The scope that was asked for is given as the one that was granted.',
    kills: { requirement: 'granted-scope-kept', reason: 'scope-not-as-granted' },
    hooks: mapTokens((tokens, { request }) => ({ ...tokens, scope: request.input.scope ?? 'openid' })),
  },
  {
    id: 'no-look-at-the-token',
    title: 'A success without an access token is taken for one.',
    kills: { requirement: 'malformed-success-refused', reason: 'malformed-response-accepted' },
    hooks: acceptAnyway(({ status, broken }, members) => status === 200 && !broken && !('error' in members)),
  },
  {
    id: 'blank-token-given',
    title: 'A blank access token is given.',
    kills: { requirement: 'malformed-success-refused', reason: 'malformed-response-accepted' },
    hooks: acceptAnyway(({ status }, { access_token: token }) => status === 200 && token === ''),
  },
  {
    id: 'token-from-prototype',
    title: 'Members are merged into an object, prototype and all.',
    kills: { requirement: 'malformed-success-refused', reason: 'malformed-response-accepted' },
    hooks: acceptAnyway(({ status }, members) => status === 200 && Object.hasOwn(members, '__proto__')),
  },
  {
    id: 'error-member-ignored',
    title: 'With the status 200 an error is not looked for.',
    kills: { requirement: 'error-member-refused', reason: 'error-member-ignored' },
    hooks: acceptAnyway(({ status }, members) => status === 200 && 'error' in members),
  },
  {
    id: 'status-ignored',
    title: 'The status is not looked at.',
    kills: { requirement: 'only-success-gives-tokens', reason: 'failed-status-accepted' },
    hooks: acceptAnyway(({ status }, members) => status !== 200 && 'access_token' in members),
  },
  {
    id: 'server-errors-ignored',
    title: 'Only a status in the four hundreds is a failure.',
    kills: { requirement: 'only-success-gives-tokens', reason: 'failed-status-accepted' },
    hooks: acceptAnyway(({ status }, members) => status >= 500 && 'access_token' in members),
  },
  {
    id: 'refusal-gives-nothing',
    title: 'A refusal gives an empty token in place of an error.',
    kills: { requirement: 'oauth-error-is-an-error', reason: 'refusal-accepted' },
    hooks: {
      perform: async (call, proceed) => {
        const answer = await proceed()
        return answer.outcome === 'rejected' && answer.error.oauth_error !== undefined ? gave('') : answer
      },
    },
  },
  {
    id: 'some-refusals-give-nothing',
    title: 'A refusal with the status 403 gives an empty token.',
    kills: { requirement: 'oauth-error-is-an-error', reason: 'refusal-accepted' },
    hooks: acceptAnyway(({ status }, members) => status === 403 && 'error' in members),
  },
  {
    id: 'error-code-lost',
    title: 'The error code of the server is not given.',
    kills: { requirement: 'oauth-error-code-kept', reason: 'error-code-lost' },
    hooks: mapError(({ oauth_error: _code, ...error }) => error),
  },
  {
    id: 'error-code-from-a-table',
    title: 'An error code that is not known becomes another.',
    kills: { requirement: 'oauth-error-code-kept', reason: 'error-code-changed' },
    hooks: mapError((error) =>
      error.oauth_error === undefined || /^(?:invalid|unauthorized|unsupported)_/.test(error.oauth_error)
        ? error
        : { ...error, oauth_error: 'server_error' },
    ),
  },
  {
    id: 'parser-error-escapes',
    title: 'The error of the JSON parser is what the caller gets.',
    kills: { requirement: 'foreign-answer-is-an-error', reason: 'crashed' },
    hooks: {
      perform: async (call, proceed) => {
        const answer = await proceed()
        const reply = lastReply(call)
        if (answer.outcome !== 'rejected' || !reply || Object.keys(membersOf(reply.body)).length > 0) return answer
        return { outcome: 'rejected', error: { class: 'SyntaxError', message: 'Unexpected end of JSON input' } }
      },
    },
  },
]

function mapError(map: (error: ErrorOf) => ErrorOf): MutantHooks {
  return {
    perform: async (_call, proceed) => {
      const answer = await proceed()
      return answer.outcome === 'rejected' ? { outcome: 'rejected', error: map(answer.error) } : answer
    },
  }
}

type ErrorOf = Extract<Observation, { outcome: 'rejected' }>['error']
