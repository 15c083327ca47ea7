import fc from 'fast-check'
import { validNodes } from '../arbitraries/act.js'
import { foldNodes } from '../arbitraries/act-node.js'
import { exchanges, fullExchanges } from '../arbitraries/exchange.js'
import { plainExtras } from '../arbitraries/extra.js'
import type { CallCase, Case } from '../case.js'
import { answering, jsonReply, TOKEN_MEMBERS } from '../replies.js'
import type { Property } from './property.js'

const TWO_TOKENS = answering(
  ...['canary-issued-a', 'canary-issued-b'].map((token) => jsonReply(200, { ...TOKEN_MEMBERS, access_token: token })),
)
const BASE = { subject_token: 'canary-subject-1', subject_token_type: 'urn:acme:legacy-session' } as const
const CALENDAR = 'https://calendar.example.com'

/** Two calls that must not share a token. */
const OTHER_CALLS: readonly (readonly [CallCase, CallCase])[] = [
  [exchange({}), exchange({ subject_token: 'canary-subject-2' })],
  [exchange({ audience: CALENDAR }), exchange({ audience: 'https://api.example.com' })],
  [exchange({ scope: 'read:data' }), exchange({ scope: 'write:data' })],
  [exchange({ scope: 'read:data' }), exchange({})],
  [exchange({ actor_token: 'canary-actor-1', actor_token_type: 'urn:acme:agent' }), exchange({})],
  [
    exchange({ actor_token: 'canary-actor-1', actor_token_type: 'urn:acme:agent' }),
    exchange({ actor_token: 'canary-actor-2', actor_token_type: 'urn:acme:agent' }),
  ],
  [onBehalfOf('canary-subject-1', CALENDAR), onBehalfOf('canary-subject-2', CALENDAR)],
  [onBehalfOf('canary-subject-1', CALENDAR), onBehalfOf('canary-subject-1', 'https://reports.example.com')],
]

function exchange(further: object): CallCase {
  return { kind: 'exchange', input: { ...BASE, ...further } }
}

function onBehalfOf(access_token: string, audience: string): CallCase {
  return { kind: 'on_behalf_of', input: { access_token, audience } }
}

/** The properties on what two calls are to each other. */
export const RELATION_PROPERTIES: readonly Property[] = [
  {
    id: 'same-input-twice',
    area: 'protected-parameters',
    title: 'The same call twice sends the same parameters twice.',
    requirements: ['same-input-same-request'],
    cases: fc.tuple(exchanges(), plainExtras()).map(([input, extra]): Case => ({
      kind: 'sequence',
      relation: 'same-input',
      steps: [
        { kind: 'exchange', input: { ...input, extra } },
        { kind: 'exchange', input: { ...input, extra } },
      ],
    })),
  },
  {
    id: 'unrelated-extra',
    area: 'protected-parameters',
    title: 'A further extra parameter changes no other parameter.',
    requirements: ['unrelated-extra-changes-nothing'],
    cases: fc.tuple(exchanges(), plainExtras()).map(([input, extra]): Case => ({
      kind: 'sequence',
      relation: 'further-extra',
      steps: [
        { kind: 'exchange', input: { ...input, extra: extra.slice(0, -1) } },
        { kind: 'exchange', input: { ...input, extra } },
      ],
    })),
  },
  {
    id: 'order-of-extras',
    area: 'protected-parameters',
    title: 'The order of the extra parameters changes none of them.',
    requirements: ['extra-order-changes-nothing'],
    cases: fc.tuple(exchanges(), plainExtras()).map(([input, extra]): Case => ({
      kind: 'sequence',
      relation: 'other-order',
      steps: [
        { kind: 'exchange', input: { ...input, extra } },
        { kind: 'exchange', input: { ...input, extra: [...extra].reverse() } },
      ],
    })),
  },
  {
    id: 'request-shapes',
    area: 'protected-parameters',
    title: 'Every exchange is a POST of a form with the grant type, and its options arrive.',
    requirements: ['request-is-a-post', 'request-is-a-form', 'grant-type-is-token-exchange', 'typed-options-arrive'],
    cases: fullExchanges().map((input): Case => ({ kind: 'exchange', input })),
  },
  {
    id: 'other-calls',
    area: 'responses',
    title: 'Two calls that ask for different tokens never share one.',
    requirements: ['no-token-of-another-call'],
    cases: fc
      .tuple(fc.constantFrom(...OTHER_CALLS), fc.boolean(), fc.boolean())
      .map(([[one, other], swapped, concurrent]): Case => ({
        kind: 'sequence',
        relation: 'other-call',
        ...(concurrent && { concurrent }),
        steps: swapped ? [other, one] : [one, other],
        program: TWO_TOKENS,
      })),
  },
  {
    id: 're-exchanges',
    area: 'act-parsing',
    title: 'One more exchange puts one more actor before the chain.',
    requirements: ['re-exchange-keeps-chain'],
    cases: fc.tuple(validNodes(), fc.array(validNodes(), { maxLength: 8 })).map(([node, nodes]): Case => ({
      kind: 're_exchange',
      claims: foldNodes(nodes).claims,
      next: foldNodes([node, ...nodes]).claims,
      actor: node.fact.sub,
    })),
  },
]
