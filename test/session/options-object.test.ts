import { expect, it } from 'vitest'
import type { SessionClient, StoreOptions } from '../../src/session/index.js'
import { createBrowser } from './support/browser.js'
import { APP, createWorld } from './support/world.js'

const CALLS = [
  'loginWithCustomTokenExchange',
  'startInteractiveLogin',
  'getAccessToken',
  'requestSessionTransferToken',
  'logout',
] as const satisfies readonly (keyof SessionClient)[]

it.each(CALLS.flatMap((call) => [undefined, null, 'text'].map((options) => [call, options] as const)))(
  '%s of %s says that it needs an options object',
  async (call, options) => {
    const world = await createWorld()
    const sessions = world.sessions() as unknown as Record<
      typeof call,
      (options: unknown, store: StoreOptions) => Promise<unknown>
    >
    const visit = createBrowser().visit('/', (store) => sessions[call](options, store), {
      method: 'POST',
      headers: { Origin: APP },
    })
    await expect(visit).rejects.toThrow(new TypeError(`${call} needs an options object`))
    expect(world.tenant.tokenRequests).toEqual([])
  },
)
