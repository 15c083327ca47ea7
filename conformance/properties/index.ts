import { ACT_PROPERTIES } from './act.js'
import { ACTOR_PROPERTIES } from './actor.js'
import { ANSWER_PROPERTIES } from './answers.js'
import { CLIENT_PROPERTIES } from './clients.js'
import { FLOW_PROPERTIES } from './flows.js'
import { ID_TOKEN_PROPERTIES } from './id-tokens.js'
import { PARAMETER_PROPERTIES } from './parameters.js'
import type { Property } from './property.js'
import { RELATION_PROPERTIES } from './relations.js'
import { SESSION_PROPERTIES } from './sessions.js'
import { TOKEN_PROPERTIES } from './tokens.js'

export type { Property }

/** Every property, in the order in which they run. */
export const PROPERTIES: readonly Property[] = [
  ...PARAMETER_PROPERTIES,
  ...ACTOR_PROPERTIES,
  ...ACT_PROPERTIES,
  ...TOKEN_PROPERTIES,
  ...ANSWER_PROPERTIES,
  ...CLIENT_PROPERTIES,
  ...FLOW_PROPERTIES,
  ...ID_TOKEN_PROPERTIES,
  ...RELATION_PROPERTIES,
  ...SESSION_PROPERTIES,
]
