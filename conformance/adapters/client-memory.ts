import type { ExchangeClient, ExchangeTarget, PerformContext, SessionRequest, WireCall } from '../adapter.js'

/** What a client of an SDK is made from. */
export interface ClientSettings extends PerformContext {
  readonly target: ExchangeTarget
  readonly client: ExchangeClient
}

/**
 * Makes one client for each target, client and fetch, as an application would, and not one for each call.
 *
 * @param create Makes the SDK's client.
 */
export function rememberClients<Client>(
  create: (settings: ClientSettings) => Client,
): (request: WireCall | SessionRequest, context: PerformContext) => Client {
  const known = new WeakMap<PerformContext['fetch'], Map<string, Client>>()
  return ({ target, client }, { fetch }) => {
    const clients = known.get(fetch) ?? new Map<string, Client>()
    known.set(fetch, clients)
    const key = JSON.stringify([target, client])
    const made = clients.get(key) ?? create({ target, client, fetch })
    clients.set(key, made)
    return made
  }
}
