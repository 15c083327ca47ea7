import { METHODS } from '../client-auth/auth-methods.js'
import type { ClientConfig } from './config.js'
import type { Problem } from './problem.js'
import { parseUrl } from '../../url.js'

const THUMBPRINT = /^[A-Za-z0-9_-]{43}$/

/** No text holds a credential. */
export function findClientContradictions(client: ClientConfig, index: number): Problem[] {
  return [...misfits(client), ...unsoundCredentials(client), ...unsoundUrls(client)].map(({ path, text }) => ({
    path: ['clients', index, ...path],
    text,
  }))
}

function misfits(client: ClientConfig): Problem[] {
  const { tokenEndpointAuthMethod: method } = client
  if (method === undefined) return []
  return METHODS.flatMap(([credential, methods]) => {
    if (methods.includes(method) === (client[credential] !== undefined)) return []
    const text = methods.includes(method) ? `needs ${credential}` : `does not go with ${credential}`
    return [{ path: ['tokenEndpointAuthMethod'], text: `${method} ${text}` }]
  })
}

function unsoundCredentials({ clientSecret, publicKeys = [], certificateThumbprints = [] }: ClientConfig): Problem[] {
  const keys = publicKeys.flatMap(({ kty, d }, index) =>
    (kty === 'RSA' || kty === 'EC') && d === undefined
      ? []
      : [{ path: ['publicKeys', index], text: 'must be a public RSA or EC key' }],
  )
  const thumbprints = certificateThumbprints.flatMap((thumbprint, index) =>
    THUMBPRINT.test(thumbprint)
      ? []
      : [{ path: ['certificateThumbprints', index], text: 'must be a SHA-256 thumbprint in base64url' }],
  )
  const secret = clientSecret === '' ? [{ path: ['clientSecret'], text: 'must not be empty' }] : []
  return [...secret, ...keys, ...thumbprints]
}

function unsoundUrls({ callbacks = [], allowedLogoutUrls = [], initiateLoginUri }: ClientConfig): Problem[] {
  return [
    ...callbacks.flatMap((url, index) => unsoundUrl(url, ['callbacks', index])),
    ...allowedLogoutUrls.flatMap((url, index) => unsoundUrl(url, ['allowedLogoutUrls', index])),
    ...(initiateLoginUri === undefined ? [] : unsoundUrl(initiateLoginUri, ['initiateLoginUri'])),
  ]
}

export function unsoundUrl(url: string, path: Problem['path']): Problem[] {
  if (/^[\x21-\x7e]+$/.test(url) && parseUrl(url) && !url.includes('#')) return []
  return [{ path, text: 'must be an absolute URL without a fragment' }]
}
