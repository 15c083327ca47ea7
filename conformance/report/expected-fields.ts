import { TOKEN_EXCHANGE_GRANT_TYPE } from '../../generated/constants.js'
import type { ExchangeClient, ExchangeInput } from '../adapter.js'
import type { FormFields } from '../form.js'
import { asList, classify } from '../oracles/wire-view.js'

const TYPED_OPTIONS = [
  'subject_token',
  'subject_token_type',
  'audience',
  'scope',
  'organization',
  'requested_token_type',
] as const
const MOST_VALUES = 20

/**
 * The fields that the typed options and the plain extra parameters of an exchange call for.
 *
 * What must be refused calls for no field, so that it stands out when it was sent.
 */
export function expectedFields(input: ExchangeInput, client: ExchangeClient): FormFields {
  const { actor_token: actor = '', actor_token_type: actorType = '', extra = [] } = input
  const isPair = actor.trim() !== '' && actorType.trim() !== ''
  const plain = extra.filter(([name, value]) => classify(name).kind === 'plain' && asList(value).length <= MOST_VALUES)
  return [
    ['grant_type', TOKEN_EXCHANGE_GRANT_TYPE],
    ['client_id', client.id],
    ['client_secret', client.secret],
    ...TYPED_OPTIONS.flatMap((name): FormFields => {
      const value = input[name] ?? ''
      return value === '' ? [] : [[name, value]]
    }),
    ...(isPair
      ? ([
          ['actor_token', actor],
          ['actor_token_type', actorType],
        ] as const)
      : []),
    ...plain.flatMap(([name, value]) => asList(value).map((one) => [name, one] as const)),
  ]
}
