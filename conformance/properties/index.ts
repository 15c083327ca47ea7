import { ACT_PROPERTIES } from './act.js'
import { ACTOR_PROPERTIES } from './actor.js'
import { PARAMETER_PROPERTIES } from './parameters.js'
import type { Property } from './property.js'

export type { Property }

/** Every property, in the order in which they run. */
export const PROPERTIES: readonly Property[] = [...PARAMETER_PROPERTIES, ...ACTOR_PROPERTIES, ...ACT_PROPERTIES]
