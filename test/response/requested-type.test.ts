import { describe, expect, it } from 'vitest'
import { ACCESS_TOKEN_TYPE, ID_TOKEN_TYPE, JWT_TOKEN_TYPE, type ExchangeTokenResult } from '../../src/index.js'
import { EXCHANGE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'

describe('the type that is asked for', () => {
  const idTokenAnswer = {
    access_token: 'an-id-token',
    issued_token_type: ID_TOKEN_TYPE,
    token_type: 'N_A',
    expires_in: 60,
  }

  it('and issued is given as what it is', async () => {
    const server = scriptedServer(() => Response.json(idTokenAnswer))
    const result = await clientOf(server, { now: () => 999 }).exchangeToken({
      ...EXCHANGE,
      requestedTokenType: ID_TOKEN_TYPE,
    })
    expect(result).toEqual({
      issuedToken: 'an-id-token',
      issuedTokenType: ID_TOKEN_TYPE,
      tokenType: 'N_A',
      expiresIn: 60,
      expiresAt: 60,
    })
  })

  it.each([
    [
      'a JWT that is no access token',
      'N_A',
      { issuedToken: 'a-jwt', issuedTokenType: JWT_TOKEN_TYPE, tokenType: 'N_A' },
    ],
    ['a JWT that is one', 'Bearer', { accessToken: 'a-jwt', issuedTokenType: JWT_TOKEN_TYPE, tokenType: 'Bearer' }],
  ])('and issued may be %s', async (_what, tokenType, expected) => {
    const answer = { access_token: 'a-jwt', issued_token_type: JWT_TOKEN_TYPE, token_type: tokenType }
    const client = clientOf(scriptedServer(() => Response.json(answer)))
    const { actUnavailable: _, ...result } = (await client.exchangeToken({
      ...EXCHANGE,
      requestedTokenType: JWT_TOKEN_TYPE,
    })) as ExchangeTokenResult
    expect(result).toStrictEqual(expected)
  })

  it.each([undefined, ACCESS_TOKEN_TYPE])('is an access token, and a JWT for nobody is none: %s', async (type) => {
    const answer = { access_token: 'a-jwt', issued_token_type: JWT_TOKEN_TYPE, token_type: 'N_A' }
    const client = clientOf(scriptedServer(() => Response.json(answer)))
    expect(await thrownBy(client.exchangeToken({ ...EXCHANGE, requestedTokenType: type }))).toMatchObject({
      code: 'invalid_response',
      field: 'token_type',
    })
  })

  it('and issued may have no token_type', async () => {
    const server = scriptedServer(() =>
      Response.json({ access_token: 'an-id-token', issued_token_type: ID_TOKEN_TYPE }),
    )
    const result = await clientOf(server).exchangeToken({ ...EXCHANGE, requestedTokenType: ID_TOKEN_TYPE })
    expect(result).toStrictEqual({ issuedToken: 'an-id-token', issuedTokenType: ID_TOKEN_TYPE })
  })

  it('and not issued: what counts is what the server says', async () => {
    const result = await clientOf(scriptedServer()).exchangeToken({
      ...EXCHANGE,
      requestedTokenType: ID_TOKEN_TYPE,
    })
    expect(result).toMatchObject({ accessToken: 'issued-access-token' })
  })

  it('and not named by the server is an error', async () => {
    const server = scriptedServer(() => Response.json({ ...idTokenAnswer, issued_token_type: undefined }))
    expect(
      await thrownBy(clientOf(server).exchangeToken({ ...EXCHANGE, requestedTokenType: ID_TOKEN_TYPE })),
    ).toMatchObject({ code: 'invalid_response', field: 'issued_token_type' })
  })
})
