import fc from 'fast-check'
import { clientsWithoutSecret, secretClients } from '../arbitraries/clients.js'
import { exchanges } from '../arbitraries/exchange.js'
import type { Case, CaseClient } from '../case.js'
import type { Property } from './property.js'

function by(clients: fc.Arbitrary<CaseClient>): fc.Arbitrary<Case> {
  return fc
    .tuple(exchanges(), clients)
    .map(([{ organization: _organization, ...input }, client]): Case => ({ kind: 'exchange', input, client }))
}

/** The properties on how a client shows who it is. */
export const CLIENT_PROPERTIES: readonly Property[] = [
  {
    id: 'secrets-in-the-body',
    area: 'client-authentication',
    title: 'An id and a secret in the body arrive as they were given.',
    requirements: ['secret-post-arrives', 'one-authentication-method', 'credentials-not-in-url'],
    cases: by(secretClients('client_secret_post')),
  },
  {
    id: 'secrets-in-the-header',
    area: 'client-authentication',
    title: 'An id and a secret in the header are form-encoded.',
    requirements: ['secret-basic-arrives', 'one-authentication-method', 'credentials-not-in-url'],
    cases: by(secretClients('client_secret_basic')),
  },
  {
    id: 'assertions',
    area: 'client-authentication',
    title: 'An assertion is signed by the client, about the client and for the server.',
    requirements: ['assertion-names-the-client', 'assertion-audience-is-the-server', 'one-authentication-method'],
    cases: by(clientsWithoutSecret('private_key_jwt')),
  },
  {
    id: 'assertions-once',
    area: 'client-authentication',
    title: 'Every request has an assertion of its own.',
    requirements: ['assertion-used-once'],
    cases: fc
      .tuple(exchanges(), clientsWithoutSecret('private_key_jwt'))
      .map(([{ organization: _organization, ...input }, client]): Case => ({
        kind: 'sequence',
        relation: 'same-input',
        client,
        steps: [
          { kind: 'exchange', input },
          { kind: 'exchange', input },
        ],
      })),
  },
  {
    id: 'public-clients',
    area: 'client-authentication',
    title: 'A public client sends its id and no credentials.',
    requirements: ['public-client-names-itself', 'one-authentication-method'],
    cases: by(clientsWithoutSecret('none')),
  },
]
