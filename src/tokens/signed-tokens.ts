export { dpopProof, dpopThumbprint } from '../request/dpop.js'
export { readIdToken } from './id-token.js'
export { createJwtVerifier } from './key-source.js'
