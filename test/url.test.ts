import { expect, it } from 'vitest'
import { parseUrl } from '../src/url.js'

it('an address is one however often it is looked at', () => {
  const addresses = ['https://ümlaut.example/', 'https://example.com/é', 'https://例え.jp/']
  for (let call = 0; call < 20_000; call++) {
    for (const address of addresses) if (!parseUrl(address)) expect.fail(`${address} at call ${call}`)
  }
})

it.each(['', 'example.com', 'https://', 'https://a b/', '/path'])('%j is none', (text) => {
  expect(parseUrl(text)).toBeUndefined()
})

it('a path is one with a base', () => {
  expect(parseUrl('/path', 'https://example.com')?.href).toBe('https://example.com/path')
})
