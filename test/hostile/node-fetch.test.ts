import { createNodeFetch } from '../../src/node.js'
import { describeHostileServers } from './suite.js'

await describeHostileServers('node', createNodeFetch())
