import { describe, expect, it } from 'vitest'
import { TOKEN_EXCHANGE_GRANT_TYPE } from '../../../generated/constants.js'
import { claims, custom, exchange, expectFailure, post, seeded, toForm, withAction, TEST_TYPE } from '../support.js'

const emulator = seeded()
const JSON_TYPE = { 'Content-Type': 'application/json' }
const MEMBER_TEXT = 'Every member of the JSON body must be a string or an array of strings.'

describe('repeated parameters', () => {
  const SINGLE = [
    'grant_type',
    'client_id',
    'client_secret',
    'subject_token',
    'subject_token_type',
    'requested_token_type',
    'actor_token',
    'actor_token_type',
    'scope',
    'organization',
  ]

  it.each(SINGLE)('%s must not be repeated', async (name) => {
    const text = `Parameter must not be repeated: ${name}`
    const value = custom()[name] ?? 'x'
    expectFailure(await exchange(emulator, custom({ [name]: [value, value].flat() })), 400, 'invalid_request', text)
    const json = JSON.stringify(custom({ [name]: [value, value].flat() }))
    expectFailure(await post(emulator, json, JSON_TYPE), 400, 'invalid_request', text)
  })

  it('a parameter counts as repeated even when one of its values is empty', async () => {
    const reply = await exchange(emulator, custom({ client_id: ['', 'web-app'] }))
    expectFailure(reply, 400, 'invalid_request', 'Parameter must not be repeated: client_id')
  })

  it.each(['audience', 'resource'])('%s may be repeated, and the token is for all of them', async (name) => {
    const audiences = ['https://api.example.com', 'https://mcp.example.com', 'https://api.example.com']
    const reply = await exchange(
      emulator,
      custom({ audience: undefined, [name]: audiences, scope: 'tools:call read:data' }),
    )
    expect(claims(reply)).toMatchObject({
      aud: ['https://api.example.com', 'https://mcp.example.com'],
      scope: 'tools:call read:data',
    })
  })

  it('resource is read only when there is no audience', async () => {
    const reply = await exchange(emulator, custom({ resource: 'https://unknown.example' }))
    expect(claims(reply)['aud']).toBe('https://api.example.com')
  })

  it('extension parameters may be repeated and reach the Action', async () => {
    let body: unknown
    const recording = withAction((event, api) => {
      body = event.request.body
      api.authentication.setUserById('auth0|alice')
    })
    await exchange(recording, custom({ ...TEST_TYPE, device: ['a', 'b'], plus: 'a+b c&d=é', empty: '' }))
    expect(body).toMatchObject({ device: ['a', 'b'], plus: 'a+b c&d=é', subject_token: 'legacy-session:alice' })
    expect(body).not.toHaveProperty('client_secret')
    expect(body).not.toHaveProperty('empty')
  })
})

describe('prototype names', () => {
  const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf']

  it.each(NAMES)('%s as a parameter name is an extension parameter', async (name) => {
    let body: Readonly<Record<string, unknown>> = {}
    const recording = withAction((event, api) => {
      body = event.request.body
      api.authentication.setUserById('auth0|alice')
    })
    expect(await exchange(recording, custom(TEST_TYPE))).toMatchObject({ status: 200 })
    expect(body[name]).toBeUndefined()
    const form = `${toForm(custom(TEST_TYPE))}&${name}=a&${name}=b`
    expect(await post(recording, form)).toMatchObject({ status: 200 })
    expect(body[name]).toEqual(['a', 'b'])
    const json = JSON.stringify(custom(TEST_TYPE)).replace('{', `{"${name}":"c",`)
    expect(await post(recording, json, JSON_TYPE)).toMatchObject({ status: 200 })
    expect(body[name]).toBe('c')
  })

  it.each(NAMES)('%s is no client, audience, scope, profile, organization or user', async (name) => {
    const refused = async (overrides: Record<string, string>) => (await exchange(emulator, custom(overrides))).status
    expect(await refused({ client_id: name })).toBe(401)
    expect(await refused({ audience: name })).toBe(403)
    expect(await refused({ subject_token_type: name })).toBe(400)
    expect(await refused({ organization: name })).toBe(400)
    expect(claims(await exchange(emulator, custom({ scope: name })))).not.toHaveProperty('scope')
    expect(claims(await exchange(emulator, custom({ subject_token: `legacy-session:${name}` }))).sub).toBe(
      'auth0|alice',
    )
  })

  it('a JSON body cannot give itself a prototype', async () => {
    const body = JSON.stringify({ client_id: 'web-app' }).replace(
      '{',
      `{"__proto__":{"grant_type":"${TOKEN_EXCHANGE_GRANT_TYPE}"},`,
    )
    expectFailure(await post(emulator, body, JSON_TYPE), 400, 'invalid_request', MEMBER_TEXT)
  })
})
