import fc from 'fast-check'
import type { RedirectInput } from '../adapter.js'

const SAFE_BASES = [
  'https://app.example.com/login',
  'https://app.example.com',
  'https://app.example.com:8443/a/b',
  'https://xn--bcher-kva.example/login',
  'https://[2001:db8::1]/login',
  'http://localhost:3000/login',
  'http://127.0.0.1/login',
  'http://[::1]:3000/login',
] as const
const UNSAFE = [
  'http://app.example.com/login',
  'http://localhost.evil.example/login',
  'http://127.0.0.1.evil.example/login',
  'http://10.0.0.1/login',
  'http://[::2]/login',
  '/login',
  'login',
  '//app.example.com/login',
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://app.example.com/login',
  'file:///etc/passwd',
  '',
  ' ',
  'https://',
] as const
const TOKENS = ['canary-stt-1', 'a+b/c==&d=e#f%20?', 'ü-日本', 'a b'] as const
const QUERY_NAMES = ['lang', 'returnTo', 'x', 'ui_locales', 'scope'] as const
const QUERY_VALUES = ['de', '/a?b=c', 'a b', 'openid profile', '', 'é'] as const

/** A redirect to a target that is safe by every reading. */
export function safeRedirects(): fc.Arbitrary<RedirectInput> {
  const query = fc.array(fc.tuple(fc.constantFrom(...QUERY_NAMES), fc.constantFrom(...QUERY_VALUES)), { maxLength: 3 })
  const target = fc.tuple(fc.constantFrom(...SAFE_BASES), query).map(([base, pairs]) => {
    return pairs.length === 0 ? base : `${base}?${new URLSearchParams(pairs).toString()}`
  })
  return fc.record(
    {
      target_login_url: target,
      session_transfer_token: fc.constantFrom(...TOKENS),
      organization: fc.constantFrom('org_abc1234', 'acme & sons', 'acme'),
    },
    { requiredKeys: ['target_login_url', 'session_transfer_token'], noNullPrototype: true },
  )
}

/** A redirect to a place that a token must not go to. */
export function unsafeRedirects(): fc.Arbitrary<RedirectInput> {
  return fc
    .tuple(fc.constantFrom(...UNSAFE), fc.constantFrom(...TOKENS))
    .map(([target_login_url, session_transfer_token]) => ({ target_login_url, session_transfer_token }))
}
