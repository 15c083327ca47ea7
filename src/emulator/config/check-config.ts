import type { EmulatorConfig } from './config.js'
import { requireOptionNames } from './option-names.js'

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

/** Whoever gives `emulator.fetch` to a client as its `fetch` sends a URL and an init. */
export function checkRequest(request: unknown): asserts request is Request {
  if (typeof request === 'object' && request !== null && 'headers' in request) return
  throw new TypeError('The emulator takes a Request: emulator.fetch(new Request(url, init))')
}

/** Throws a TypeError for what the type forbids. */
export function checkConfig(config: unknown): asserts config is EmulatorConfig {
  requireOptionNames('createEmulator', config, Object.keys(RULES))
  for (const [name, { what, holds }] of Object.entries(RULES)) {
    const value: unknown = Object.hasOwn(config, name) ? (config as Record<string, unknown>)[name] : undefined
    if (value !== undefined && !holds(value)) throw new TypeError(`${name} must be ${what}`)
  }
}
