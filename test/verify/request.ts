import { CLAIMS, RESOURCE, createKey, keyOf, sign, thumbprint } from './support.js'

export const issuer = await keyOf('ES256')
export const sender = await createKey('ES256')
export const token = await sign(CLAIMS, issuer, { kid: 'ES256' })
export const bound = await sign({ ...CLAIMS, cnf: { jkt: await thumbprint(sender) } }, issuer, { kid: 'ES256' })
export const expired = await sign({ ...CLAIMS, exp: 0 }, issuer, { kid: 'ES256' })

export const FORM = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
export const authorized = (authorization: string, init: RequestInit = {}, url = RESOURCE): Request => {
  const request = new Request(url, init)
  request.headers.set('authorization', authorization)
  return request
}
