import type { EmulatorConfig } from './config.js'
import { didYouMean } from './suggestion.js'

interface Rule {
  readonly what: string
  readonly holds: (value: unknown) => boolean
}

const RULES: Readonly<Record<keyof EmulatorConfig, Rule>> = {
  issuer: { what: 'a string', holds: (value) => typeof value === 'string' },
  seed: { what: 'a string or a number', holds: (value) => typeof value === 'string' || Number.isFinite(value) },
  tenant: { what: 'an object', holds: (value) => typeof value === 'object' && value !== null },
  now: { what: 'a function', holds: (value) => typeof value === 'function' },
  journalLength: {
    what: 'a whole number, 0 or more',
    holds: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  },
  control: { what: 'true or false', holds: (value) => typeof value === 'boolean' },
}

/** Throws a TypeError for what the type forbids: a misspelt name would give the default without a word. */
export function checkConfig(config: unknown): asserts config is EmulatorConfig {
  if (typeof config !== 'object' || config === null) throw new TypeError('createEmulator needs an options object')
  for (const [name, value] of Object.entries(config)) {
    const rule = Object.hasOwn(RULES, name) ? RULES[name as keyof EmulatorConfig] : undefined
    if (rule === undefined) {
      throw new TypeError(`createEmulator has no option ${JSON.stringify(name)}${didYouMean(name, Object.keys(RULES))}`)
    }
    if (value !== undefined && !rule.holds(value)) throw new TypeError(`${name} must be ${rule.what}`)
  }
}
