import { expect, test } from 'vitest'
import { misfitOf } from '../../conformance/misfit.js'

const SDK = { name: 'my-sdk', version: '1.0.0', language: 'python' }
const CAPABILITIES = { exchange: 'typed', extra: true, actor: 'typed', current_actor: false, delegation_chain: false }
const hello = (capabilities: object): object => ({ v: 1, id: 0, hello: { sdk: SDK, capabilities } })
const observation = (seen: unknown): object => ({ v: 1, id: 0, observation: seen })

test.each([
  ['a text', 'it is no object'],
  [{ v: 1, id: 0 }, 'it has neither a hello nor an observation'],
  [{ id: 0, observation: { outcome: 'unsupported', capability: 'session' } }, 'v is not 1'],
  [hello(CAPABILITIES), 'it is a message of another kind'],
  [{ v: 1, id: 0, hello: { sdk: {} } }, 'hello has no capabilities'],
  [{ v: 1, id: 0, hello: null }, 'hello is no object'],
  [
    hello({ ...CAPABILITIES, organisation: true }),
    'hello.capabilities has a member organisation, which the schema does not know',
  ],
  [hello({ ...CAPABILITIES, actor: true }), 'hello.capabilities.actor is none of typed, untyped, none'],
  [observation(null), 'observation is no object'],
  [
    observation({ outcome: 'token' }),
    'observation.outcome is none of tokens, value, session, rejected, unsupported, adapter_error',
  ],
  [observation({ outcome: 'tokens' }), 'observation has no tokens'],
  [observation({ outcome: 'tokens', tokens: {} }), 'observation.tokens has no access_token'],
  [
    observation({ outcome: 'tokens', tokens: { access_token: 1 } }),
    'observation.tokens.access_token is not of type string',
  ],
  [observation({ outcome: 'rejected', error: { message: 'no' } }), 'observation.error has no class'],
  [
    observation({ outcome: 'unsupported', capability: 'session', message: 'no' }),
    'observation has a member message, which the schema does not know',
  ],
])('what does not fit is named: %j', (message, text) => {
  expect(misfitOf(message)).toBe(text)
})
