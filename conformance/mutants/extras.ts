import { PROTECTED_PARAMETERS, TOKEN_PARAMETERS } from '../../generated/constants.js'
import type { ExtraEntry } from '../adapter.js'
import type { FormFields } from '../form.js'
import type { MutantHooks } from './mutant.js'

const PROTECTED: ReadonlySet<string> = new Set(PROTECTED_PARAMETERS)
const TYPED: ReadonlySet<string> = new Set(Object.keys(TOKEN_PARAMETERS))
const NAME = /^[A-Za-z0-9._-]+$/

export const isTyped = ([name]: ExtraEntry): boolean => TYPED.has(name)
export const isAlias = ([name]: ExtraEntry): boolean => PROTECTED.has(name) && !TYPED.has(name)
export const isVariant = ([name]: ExtraEntry): boolean => !PROTECTED.has(name) && PROTECTED.has(name.toLowerCase())
export const isMalformed = ([name]: ExtraEntry): boolean => !NAME.test(name)
export const isProtected = ([name]: ExtraEntry): boolean => PROTECTED.has(name.toLowerCase())
export const isPlain = (entry: ExtraEntry): boolean => !isProtected(entry) && !isMalformed(entry)
export const isAny = (): boolean => true

export function isNamed(...names: string[]): (entry: ExtraEntry) => boolean {
  return ([name]) => names.includes(name)
}

/** How an extra parameter gets into a form. */
export type Write = (fields: FormFields, entry: ExtraEntry) => FormFields

export const append: Write = (fields, [name, value]) => [
  ...fields,
  ...[value].flat().map((item) => [name, item] as const),
]

export const replace: Write = (fields, [name, value]) => append(without(fields, name), [name, value])

/** Writes only where the typed option has set nothing. */
export const fill: Write = (fields, entry) =>
  fields.some(([name]) => name === entry[0]) ? fields : append(fields, entry)

/** Writes under another name. */
export function renamed(write: Write, rename: (name: string) => string): Write {
  return (fields, [name, value]) => write(fields, [rename(name), value])
}

export function without(fields: FormFields, name: string): FormFields {
  return fields.filter(([field]) => field !== name)
}

/** Hides the chosen extra parameters from the SDK. */
export function hide(choose: (entry: ExtraEntry) => boolean): Pick<MutantHooks, 'input'> {
  return {
    input: ({ extra, ...rest }) => (extra ? { ...rest, extra: extra.filter((entry) => !choose(entry)) } : rest),
  }
}

/** Hides the chosen extra parameters from the SDK, and writes them into what it sends. */
export function smuggle(choose: (entry: ExtraEntry) => boolean, write: Write): MutantHooks {
  return {
    ...hide(choose),
    form: (fields, { extra = [] }) => extra.filter(choose).reduce(write, fields),
  }
}

/** Changes the values of the chosen extra parameters before the SDK sees them. */
export function mapValues(
  choose: (entry: ExtraEntry) => boolean,
  map: (value: string | readonly string[]) => string | readonly string[],
): MutantHooks {
  return {
    input: ({ extra, ...rest }) => ({
      ...rest,
      ...(extra && { extra: extra.map((entry) => (choose(entry) ? [entry[0], map(entry[1])] : entry)) }),
    }),
  }
}
