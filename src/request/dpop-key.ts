import type { CryptoKey } from 'jose'
import { TokenExchangeError } from '../errors.js'
import { checkKind, checkOptionNames } from '../input/options-object.js'

/** The key that tokens are bound to (RFC 9449). */
export interface DPoPOptions {
  /** An asymmetric pair; `privateKey` may be non-extractable, `publicKey` is sent. */
  readonly keyPair: { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey }
  /** Whether a token that the server did not bind is accepted (RFC 9449, section 5). Default false. */
  readonly allowBearer?: boolean | undefined
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof DPoPOptions>(['keyPair', 'allowBearer'])

/**
 * Throws when the key cannot sign proofs.
 *
 * @throws {TokenExchangeError} `invalid_configuration`
 */
export function checkDPoP(options: unknown): asserts options is DPoPOptions {
  checkOptionNames('dpop', options, OPTION_NAMES)
  checkKind('boolean', options, 'allowBearer')
  const { keyPair } = options as Partial<DPoPOptions>
  // Every proof shows the public key: a private one in its place would be sent.
  if (!isKey('public', keyPair?.publicKey) || !isKey('private', keyPair.privateKey)) {
    throw new TypeError('dpop needs a keyPair of a public and a private CryptoKey')
  }
  algorithmOf(keyPair.publicKey)
}

function isKey(type: CryptoKey['type'], key: unknown): key is CryptoKey {
  return key instanceof globalThis.CryptoKey && key.type === type
}

/** The JWS algorithm that the key signs with. */
export function algorithmOf(key: CryptoKey): string {
  const { name } = key.algorithm
  const curve = (key.algorithm as Partial<EcKeyAlgorithm>).namedCurve
  const hash = (key.algorithm as Partial<RsaHashedKeyAlgorithm>).hash?.name.replace('SHA-', '')
  if (name === 'Ed25519') return 'Ed25519'
  if (name === 'ECDSA' && curve !== undefined) return `ES${curve === 'P-521' ? '512' : curve.slice(2)}`
  if (name === 'RSASSA-PKCS1-v1_5' && hash !== undefined) return `RS${hash}`
  if (name === 'RSA-PSS' && hash !== undefined) return `PS${hash}`
  throw new TokenExchangeError('invalid_configuration', `A key of ${name} cannot sign proofs.`, {
    field: 'dpop',
    reason: 'algorithm',
  })
}
