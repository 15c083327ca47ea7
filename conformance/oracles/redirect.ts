import type { RedirectEvidence } from '../case.js'
import { fail, pass, type Verdict } from './verdict.js'
import { parseUrl } from '../parse-url.js'

const TOKEN = 'session_transfer_token'
const ORGANIZATION = 'organization'

/** The rules on the redirect that hands a session transfer token over. */
export function judgeRedirect({ input, observation }: RedirectEvidence): Verdict[] {
  const { target_login_url: target, session_transfer_token: token, organization } = input
  if (observation.outcome !== 'rejected' && observation.outcome !== 'value') return []
  const kind = targetKind(target)
  if (kind === 'unsafe') {
    const requirement = 'redirect-unsafe-target-refused'
    return [
      observation.outcome === 'rejected' ? pass(requirement) : fail(requirement, 'unsafe-target-accepted', target),
    ]
  }
  // A fragment, user information or a name that is there already may be refused.
  if (kind === 'unusual') return []
  if (observation.outcome === 'rejected') return [fail('redirect-carries-token', 'safe-target-refused', target)]
  const url = typeof observation.value === 'string' ? parseUrl(observation.value) : undefined
  if (!url) return [fail('redirect-carries-token', 'redirect-token-lost')]
  return [judgeToken(url, token), judgeTarget(url, new URL(target)), judgeOrganization(url, organization)]
}

/** Whether a token may be sent there, by the plain words of the source. */
export function targetKind(target: string): 'safe' | 'unsafe' | 'unusual' {
  if (!parseUrl(target)) return 'unsafe'
  const { protocol, hostname, username, password, hash, searchParams } = new URL(target)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) return 'unsafe'
  const isUnusual = username !== '' || password !== '' || hash !== '' || target !== target.trim()
  return isUnusual || searchParams.has(TOKEN) || searchParams.has(ORGANIZATION) ? 'unusual' : 'safe'
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

function judgeToken({ searchParams }: URL, token: string): Verdict {
  const sent = searchParams.getAll(TOKEN)
  if (sent.length === 1 && sent[0] === token) return pass('redirect-carries-token')
  return fail('redirect-carries-token', sent.length === 0 ? 'redirect-token-lost' : 'redirect-token-changed')
}

function judgeTarget(url: URL, target: URL): Verdict {
  const kept = [...url.searchParams].filter(([name]) => name !== TOKEN && name !== ORGANIZATION)
  const isSame =
    url.origin === target.origin &&
    url.pathname === target.pathname &&
    JSON.stringify(kept) === JSON.stringify([...target.searchParams])
  return isSame ? pass('redirect-keeps-target') : fail('redirect-keeps-target', 'target-changed')
}

function judgeOrganization({ searchParams }: URL, organization: string | undefined): Verdict {
  const requirement = 'redirect-carries-organization'
  const sent = searchParams.getAll(ORGANIZATION)
  if (organization === undefined)
    return sent.length === 0 ? pass(requirement) : fail(requirement, 'organization-made-up')
  return sent.length === 1 && sent[0] === organization ? pass(requirement) : fail(requirement, 'organization-lost')
}
