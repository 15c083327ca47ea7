import { Attribute, AuthenticatedSafe, CertBag, Certificate, PFX, SafeBag, SafeContents } from 'pkijs'

const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3'
/** SEQUENCE { OID 2.16.840.1.113894.746875.1.1, SET { anyExtendedKeyUsage } }: Java trusts no entry without it. */
const TRUSTED_KEY_USAGE = Uint8Array.from([
  ...[0x30, 0x16, 0x06, 0x0c, 0x60, 0x86, 0x48, 0x01, 0x86, 0xf9, 0x66, 0xad, 0xca, 0x7b, 0x01, 0x01],
  ...[0x31, 0x06, 0x06, 0x04, 0x55, 0x1d, 0x25, 0x00],
])
const PASSWORD_INTEGRITY = 0
const NO_PRIVACY = 0
const ITERATIONS = 10_000

/** A PKCS#12 file (RFC 7292) with one certificate. The password only guards its integrity: nothing in it is secret. */
export async function createTrustStore(certificate: ArrayBuffer, password: string): Promise<Uint8Array> {
  const bag = new SafeBag({
    bagId: CERTIFICATE_BAG,
    bagValue: new CertBag({ parsedValue: Certificate.fromBER(certificate) }),
    bagAttributes: [Attribute.fromBER(TRUSTED_KEY_USAGE)],
  })
  const safe = new AuthenticatedSafe({
    parsedValue: { safeContents: [{ privacyMode: NO_PRIVACY, value: new SafeContents({ safeBags: [bag] }) }] },
  })
  await safe.makeInternalValues({ safeContents: [{}] })
  const store = new PFX({ parsedValue: { integrityMode: PASSWORD_INTEGRITY, authenticatedSafe: safe } })
  await store.makeInternalValues({
    password: new TextEncoder().encode(password).buffer,
    iterations: ITERATIONS,
    pbkdf2HashAlgorithm: 'SHA-256',
    hmacHashAlgorithm: 'SHA-256',
  })
  return new Uint8Array(store.toSchema().toBER())
}
