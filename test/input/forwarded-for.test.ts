import { describe, expect, it } from 'vitest'
import { EXCHANGE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'

describe('the end user’s address', () => {
  it.each([
    ['0.0.0.0'],
    ['255.255.255.255'],
    ['203.0.113.7'],
    ['::1'],
    ['2001:db8::90'],
    ['2001:DB8::A'],
    ['::ffff:192.0.2.1'],
  ])('%s arrives as it is', async (address) => {
    const server = scriptedServer()
    await clientOf(server).exchangeToken({ ...EXCHANGE, forwardedFor: address })
    expect(server.tokenRequests[0]?.headers.get('auth0-forwarded-for')).toBe(address)
  })

  it.each([
    ['nothing', ''],
    ['one number', '7'],
    ['three numbers', '1.2.3'],
    ['five numbers', '1.2.3.4.5'],
    ['a first number that is missing', '.2.3.4'],
    ['a last number that is missing', '1.2.3.'],
    ['a first number over 255', '256.2.3.4'],
    ['a last number over 255', '1.2.3.256'],
    ['four digits in front', '0001.2.3.4'],
    ['four digits at the end', '1.2.3.0004'],
    ['too few groups', '1:2'],
    ['brackets around it', '[::1]'],
    ['something in front', 'user@[::1'],
    ['something behind', '::1]/'],
    ['a port', '203.0.113.7:80'],
    ['a name', 'app.example.com'],
  ])('%s is no address, and refused before any request', async (_rule, address) => {
    const server = scriptedServer()
    const error = await thrownBy(clientOf(server).exchangeToken({ ...EXCHANGE, forwardedFor: address }))
    expect(error).toMatchObject({ code: 'invalid_parameter', field: 'forwardedFor', reason: 'malformed' })
    expect(server.urls).toEqual([])
  })

  it('is not sent when it is not given', async () => {
    const server = scriptedServer()
    await clientOf(server).exchangeToken(EXCHANGE)
    expect(server.tokenRequests[0]?.headers.has('auth0-forwarded-for')).toBe(false)
  })

  it('is a text', async () => {
    const call = clientOf(scriptedServer()).exchangeToken({ ...EXCHANGE, forwardedFor: ['203.0.113.7'] as never })
    expect(await thrownBy(call)).toEqual(new TypeError('forwardedFor must be a string'))
  })
})
