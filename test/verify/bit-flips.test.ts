import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TokenExchangeError } from '../../src/verify.js'
import { thrownBy } from '../support/scripted-server.js'
import { CLAIMS, createKey, keyOf, proof, requestWith, setting, sign, thumbprint, type Key } from './support.js'

/** The token with one bit of one part's bytes changed. */
function flipped(jwt: string, part: number, bit: number): string {
  const parts = jwt.split('.').map((text) => Buffer.from(text, 'base64url'))
  const bytes = parts[part] as Buffer
  const index = bit % (bytes.length * 8)
  bytes.writeUInt8(bytes.readUInt8(index >> 3) ^ (1 << (index & 7)), index >> 3)
  return parts.map((text) => text.toString('base64url')).join('.')
}

const flip = fc.record({ part: fc.integer({ min: 0, max: 2 }), bit: fc.nat({ max: 1_000_000 }) })
const issuers = await Promise.all(['ES256', 'RS256', 'PS256', 'Ed25519'].map(keyOf))
const sender = await createKey('ES256')

describe.each(issuers.map((issuer) => [issuer.alg, issuer] as const))('%s', (kid, issuer: Key) => {
  it('a token with any other bit is refused', async () => {
    const token = await sign({ ...CLAIMS, act: { sub: 'mcp-server' } }, issuer, { kid, typ: 'JWT' })
    const { verifier } = setting([issuer])
    expect(await verifier.verify(token)).toBeTruthy()
    await fc.assert(
      fc.asyncProperty(flip, async ({ part, bit }) => {
        const error = await thrownBy(verifier.verify(flipped(token, part, bit)))
        expect(error).toBeInstanceOf(TokenExchangeError)
      }),
      { numRuns: 300 },
    )
  })

  it('a proof with any other bit is refused', async () => {
    const token = await sign({ ...CLAIMS, cnf: { jkt: await thumbprint(sender) } }, issuer, { kid })
    const jwt = await proof(sender, { token })
    const { verifier } = setting([issuer])
    await fc.assert(
      fc.asyncProperty(flip, async ({ part, bit }) => {
        const error = await thrownBy(verifier.verifyRequest(requestWith(token, flipped(jwt, part, bit))))
        expect(error).toBeInstanceOf(TokenExchangeError)
      }),
      { numRuns: 100 },
    )
    // None of them used it up.
    expect(await verifier.verifyRequest(requestWith(token, jwt))).toBeTruthy()
  })
})

it('every bit of a token and a proof: none can be another', async () => {
  const issuer = await keyOf('ES256')
  const token = await sign({ ...CLAIMS, cnf: { jkt: await thumbprint(sender) } }, issuer, { kid: 'ES256' })
  const jwt = await proof(sender, { token })
  const { verifier } = setting([issuer])
  const holding: string[] = []
  const tryAll = async (text: string, request: (changed: string) => Request): Promise<void> => {
    for (const [part, encodedPart] of text.split('.').entries()) {
      const bits = Buffer.from(encodedPart, 'base64url').length * 8
      for (let bit = 0; bit < bits; bit++) {
        const call = verifier.verifyRequest(request(flipped(text, part, bit)))
        if (await call.then(Boolean, () => false)) holding.push(`${part}:${bit}`)
      }
    }
  }
  await tryAll(token, (changed) => requestWith(changed, jwt))
  await tryAll(jwt, (changed) => requestWith(token, changed))
  expect(holding).toEqual([])
  expect(await verifier.verifyRequest(requestWith(token, jwt))).toBeTruthy()
})
