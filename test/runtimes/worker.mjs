import { delegatedCall } from './program.mjs'

export default {
  async test(_controller, { ISSUER }) {
    console.log(JSON.stringify(await delegatedCall(ISSUER)))
  },
}
