import { describeHostileServers } from './suite.js'

// Apart from the Node fetch: importing undici would change what the global fetch connects with.
await describeHostileServers('global')
