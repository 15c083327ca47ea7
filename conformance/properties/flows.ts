import fc from 'fast-check'
import type { OnBehalfOfInput, SessionTransferInput } from '../adapter.js'
import { actorTokens, actorTokenTypes } from '../arbitraries/exchange.js'
import { safeRedirects, unsafeRedirects } from '../arbitraries/redirects.js'
import {
  generousReplies,
  notApplicableReplies,
  otherTypeReplies,
  sessionTransferReplies,
} from '../arbitraries/replies.js'
import { accessTokens } from '../arbitraries/tokens.js'
import type { Case } from '../case.js'
import { answering, SESSION_TRANSFER_MEMBERS, jsonReply } from '../replies.js'
import type { Property } from './property.js'

function onBehalfOfInputs(): fc.Arbitrary<OnBehalfOfInput> {
  return fc.record(
    {
      access_token: accessTokens(),
      audience: fc.constantFrom('https://calendar.example.com', 'https://api.example.com/?a=b&c', 'urn:acme:api'),
      scope: fc.constantFrom('calendar:read', 'calendar:read calendar:write'),
    },
    { requiredKeys: ['access_token', 'audience'], noNullPrototype: true },
  )
}

function sessionTransferInputs(): fc.Arbitrary<SessionTransferInput> {
  return fc.record(
    {
      subject_token: fc.constantFrom('canary-subject-1', 'canary-subject-2'),
      subject_token_type: fc.constant('urn:acme:legacy-session'),
      actor_token: actorTokens(),
      actor_token_type: actorTokenTypes(),
      scope: fc.constant('openid profile'),
      organization: fc.constant('org_abc1234'),
    },
    {
      requiredKeys: ['subject_token', 'subject_token_type', 'actor_token', 'actor_token_type'],
      noNullPrototype: true,
    },
  )
}

const TWO_TOKENS = answering(
  jsonReply(200, SESSION_TRANSFER_MEMBERS),
  jsonReply(200, { ...SESSION_TRANSFER_MEMBERS, access_token: 'canary-session-transfer-token-2' }),
)

/** The properties on on-behalf-of calls, session transfers and their redirects. */
export const FLOW_PROPERTIES: readonly Property[] = [
  {
    id: 'on-behalf-of-calls',
    area: 'on-behalf-of',
    title: 'An on-behalf-of call sends what it is given, and gives an access token alone.',
    requirements: ['obo-token-types', 'obo-parameters-arrive', 'obo-result-is-narrow'],
    cases: fc
      .tuple(onBehalfOfInputs(), generousReplies())
      .map(([input, reply]): Case => ({ kind: 'on_behalf_of', input, program: answering(reply) })),
  },
  {
    id: 'on-behalf-of-no-access-token',
    area: 'on-behalf-of',
    title: 'An on-behalf-of call does not take another token for an access token.',
    requirements: ['obo-not-applicable-refused'],
    cases: fc
      .tuple(onBehalfOfInputs(), notApplicableReplies())
      .map(([input, reply]): Case => ({ kind: 'on_behalf_of', input, program: answering(reply) })),
  },
  {
    id: 'session-transfers',
    area: 'session-transfer',
    title: 'A session transfer asks for the audience of the domain and accepts N_A.',
    requirements: ['stt-audience', 'stt-not-applicable-accepted'],
    cases: fc
      .tuple(sessionTransferInputs(), sessionTransferReplies())
      .map(([input, reply]): Case => ({ kind: 'session_transfer', input, program: answering(reply) })),
  },
  {
    id: 'session-transfers-without-actor',
    area: 'session-transfer',
    title: 'A session transfer without an actor is an error before any request.',
    requirements: ['stt-needs-actor'],
    cases: sessionTransferInputs().map(({ actor_token: _token, actor_token_type: _type, ...input }): Case => ({
      kind: 'session_transfer',
      input,
    })),
  },
  {
    id: 'session-transfers-of-another-type',
    area: 'session-transfer',
    title: 'Another token is not given as a session transfer token.',
    requirements: ['stt-other-type-refused'],
    cases: fc
      .tuple(sessionTransferInputs(), otherTypeReplies())
      .map(([input, reply]): Case => ({ kind: 'session_transfer', input, program: answering(reply) })),
  },
  {
    id: 'session-transfers-twice',
    area: 'session-transfer',
    title: 'The same session transfer twice asks for two tokens.',
    requirements: ['stt-not-shared', 'same-input-same-request'],
    cases: fc.tuple(sessionTransferInputs(), fc.boolean()).map(([input, concurrent]): Case => ({
      kind: 'sequence',
      relation: 'same-input',
      ...(concurrent && { concurrent }),
      steps: [
        { kind: 'session_transfer', input },
        { kind: 'session_transfer', input },
      ],
      program: TWO_TOKENS,
    })),
  },
  {
    id: 'redirects',
    area: 'redirect-builder',
    title: 'A redirect keeps its target and adds the token, and the organization that is given.',
    requirements: ['redirect-carries-token', 'redirect-keeps-target', 'redirect-carries-organization'],
    cases: safeRedirects().map((input): Case => ({ kind: 'redirect', input })),
  },
  {
    id: 'unsafe-redirects',
    area: 'redirect-builder',
    title: 'An unsafe target is an error.',
    requirements: ['redirect-unsafe-target-refused'],
    cases: unsafeRedirects().map((input): Case => ({ kind: 'redirect', input })),
  },
]
