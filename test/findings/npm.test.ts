import { beforeAll, describe, expect, test } from 'vitest'
import { runScript, type Shown } from './run-script.js'

describe.each(['auth0-auth-js', 'auth0-server-js'])('%s, without the suite', (sdk) => {
  let shown: Shown
  beforeAll(async () => {
    shown = await runScript('https', (host) => [process.execPath, `test/findings/${sdk}.mjs`, host])
  })

  test('actor_token_type is sent without actor_token', () => {
    const form = shown.posted[0]?.form
    expect([form?.get('actor_token_type'), form?.has('actor_token')]).toEqual(['urn:acme:agent', false])
  })

  test('actor_token is sent without actor_token_type when the type is empty', () => {
    const form = shown.posted[1]?.form
    expect([form?.get('actor_token'), form?.has('actor_token_type')]).toEqual(['actor', false])
  })

  test('act comes from an access token of the type at+jwt', () => {
    expect(shown.printed).toContain('act {"sub":"of-the-access-token"}')
  })

  test('without expires_in expiresAt is not a number', () => {
    expect(shown.printed).toContain('expiresAt NaN')
  })
})
