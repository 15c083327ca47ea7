/** What an app loads when it first calls for it: every flow but the plain exchange, and with it jose. */
export * from './tokens/signed-tokens.js'
export { exchangeKey, throughCache } from './flows/cached-exchange.js'
export { createDelegatedFetch } from './flows/delegated-fetch.js'
export { forgetOnBehalfOf, getTokenOnBehalfOf } from './flows/on-behalf-of.js'
export { verifyOwnAccessToken } from './flows/own-access-token.js'
export { requestSessionTransferToken } from './flows/session-transfer.js'
export { getTokenForConnection } from './flows/token-vault.js'
export { getUserInfo } from './flows/user-info.js'
