import { createClient, createKeyv } from '@keyv/redis'
import type { ReplayStore } from 'onbehalf/verify'

/** One connection for what the processes of an application share: exchanged tokens, sessions and used proofs. */
export async function connectRedis(url: string, onError: (error: unknown) => void = console.error) {
  // Without a connection an operation fails at once, where the default would wait for one.
  const redis = createClient({ url, disableOfflineQueue: true })
  redis.on('error', onError)
  await redis.connect()

  // By default a logout would not hear that its session is still there.
  const store = createKeyv(redis, { namespace: 'my-app', throwOnErrors: true })
  store.on('error', onError)

  const replayStore: ReplayStore = {
    async addIfAbsent(key, ttlMs) {
      const answer = await redis.set(key, '1', { condition: 'NX', expiration: { type: 'PX', value: ttlMs } })
      return answer === 'OK'
    },
  }
  return { store, replayStore, close: () => redis.close() }
}
