import type * as SignedTokens from './signed-tokens.js'

/** Gives what reads and makes signed tokens: a plain exchange needs neither it nor jose. */
export type SignedTokensLoader = () => typeof SignedTokens | Promise<typeof SignedTokens>
