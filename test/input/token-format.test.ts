import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'

const LEGACY = 'urn:acme:legacy-session'
const ACCESS = 'urn:ietf:params:oauth:token-type:access_token'

async function errorFor(subjectToken: string, subjectTokenType: string): Promise<unknown> {
  const server = scriptedServer()
  const error = await thrownBy(clientOf(server).exchangeToken({ subjectToken, subjectTokenType }))
  expect(server.urls, 'nothing is sent, discovery included').toEqual([])
  return error
}

async function wireToken(subjectToken: string, subjectTokenType: string): Promise<string | undefined> {
  const server = scriptedServer()
  await clientOf(server).exchangeToken({ subjectToken, subjectTokenType })
  return server.tokenRequests[0]?.form.find(([name]) => name === 'subject_token')?.[1]
}

describe('a token that no token can be is refused before any request', () => {
  it.each([
    ['an empty text', '', 'blank'],
    ['a space', ' ', 'blank'],
    ['Unicode spaces', '\u2003\u3000', 'blank'],
    ["Python's separators", '\u001c\u001f\u0085', 'blank'],
    ['a leading space', ' t', 'padded'],
    ['a trailing line feed', 't\n', 'padded'],
    ['a leading byte order mark', '\ufefft', 'padded'],
    ['a trailing no-break space', 't\u00a0', 'padded'],
    ['a trailing next line', 't\u0085', 'padded'],
    ['Bearer in front', 'Bearer t', 'scheme'],
    ['bearer in any case', 'bEaReR t', 'scheme'],
    ['bearer and a tab', 'bearer\tt', 'scheme'],
    ['bearer and a no-break space', 'bearer\u00a0t', 'scheme'],
    ['DPoP in front', 'DPoP t', 'scheme'],
    ['a scheme alone', 'Bearer', 'scheme'],
    ['a NUL', 'a\0b', 'control_character'],
    ['an escape', 'a\u001bb', 'control_character'],
    ['a delete', 'a\u007fb', 'control_character'],
    ['a C1 control', 'a\u0080b', 'control_character'],
    ['a lone surrogate', 'a\ud800b', 'lone_surrogate'],
  ])('%s', async (_rule, token, reason) => {
    expect(await errorFor(token, LEGACY)).toMatchObject({ code: 'invalid_token_format', field: 'subjectToken', reason })
  })

  it.each([['\t'], ['\r'], ['\n']])('%j inside, for the compact types', async (character) => {
    const types = ['access_token', 'id_token', 'refresh_token', 'jwt']
    for (const type of types.map((name) => `urn:ietf:params:oauth:token-type:${name}`)) {
      expect(await errorFor(`a${character}b`, type)).toMatchObject({ reason: 'control_character' })
    }
  })
})

describe('a token that could be one is sent as it is', () => {
  it.each([
    ['a line break in a legacy token', '-----BEGIN-----\r\nMII\tB\n-----END-----', LEGACY],
    ['spaces inside', 'a b  c', LEGACY],
    ['non-ASCII', 'sésame-開け-🔑', LEGACY],
    ['a word that starts like a scheme', 'bearertoken', LEGACY],
    ['a word that starts like a scheme, hyphenated', 'bearer-of-news', ACCESS],
    ['a scheme word inside', 'the bearer of this', LEGACY],
    ['another scheme word', 'Basic', LEGACY],
    ['a zero-width space inside', 'a\u200bb', LEGACY],
    ['base64 with its signs', 'YQ+/==&x=y%20', LEGACY],
    ['a reserved type namespace', 't', 'urn:ietf:params:oauth:token-type:made-up'],
  ])('%s', async (_rule, token, type) => {
    expect(await wireToken(token, type)).toBe(token)
  })

  it('any token is refused, or arrives unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), async (token) => {
        const server = scriptedServer()
        try {
          await clientOf(server).exchangeToken({ subjectToken: token, subjectTokenType: LEGACY })
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid_token_format' })
          expect(server.urls).toEqual([])
          return
        }
        expect(server.tokenRequests[0]?.form).toContainEqual(['subject_token', token])
      }),
    )
  })
})

it.each([[undefined], [null], [42], [{}], [['t']]])('a token that is no string is a TypeError: %j', async (token) => {
  const call = clientOf(scriptedServer()).exchangeToken({ subjectToken: token as never, subjectTokenType: LEGACY })
  expect(await thrownBy(call)).toBeInstanceOf(TypeError)
})
