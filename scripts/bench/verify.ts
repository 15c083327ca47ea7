import { SignJWT, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { TokenExchangeClient, noClientAuthentication } from '../../src/index.js'
import { createAccessTokenVerifier } from '../../src/verify.js'
import { interleave, type Measurement } from './measurement.js'

const ISSUER = 'https://tenant.example.com/'
const API = 'https://api.example.com'

/** The check of an access token by known keys, next to the same checks of jose with a key at hand. */
export async function measureVerify(): Promise<Measurement[]> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'a', alg: 'RS256', use: 'sig' }]
  const seconds = Math.floor(Date.now() / 1000)
  const token = await new SignJWT({
    iss: ISSUER,
    aud: [API, `${ISSUER}userinfo`],
    sub: 'auth0|0123456789abcdef01234567',
    azp: 'a'.repeat(32),
    scope: 'openid profile read:data write:data',
    act: { sub: 'mcp-server', act: { sub: 'spa' } },
    iat: seconds,
    exp: seconds + 86_400,
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'a' })
    .sign(privateKey)

  const issuer = (url: string): Promise<Response> =>
    Promise.resolve(
      Response.json(
        url.endsWith('jwks')
          ? { keys }
          : { issuer: ISSUER, token_endpoint: `${ISSUER}oauth/token`, jwks_uri: `${ISSUER}jwks` },
      ),
    )
  const config = { domain: 'tenant.example.com', audience: API, fetch: issuer }
  const verifier = createAccessTokenVerifier(config)
  const client = new TokenExchangeClient({ ...config, clientId: 'a', clientAuthentication: noClientAuthentication() })
  const request = new Request(`${API}/data`, { headers: { authorization: `Bearer ${token}` } })

  const jose = (): Promise<unknown> =>
    jwtVerify(token, publicKey, {
      issuer: ISSUER,
      audience: API,
      algorithms: ['RS256'],
      clockTolerance: 5,
      requiredClaims: ['sub', 'exp', 'iat'],
    })
  // Two at a time, so that one's garbage is not always the other's to collect.
  const ratio = async (name: string, other: () => Promise<unknown>): Promise<Measurement> => {
    const medians = await interleave({ jose, other }, { rounds: 6000, warmup: 2000 })
    return { name: `${name} / bare jose.jwtVerify`, value: medians.other / medians.jose, unit: 'ratio' }
  }
  return [
    { ...(await ratio('verify', () => verifier.verify(token))), reach: '<= 1.10' },
    await ratio('client.verifyAccessToken', () => client.verifyAccessToken(token)),
    await ratio('verifyRequest with scope and actor', () =>
      verifier.verifyRequest(request, { scope: 'read:data', actor: { allow: ['mcp-server'] } }),
    ),
  ]
}
