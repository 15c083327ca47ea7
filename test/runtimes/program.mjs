import { TokenExchangeClient, clientSecretBasic, getDelegationChain } from 'onbehalf'
import { requireActor } from 'onbehalf/act'
import { createExchangeCache } from 'onbehalf/cache'
import { createAccessTokenVerifier } from 'onbehalf/verify'

/**
 * Goes from a user's token to the API that asks who acts.
 *
 * @param {string} issuer Of the emulator.
 */
export async function delegatedCall(issuer) {
  const subject = { subjectToken: 'legacy-session:alice', subjectTokenType: 'urn:acme:legacy-session' }
  const client = new TokenExchangeClient({
    domain: issuer,
    clientId: 'mcp-server',
    clientAuthentication: clientSecretBasic('mcp-server-secret'),
    audience: 'https://mcp.example.com',
    cache: createExchangeCache(),
  })
  const incoming = await client.exchangeToken({
    ...subject,
    actorToken: 'agent:bob',
    actorTokenType: 'urn:acme:legacy-session',
    audience: 'https://mcp.example.com',
    scope: 'openid',
  })

  const accessToken = await client.verifyAccessToken(incoming.accessToken)
  const options = { accessToken, audience: 'https://calendar.example.com' }
  const [next, same] = await Promise.all([client.getTokenOnBehalfOf(options), client.getTokenOnBehalfOf(options)])

  const calendar = createAccessTokenVerifier({ domain: issuer, audience: 'https://calendar.example.com' })
  const { claims } = await calendar.verify(next.accessToken)

  const refused = await client.exchangeToken({ ...subject, subjectToken: 'Bearer a' }).catch((error) => error)
  return {
    act: incoming.act,
    actor: requireActor(claims, { allow: ['mcp-server'] }).sub,
    chain: getDelegationChain(claims),
    isShared: next.accessToken === same.accessToken,
    refused: [refused.code, refused.field, refused.reason],
  }
}
