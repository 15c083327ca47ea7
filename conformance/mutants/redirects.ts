import type { RedirectInput } from '../adapter.js'
import { answered, refusal, type Mutant, type MutantHooks } from './mutant.js'

/** Changes the URL that was built. */
function mapUrl(map: (url: URL, input: RedirectInput) => URL | string): MutantHooks {
  return {
    redirect: (input, answer) =>
      answer.outcome === 'value' && typeof answer.value === 'string'
        ? answered(map(new URL(answer.value), input).toString())
        : answer,
  }
}

/** Builds the URL, where the helper refused, when the target looks right. */
function acceptWhen(when: (target: string) => boolean): MutantHooks {
  return {
    redirect: ({ target_login_url: target, session_transfer_token: token }, answer) =>
      answer.outcome === 'rejected' && when(target)
        ? answered(`${target}?session_transfer_token=${encodeURIComponent(token)}`)
        : answer,
  }
}

function deleteFrom(url: URL, keep: (name: string) => boolean): URL {
  const copy = new URL(url)
  for (const name of [...copy.searchParams.keys()]) if (!keep(name)) copy.searchParams.delete(name)
  return copy
}

const NOT_LOST = (name: string) => name === 'session_transfer_token' || name === 'organization'

/** Mutants of the redirect that hands a session transfer token over. */
export const REDIRECT_MUTANTS: readonly Mutant[] = [
  {
    id: 'redirect-without-token',
    title: 'The redirect does not carry the token.',
    kills: { requirement: 'redirect-carries-token', reason: 'redirect-token-lost' },
    hooks: mapUrl((url) => deleteFrom(url, (name) => name !== 'session_transfer_token')),
  },
  {
    id: 'token-in-the-fragment',
    title: 'The token stands in the fragment, which no server sees.',
    kills: { requirement: 'redirect-carries-token', reason: 'redirect-token-lost' },
    hooks: mapUrl((url, input) => {
      const copy = deleteFrom(url, (name) => name !== 'session_transfer_token')
      copy.hash = `session_transfer_token=${input.session_transfer_token}`
      return copy
    }),
  },
  {
    id: 'token-not-encoded',
    title: 'The token is put into the URL as it is.',
    kills: { requirement: 'redirect-carries-token', reason: 'redirect-token-changed' },
    hooks: mapUrl((url, { target_login_url: target, session_transfer_token: token }) =>
      url.searchParams.has('organization')
        ? url
        : `${target}${target.includes('?') ? '&' : '?'}session_transfer_token=${token}`,
    ),
  },
  {
    id: 'loopback-refused',
    title: 'A login page on this machine is refused.',
    kills: { requirement: 'redirect-carries-token', reason: 'safe-target-refused' },
    hooks: {
      redirect: ({ target_login_url: target }, answer) =>
        target.startsWith('http:') && answer.outcome === 'value' ? refusal('only https') : answer,
    },
  },
  {
    id: 'query-of-target-lost',
    title: 'The query of the target is lost.',
    kills: { requirement: 'redirect-keeps-target', reason: 'target-changed' },
    hooks: mapUrl((url) => deleteFrom(url, NOT_LOST)),
  },
  {
    id: 'path-of-target-lost',
    title: 'The token is sent to the origin of the target.',
    kills: { requirement: 'redirect-keeps-target', reason: 'target-changed' },
    hooks: mapUrl((url) => new URL(url.search, url.origin)),
  },
  {
    id: 'repeated-query-joined',
    title: 'Of a name that the target has twice, one is kept.',
    kills: { requirement: 'redirect-keeps-target', reason: 'target-changed' },
    hooks: mapUrl((url) => {
      const copy = new URL(url)
      for (const name of new Set(url.searchParams.keys())) copy.searchParams.set(name, url.searchParams.get(name) ?? '')
      return copy
    }),
  },
  {
    id: 'organization-not-forwarded',
    title: 'The organization is not put into the redirect.',
    kills: { requirement: 'redirect-carries-organization', reason: 'organization-lost' },
    hooks: mapUrl((url) => deleteFrom(url, (name) => name !== 'organization')),
  },
  {
    id: 'organization-undefined',
    title: 'Without an organization the text "undefined" is sent.',
    kills: { requirement: 'redirect-carries-organization', reason: 'organization-made-up' },
    hooks: mapUrl((url, { organization }) => {
      const copy = new URL(url)
      if (organization === undefined) copy.searchParams.set('organization', 'undefined')
      return copy
    }),
  },
  {
    id: 'any-target',
    title: 'Any target is taken.',
    kills: { requirement: 'redirect-unsafe-target-refused', reason: 'unsafe-target-accepted' },
    hooks: acceptWhen(() => true),
  },
  {
    id: 'clear-text-target',
    title: 'A target of plain http is taken.',
    kills: { requirement: 'redirect-unsafe-target-refused', reason: 'unsafe-target-accepted' },
    hooks: acceptWhen((target) => target.startsWith('http://')),
  },
  {
    id: 'loopback-by-prefix',
    title: 'A host that starts like this machine is taken for it.',
    kills: { requirement: 'redirect-unsafe-target-refused', reason: 'unsafe-target-accepted' },
    hooks: acceptWhen((target) => /^http:\/\/(?:localhost|127\.0\.0\.1)/.test(target)),
  },
  {
    id: 'relative-target',
    title: 'A relative target is taken.',
    kills: { requirement: 'redirect-unsafe-target-refused', reason: 'unsafe-target-accepted' },
    hooks: acceptWhen((target) => target.startsWith('/')),
  },
]
