import { JWT_TOKEN_TYPE } from '../../../generated/constants.js'
import { exchangeEvidence, sentWith, TOKENS } from '../evidence.js'
import { row, type OracleRow } from './row.js'

const PAIR = { actor_token: 'canary-actor', actor_token_type: 'urn:acme:agent' }
const TOKEN = ['actor_token', 'canary-actor'] as const
const TYPE = ['actor_token_type', 'urn:acme:agent'] as const
const SILENT = { observation: TOKENS }

export const ACTOR_ROWS: readonly OracleRow[] = [
  row('actor-pair-arrives', 'ok', 'a pair that arrives passes', exchangeEvidence(PAIR, [sentWith([TOKEN, TYPE])])),
  row('actor-token-has-type', 'ok', 'a pair keeps the rule', exchangeEvidence(PAIR, [sentWith([TOKEN, TYPE])])),
  row('actor-type-has-token', 'ok', 'a pair keeps the rule', exchangeEvidence(PAIR, [sentWith([TOKEN, TYPE])])),
  row('actor-pair-arrives', 'actor-pair-lost', 'a pair that is not sent fails', exchangeEvidence(PAIR, [sentWith([])])),
  row(
    'actor-pair-arrives',
    'actor-pair-swapped',
    'token and type in each other’s place fail',
    exchangeEvidence(PAIR, [
      sentWith([
        ['actor_token', 'urn:acme:agent'],
        ['actor_token_type', 'canary-actor'],
      ]),
    ]),
  ),
  row(
    'actor-pair-arrives',
    'actor-pair-changed',
    'another token fails',
    exchangeEvidence(PAIR, [sentWith([['actor_token', 'other'], TYPE])]),
  ),
  row('actor-pair-arrives', 'actor-pair-refused', 'a refused pair fails', exchangeEvidence(PAIR, [])),
  row(
    'actor-pair-arrives',
    'silent',
    'a JWT that is none may be refused',
    exchangeEvidence({ ...PAIR, actor_token_type: JWT_TOKEN_TYPE }, []),
  ),
  row(
    'actor-pair-arrives',
    'actor-pair-refused',
    'a JWT that looks like one fails when it is refused',
    exchangeEvidence({ actor_token: 'e30.e30.c2ln', actor_token_type: JWT_TOKEN_TYPE }, []),
  ),
  row(
    'actor-pair-arrives',
    'silent',
    'a session transfer may want an ID token for its actor',
    exchangeEvidence(PAIR, [], { op: 'session_transfer' }),
  ),
  row(
    'actor-pair-arrives',
    'silent',
    'a refusal beside a protected extra says nothing of the pair',
    exchangeEvidence({ ...PAIR, extra: [['scope', 'evil']] }, []),
  ),
  row(
    'actor-pair-arrives',
    'silent',
    'a pair whose token an extra parameter replaced is left to the rules on overrides',
    exchangeEvidence({ ...PAIR, extra: [['actor_token', 'other']] }, [sentWith([['actor_token', 'other'], TYPE])]),
  ),
  row(
    'actor-pair-arrives',
    'silent',
    'a refusal says nothing of the pair when the time may have been over',
    exchangeEvidence(PAIR, [], { client: { timeout_ms: 30 } }),
  ),
  row(
    'actor-pair-arrives',
    'accepted-without-request',
    'tokens without a request fail',
    exchangeEvidence(PAIR, [], SILENT),
  ),
  row(
    'actor-pair-arrives',
    'judged-elsewhere',
    'half a pair on the wire is left to the rules on halves',
    exchangeEvidence(PAIR, [sentWith([TOKEN])]),
  ),
  row(
    'actor-token-has-type',
    'actor-token-without-type',
    'a token without a type on the wire fails',
    exchangeEvidence({ actor_token: 'canary-actor' }, [sentWith([TOKEN])]),
  ),
  row(
    'actor-token-has-type',
    'actor-token-without-type',
    'an empty type on the wire counts as omitted',
    exchangeEvidence({ ...PAIR, actor_token_type: '' }, [sentWith([TOKEN, ['actor_token_type', '']])]),
  ),
  row(
    'actor-type-has-token',
    'actor-type-without-token',
    'a type without a token on the wire fails',
    exchangeEvidence({ actor_token_type: 'urn:acme:agent' }, [sentWith([TYPE])]),
  ),
  row(
    'actor-type-has-token',
    'actor-type-without-token',
    'a type that nobody asked for fails',
    exchangeEvidence({}, [sentWith([TYPE])]),
  ),
  row(
    'actor-token-has-type',
    'silent',
    'an actor token that came as an extra parameter is left to the rules on protected names',
    exchangeEvidence({ extra: [['actor_token', 'canary-actor']] }, [sentWith([TOKEN])]),
  ),
  row(
    'actor-type-has-token',
    'silent',
    'without an actor there is nothing to judge',
    exchangeEvidence({}, [sentWith([])]),
  ),
  row(
    'unpaired-actor-refused',
    'ok',
    'an error before any request passes',
    exchangeEvidence({ actor_token: 'canary-actor' }, []),
  ),
  row(
    'unpaired-actor-refused',
    'unpaired-actor-dropped',
    'a half that is left out fails',
    exchangeEvidence({ actor_token: 'canary-actor' }, [sentWith([])]),
  ),
  row(
    'unpaired-actor-refused',
    'unpaired-actor-completed',
    'a type that was made up fails',
    exchangeEvidence({ actor_token: 'canary-actor' }, [sentWith([TOKEN, TYPE])]),
  ),
  row(
    'unpaired-actor-refused',
    'documented-default',
    'a session transfer may have a default type for the actor that it was given',
    exchangeEvidence({ actor_token: 'canary-actor' }, [sentWith([TOKEN, TYPE])], { op: 'session_transfer' }),
  ),
  row(
    'unpaired-actor-refused',
    'unpaired-actor-completed',
    'a session transfer may not make up the actor itself',
    exchangeEvidence({ actor_token_type: 'urn:acme:agent' }, [sentWith([TOKEN, TYPE])], { op: 'session_transfer' }),
  ),
  row(
    'unpaired-actor-refused',
    'silent',
    'a half that an extra parameter completes is no half',
    exchangeEvidence({ actor_token: 'canary-actor', extra: [['actor_token_type', 'urn:acme:agent']] }, [
      sentWith([TOKEN, TYPE]),
    ]),
  ),
  row(
    'unpaired-actor-refused',
    'judged-elsewhere',
    'a half on the wire is left to the rules on halves',
    exchangeEvidence({ actor_token_type: 'urn:acme:agent' }, [sentWith([TYPE])]),
  ),
  row(
    'unpaired-actor-refused',
    'silent',
    'an empty half that stands alone may be read as not given',
    exchangeEvidence({ actor_token: '' }, [sentWith([])]),
  ),
  row(
    'blank-actor-refused',
    'ok',
    'an error before any request passes',
    exchangeEvidence({ ...PAIR, actor_token: ' ' }, []),
  ),
  row(
    'blank-actor-refused',
    'blank-actor-sent',
    'a blank token on the wire fails',
    exchangeEvidence({ ...PAIR, actor_token: ' ' }, [sentWith([['actor_token', ' '], TYPE])]),
  ),
  row(
    'blank-actor-refused',
    'blank-actor-dropped',
    'a pair with a blank half that is left out fails',
    exchangeEvidence({ ...PAIR, actor_token_type: '\t\n' }, [sentWith([])]),
  ),
  row(
    'blank-actor-refused',
    'silent',
    'whitespace beyond ASCII is not judged as blank',
    exchangeEvidence({ ...PAIR, actor_token: '\u2003' }, [sentWith([['actor_token', '\u2003'], TYPE])]),
  ),
]
