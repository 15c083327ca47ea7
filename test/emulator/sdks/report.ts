import { decodeJwt } from 'jose'

/** What each program tells on its standard output. A flow that the SDK does not have is not there. */
export interface Report {
  readonly customExchange: Issued
  readonly delegatedExchange: Issued
  readonly onBehalfOf?: Issued
  readonly login: Issued
  /** Minted for Alice with Bob as the actor, and redeemed at the customer's app. */
  readonly sessionTransfer?: Issued
}

/** What an access or ID token says, and nothing of it that changes from run to run. */
export interface Issued {
  readonly sub: unknown
  readonly aud: unknown
  readonly act?: unknown
}

export function issued(token: string | undefined): Issued {
  const { sub, aud, act } = decodeJwt(token ?? '')
  return { sub, aud, ...(act === undefined ? {} : { act }) }
}

export function print(report: Report): void {
  console.log(JSON.stringify(report))
}

/** The emulator that the test has started. */
export function issuer(): URL {
  return new URL(process.argv[2] ?? '')
}

export const CALLBACK = 'http://127.0.0.1:4711/callback'
