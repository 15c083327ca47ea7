import { expect, it } from 'vitest'
import { TokenExchangeError, TokenExchangeErrorCode, type TokenExchangeErrorDetails } from '../../src/index.js'
// The one that watches every test; what is shown here is taken from it before it can complain.
import { watch } from './setup.js'

const SECRET = 'canary-4711'

/** Made is enough: nobody needs to throw it. */
function fail(text: string, details?: TokenExchangeErrorDetails): Error {
  return new TokenExchangeError(TokenExchangeErrorCode.TIMEOUT, text, details)
}

it.each<[where: string, show: () => unknown]>([
  ['an error that nobody throws', () => fail(`No answer to ${SECRET}.`)],
  ['upper case', () => fail(SECRET.toUpperCase())],
  ['base64', () => fail(btoa(SECRET))],
  ['base64, one byte on', () => fail(btoa(`a${SECRET}`))],
  ['base64, two bytes on', () => fail(btoa(`ab${SECRET}`))],
  ['percent-encoding', () => fail(encodeURIComponent(`<${SECRET}>`))],
  ['a field of an error', () => fail('No answer.', { field: SECRET })],
  ['the code of the server', () => fail('No answer.', { oauth: { error: SECRET } })],
  [
    'the console',
    () => {
      console.debug({ secret: SECRET })
    },
  ],
  ['standard output', () => process.stdout.write(`${SECRET}\n`)],
])('a secret is found in %s', (_where, show) => {
  show()
  expect(watch.take()).toHaveLength(1)
  expect(watch.take()).toEqual([])
})

it('what the server said is no leak as long as it does not show', () => {
  fail('No answer.', { oauth: { error: 'invalid_grant', errorDescription: SECRET }, cause: new Error(SECRET) })
  expect(watch.take()).toEqual([])
})
