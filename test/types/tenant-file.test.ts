import type { JWK } from 'jose'
import { describe, expectTypeOf, it } from 'vitest'
import type { ActionReference, PublicKeyEntry, TenantFile } from '../../generated/schemas.js'
import type { Action, TenantConfig } from '../../src/emulator/index.js'

/** A config as a file has it: with references for functions, and keys as the schema describes them. */
type InFile<Config> = Config extends Action
  ? ActionReference
  : [Config, JWK] extends [JWK, Config]
    ? KeyOrMetadata<Config>
    : Members<Config>

/** Metadata, which may be any object, is assignable to a key and from it. */
type KeyOrMetadata<Config> = Config extends { readonly kty?: infer Kty }
  ? unknown extends Kty
    ? Members<Config>
    : PublicKeyEntry
  : never

type Members<Config> = Config extends readonly (infer Item)[]
  ? readonly InFile<Item>[]
  : Config extends object
    ? { readonly [Name in keyof Config]: InFile<Config[Name]> }
    : Config

/** The compiler checks this: a key, an optional one or a word that only one of the two has is an error. */
describe('the schema of a tenant file', () => {
  it('is that of TenantConfig', () => {
    expectTypeOf<InFile<TenantConfig>>().toEqualTypeOf<TenantFile>()
  })
})
