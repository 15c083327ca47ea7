import { describe, expect, it } from 'vitest'
import { ACCESS_TOKEN_TYPE } from '../../../generated/constants.js'
import type { Action, ActionApi, ActionEvent } from '../../../src/emulator/index.js'
import { claims, custom, exchange, expectFailure, TEST_TYPE, withAction } from '../support.js'

const run = (action: Action, overrides = {}) => exchange(withAction(action), custom({ ...TEST_TYPE, ...overrides }))

describe('the event', () => {
  it('has what the vendor documents', async () => {
    let event: ActionEvent | undefined
    const emulator = withAction((received, api) => {
      event = received
      api.authentication.setUserById('auth0|alice')
    })
    const parameters = custom({
      ...TEST_TYPE,
      scope: 'openid read:data',
      organization: 'acme',
      actor_token: 'actor',
      actor_token_type: 'urn:acme:agent',
    })
    await exchange(emulator, parameters, { 'User-Agent': 'test', 'Accept-Language': 'en' })
    expect(event).toMatchObject({
      client: { client_id: 'web-app', name: 'Web app', metadata: {} },
      organization: { id: 'org_abc1234', name: 'acme', display_name: 'acme', metadata: {} },
      request: { hostname: 'tenant.example.com', ip: '127.0.0.1', method: 'POST', user_agent: 'test', language: 'en' },
      resource_server: { identifier: 'https://api.example.com' },
      tenant: { id: 'tenant.example.com' },
      transaction: {
        subject_token: 'legacy-session:alice',
        subject_token_type: 'urn:acme:test',
        requested_scopes: ['openid', 'read:data'],
        requested_token_type: ACCESS_TOKEN_TYPE,
        actor_token: 'actor',
        actor_token_type: 'urn:acme:agent',
      },
    })
    expect(event?.transaction).not.toHaveProperty('actor_token_user')
  })
})

describe('the user', () => {
  it('is whom setUserById names', async () => {
    expect(
      claims(
        await run((_event, api) => {
          api.authentication.setUserById('auth0|bob')
        }),
      ).sub,
    ).toBe('auth0|bob')
  })

  it('may be set after waiting', async () => {
    const reply = await run(async (_event, api) => {
      await Promise.resolve()
      api.authentication.setUserById('auth0|bob')
    })
    expect(claims(reply).sub).toBe('auth0|bob')
  })

  it('is found by connection, or made once', async () => {
    let created = 0
    const emulator = withAction((event, api) => {
      created++
      const [connection = '', id = ''] = event.transaction.subject_token.split('/')
      api.authentication.setUserByConnection(connection, { user_id: id, name: `Name ${created}` })
    })
    const sub = async (subject_token: string) =>
      claims(await exchange(emulator, custom({ ...TEST_TYPE, subject_token, scope: 'openid profile' })), 'id_token')
    expect(await sub('Username-Password-Authentication/bob')).toMatchObject({ sub: 'auth0|bob', name: 'Bob' })
    expect(await sub('auth0/alice')).toMatchObject({ sub: 'auth0|alice', name: 'Alice' })
    expect(await sub('legacy/carol')).toMatchObject({ sub: 'legacy|carol', name: 'Name 3' })
    expect(await sub('legacy/carol')).toMatchObject({ sub: 'legacy|carol', name: 'Name 3' })
  })

  it('that an Action made exists in its own emulator only', async () => {
    const action: Action = ({ transaction }, api) => {
      if (transaction.subject_token === 'make') api.authentication.setUserByConnection('legacy', { user_id: 'carol' })
      else api.authentication.setUserById('legacy|carol')
    }
    const [one, other] = [withAction(action), withAction(action)]
    const send = async (emulator: typeof one, subject_token: string) =>
      (await exchange(emulator, custom({ ...TEST_TYPE, subject_token }))).status
    expect(await send(one, 'make')).toBe(200)
    expect(await send(one, 'use')).toBe(200)
    expect(await send(other, 'use')).toBe(400)
  })

  const UNKNOWN = 'The user that the Action set does not exist.'
  const TWICE = 'The Action set a user more than once.'

  it.each<[string, (api: ActionApi) => void, string]>([
    ['none', () => undefined, 'The Action did not set a user.'],
    [
      'unknown',
      ({ authentication }) => {
        authentication.setUserById('auth0|nobody')
      },
      UNKNOWN,
    ],
    [
      'unknown to the connection',
      ({ authentication }) => {
        authentication.setUserByConnection('legacy', { user_id: 'x' }, { creationBehavior: 'none' })
      },
      UNKNOWN,
    ],
    [
      'null',
      ({ authentication }) => {
        authentication.setUserByConnection('legacy', null as never)
      },
      'setUserByConnection: a user has a user_id.',
    ],
    [
      'without an id',
      ({ authentication }) => {
        authentication.setUserByConnection('legacy', { email: 'x@example.com' } as never)
      },
      'setUserByConnection: a user has a user_id.',
    ],
    [
      'of no connection',
      ({ authentication }) => {
        authentication.setUserByConnection(undefined as never, { user_id: 'x' })
      },
      'setUserByConnection: it takes the name of a connection, a user and an object of options.',
    ],
    [
      'set twice',
      ({ authentication }) => {
        authentication.setUserById('auth0|bob')
        authentication.setUserById('auth0|bob')
      },
      TWICE,
    ],
    [
      'set in both ways',
      ({ authentication }) => {
        authentication.setUserById('auth0|bob')
        authentication.setUserByConnection('Username-Password-Authentication', { user_id: 'bob' })
      },
      TWICE,
    ],
    [
      'blocked',
      ({ authentication }) => {
        authentication.setUserById('auth0|blocked')
      },
      'The user that the Action set is blocked.',
    ],
  ])('is refused when %s', async (_name, decide, text) => {
    const action: Action = (_event, api) => {
      decide(api)
    }
    const emulator = withAction(action, {
      users: [{ userId: 'auth0|bob' }, { userId: 'auth0|blocked', blocked: true }],
    })
    expectFailure(await exchange(emulator, custom(TEST_TYPE)), 400, 'invalid_request', text)
  })
})

describe('refusals', () => {
  it.each<[string, (api: ActionApi) => void, number, string, string]>([
    [
      'rejectInvalidSubjectToken',
      ({ access }) => {
        access.rejectInvalidSubjectToken('Expired.')
      },
      400,
      'invalid_request',
      'Expired.',
    ],
    [
      'deny with invalid_request',
      ({ access }) => {
        access.deny('invalid_request', 'No.')
      },
      400,
      'invalid_request',
      'No.',
    ],
    [
      'deny with server_error',
      ({ access }) => {
        access.deny('server_error', 'Down.')
      },
      500,
      'server_error',
      'Down.',
    ],
    [
      'deny with a code of its own',
      ({ access }) => {
        access.deny('account_frozen', 'Frozen.')
      },
      400,
      'account_frozen',
      'Frozen.',
    ],
    [
      'deny with characters that no error may hold',
      ({ access }) => {
        access.deny('a"\u0007é', 'a\\\n"')
      },
      400,
      "a'??",
      "a??'",
    ],
    [
      'deny without a code',
      ({ access }) => {
        access.deny('', 'No.')
      },
      500,
      'server_error',
      'access.deny: it takes a code and a reason.',
    ],
    [
      'deny with a reason alone, as other triggers have it',
      ({ access }) => {
        access.deny('No.', undefined as never)
      },
      500,
      'server_error',
      'access.deny: it takes a code and a reason.',
    ],
    [
      'rejectInvalidSubjectToken without a reason',
      ({ access }) => {
        access.rejectInvalidSubjectToken(undefined as never)
      },
      500,
      'server_error',
      'access.rejectInvalidSubjectToken: it takes a reason.',
    ],
    [
      'the first refusal counts',
      ({ access }) => {
        access.deny('first', '1')
        access.rejectInvalidSubjectToken('2')
      },
      400,
      'first',
      '1',
    ],
    [
      'an exception',
      () => {
        throw new Error('legacy-session:alice')
      },
      500,
      'server_error',
      'The Action failed.',
    ],
  ])('%s', async (_name, decide, status, code, text) => {
    const reply = await run((_event, api) => {
      api.authentication.setUserById('auth0|alice')
      decide(api)
    })
    expectFailure(reply, status, code, text)
  })

  it('a rejected promise is an exception', async () => {
    expectFailure(await run(() => Promise.reject(new Error('x'))), 500, 'server_error', 'The Action failed.')
  })
})
