import {
  AUTHORIZE_PARAMETERS,
  LOGOUT_PARAMETERS,
  type ParameterName,
  type RequestParameters,
} from '../http/parameters.js'
import { PATHS } from '../http/paths.js'
import type { User } from '../tenant/users.js'
import type { AuthorizationRequest } from './authorization-request.js'

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

/** Signs in without a password: one button for each user. It needs no script, and keeps nothing on the server. */
export function loginPage(
  parameters: RequestParameters,
  { client, organization }: AuthorizationRequest,
  users: readonly User[],
): Response {
  const buttons = users.map(
    ({ id, identity, profile }) =>
      `<button name="user_id" value="${escapeHtml(id)}">${escapeHtml(profile.name ?? identity.email ?? id)}<small>${escapeHtml(id)}</small></button>`,
  )
  const place = organization === undefined ? '' : ` in ${escapeHtml(organization.name)}`
  return htmlPage(
    200,
    'Sign in',
    `<p>to ${escapeHtml(client.name)}${place}. This is an emulator: choose who you are.</p>
<form method="post" action="${PATHS.login}">
${[...hiddenFields(parameters, AUTHORIZE_PARAMETERS), ...buttons].join('\n')}
</form>`,
  )
}

/** Asks the user, who has signed in, for consent. */
export function consentPage(
  parameters: RequestParameters,
  { client, target, scopes }: AuthorizationRequest,
  user: User,
): Response {
  const apis = target.apis.map((api) => escapeHtml(api.identifier)).join(', ')
  return htmlPage(
    200,
    'Consent',
    `<p>${escapeHtml(user.profile.name ?? user.id)}, ${escapeHtml(client.name)} asks for ${apis}: ${escapeHtml(scopes.join(' '))}</p>
<form method="post" action="${PATHS.login}">
${hiddenFields(parameters, AUTHORIZE_PARAMETERS).join('\n')}
<input type="hidden" name="user_id" value="${escapeHtml(user.id)}">
<button name="consent" value="allow">Allow</button>
<button name="consent" value="deny">Deny</button>
</form>`,
  )
}

export function confirmLogoutPage(parameters: RequestParameters): Response {
  return htmlPage(
    200,
    'Log out',
    `<form method="post" action="${PATHS.oidcLogout}">
${hiddenFields(parameters, LOGOUT_PARAMETERS).join('\n')}
<button name="confirm" value="yes">Log out</button>
</form>`,
  )
}

export function loggedOutPage(): Response {
  return htmlPage(200, 'Logged out', '<p>The session has ended.</p>')
}

export function errorPage(status: number, text: string): Response {
  return htmlPage(status, 'This cannot go on', `<p>${escapeHtml(text)}</p>`)
}

/** The session transfer token is left out: it was not accepted, and must stand nowhere. */
function hiddenFields(parameters: RequestParameters, names: ReadonlySet<ParameterName>): string[] {
  return [...names].flatMap((name) => {
    const value = parameters.get(name)?.[0]
    if (value === undefined || name === 'session_transfer_token') return []
    return [`<input type="hidden" name="${name}" value="${escapeHtml(value)}">`]
  })
}

function htmlPage(status: number, title: string, content: string): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 3rem auto; padding: 0 1rem; }
button { display: block; width: 100%; margin: .5rem 0; padding: .75rem 1rem; font: inherit; text-align: left;
  color: inherit; background: none; border: 1px solid; border-radius: .4rem; cursor: pointer; }
button:hover, button:focus-visible { outline: 2px solid; }
small { display: block; opacity: .75; }
</style>
</head>
<body>
<h1>${title}</h1>
${content}
</body>
</html>
`
  return new Response(html, { status, headers: HEADERS })
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES.get(character) ?? '')
}
