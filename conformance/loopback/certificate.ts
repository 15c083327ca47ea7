// First: @peculiar/x509 does not load without it.
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1'
const DAY = 86_400_000

/** What a server proves itself with, PEM. */
export interface ServerCertificate {
  readonly certificate: string
  readonly key: string
}

/** A certificate for 127.0.0.1 and localhost, and the authority that vouches for it, PEM. */
export interface LoopbackCertificate extends ServerCertificate {
  readonly authority: string
  /** Of the same authority, for a host that is not here. */
  readonly otherHost: ServerCertificate
}

type Names = ConstructorParameters<typeof x509.SubjectAlternativeNameExtension>[0]

/** Makes an authority for one run, whose key is forgotten at once. */
export async function createLoopbackCertificate(): Promise<LoopbackCertificate> {
  const authorityKeys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(),
    name: 'CN=onbehalf conformance',
    signingAlgorithm: ALGORITHM,
    keys: authorityKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  })
  const certify = (names: Names) => certificateFor(names, authority, authorityKeys.privateKey)
  return {
    authority: authority.toString('pem'),
    ...(await certify([
      { type: 'ip', value: '127.0.0.1' },
      { type: 'dns', value: 'localhost' },
    ])),
    otherHost: await certify([{ type: 'dns', value: 'other.example' }]),
  }
}

async function certificateFor(
  names: Names,
  authority: x509.X509Certificate,
  signingKey: CryptoKey,
): Promise<ServerCertificate> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(),
    subject: 'CN=onbehalf conformance server',
    issuer: authority.subject,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([SERVER_AUTHENTICATION]),
      new x509.SubjectAlternativeNameExtension(names),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority),
    ],
  })
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    certificate: certificate.toString('pem'),
    key: x509.PemConverter.encode(key, x509.PemConverter.PrivateKeyTag),
  }
}

function validity() {
  return { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) }
}
