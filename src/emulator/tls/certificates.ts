// First: @peculiar/x509 does not load without it.
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { isIP } from 'node:net'
import { nameConstraints } from './name-constraints.js'
import { SEEDED_AUTHORITY_KEY, SEEDED_SERVER_KEY } from './seeded-keys.js'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const NAME_CONSTRAINTS = '2.5.29.30'
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1'
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** An authority, and the server's certificate from it. */
export interface Certificates {
  readonly authority: { readonly pem: string; readonly der: ArrayBuffer }
  /** Both PEM. */
  readonly server: { readonly certificate: string; readonly key: string }
}

interface KeyPair {
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
}

/** The authority can vouch for these names and nothing else, so that trusting it by mistake does little harm. */
export async function createCertificates(names: readonly string[], seeded: boolean): Promise<Certificates> {
  const authorityKeys = seeded ? await importKeys(SEEDED_AUTHORITY_KEY) : await generateKeys()
  const serverKeys = seeded ? await importKeys(SEEDED_SERVER_KEY) : await generateKeys()
  const validity = { notBefore: new Date(Date.now() - HOUR), notAfter: new Date(Date.now() + 365 * DAY) }
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: `CN=onbehalf emulator${seeded ? ' with public test keys' : ''}`,
    signingAlgorithm: ALGORITHM,
    keys: authorityKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      new x509.Extension(NAME_CONSTRAINTS, true, nameConstraints(names)),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  })
  const server = await x509.X509CertificateGenerator.create({
    ...validity,
    subject: 'CN=localhost',
    issuer: authority.subject,
    signingAlgorithm: ALGORITHM,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([SERVER_AUTHENTICATION]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority),
    ],
  })
  const key = await crypto.subtle.exportKey('pkcs8', serverKeys.privateKey)
  return {
    authority: { pem: authority.toString('pem'), der: authority.rawData },
    server: {
      certificate: server.toString('pem'),
      key: x509.PemConverter.encode(key, x509.PemConverter.PrivateKeyTag),
    },
  }
}

function generateKeys(): Promise<KeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
}

async function importKeys({ d, ...shared }: typeof SEEDED_AUTHORITY_KEY | typeof SEEDED_SERVER_KEY): Promise<KeyPair> {
  return {
    privateKey: await crypto.subtle.importKey('jwk', { ...shared, d }, ALGORITHM, true, ['sign']),
    publicKey: await crypto.subtle.importKey('jwk', shared, ALGORITHM, true, ['verify']),
  }
}
