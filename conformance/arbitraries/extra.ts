import fc from 'fast-check'
import type { ExtraEntry } from '../adapter.js'
import {
  ALIASES,
  CONTROL_VALUES,
  ILLEGAL_MARKS,
  LOOKALIKES,
  PLAIN_NAMES,
  PROTECTED_NAMES,
  TYPED_NAMES,
  VALUES,
} from './pools.js'

/** A value that no typed option of a case has. */
export function strangeValues(): fc.Arbitrary<string> {
  return fc.constantFrom('canary-extra', 'evil', 'https://evil.example/', 'urn:evil:type')
}

/** One strange value, or an array of one or two. */
export function strangeExtras(): fc.Arbitrary<string | string[]> {
  return fc.oneof(
    { weight: 4, arbitrary: strangeValues() },
    { weight: 1, arbitrary: fc.uniqueArray(strangeValues(), { minLength: 1, maxLength: 2 }) },
  )
}

export function typedNames(keep: (name: string) => boolean): fc.Arbitrary<string> {
  return fc.constantFrom(...TYPED_NAMES.filter(keep))
}

export function aliases(): fc.Arbitrary<string> {
  return fc.constantFrom(...ALIASES)
}

/** A protected name with at least one letter in the other case. */
export function caseVariants(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...PROTECTED_NAMES), fc.integer({ min: 1, max: 2 ** 22 - 1 }))
    .map(([name, mask]) => withFlippedCase(name, mask))
}

function withFlippedCase(name: string, mask: number): string {
  const flipped = name.replace(/[a-z]/g, (letter, index: number) =>
    (mask >> index) & 1 ? letter.toUpperCase() : letter,
  )
  return flipped === name ? name.charAt(0).toUpperCase() + name.slice(1) : flipped
}

/** A name that RFC 6749, section 8.2 does not allow, most often one that looks like a protected name. */
export function malformedNames(): fc.Arbitrary<string> {
  const name = fc.constantFrom(...PROTECTED_NAMES, 'device_id')
  const marked = fc
    .tuple(name, fc.constantFrom(...ILLEGAL_MARKS), fc.integer({ min: 0, max: 30 }))
    .map(([base, mark, at]) => {
      const index = base.length - Math.min(at, base.length)
      return base.slice(0, index) + mark + base.slice(index)
    })
  const lookalike = fc
    .tuple(name, fc.constantFrom(...LOOKALIKES))
    .map(([base, [letter, other]]) => (base.includes(letter) ? base.replace(letter, other) : base + other))
  return fc.oneof(marked, lookalike, fc.constant(''))
}

/** Unprotected extra parameters with distinct names and one value each. */
export function plainExtras(): fc.Arbitrary<ExtraEntry[]> {
  return fc.uniqueArray(fc.tuple(plainNames(), values()), { minLength: 1, maxLength: 6, selector: ([name]) => name })
}

/** An unprotected extra parameter with up to 20 values. */
export function arrayExtras(): fc.Arbitrary<ExtraEntry> {
  return fc.tuple(plainNames(), fc.array(values(), { minLength: 1, maxLength: 20 }))
}

/** An unprotected extra parameter with more than 20 values. */
export function oversizedExtras(): fc.Arbitrary<ExtraEntry> {
  return fc.tuple(plainNames(), fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 21, maxLength: 40 }))
}

function plainNames(): fc.Arbitrary<string> {
  return fc.constantFrom(...PLAIN_NAMES)
}

function values(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...VALUES) },
    { weight: 1, arbitrary: fc.constantFrom(...CONTROL_VALUES) },
    { weight: 1, arbitrary: fc.constant('') },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }) },
  )
}
