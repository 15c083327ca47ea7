import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SecureListening } from '../../../src/emulator/index.js'
import { seeded } from '../support.js'

const run = promisify(execFile)

const NODE = `fetch(process.argv[1]).then(({ status }) => console.log(status))`
const PYTHON = `
import ssl, sys, urllib.request
context = ssl.create_default_context(cafile=sys.argv[1])
context.verify_flags |= ssl.VERIFY_X509_STRICT
print(urllib.request.urlopen(sys.argv[2], context=context).status)`
const JAVA = `
import java.net.URI;
import java.net.http.*;
class Client {
  public static void main(String[] args) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(args[0])).build();
    System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
  }
}`

const folder = mkdtempSync(join(tmpdir(), 'java-'))
writeFileSync(join(folder, 'Client.java'), JAVA)

let listening: SecureListening
beforeAll(async () => {
  listening = await seeded().listen({ tls: true })
})
afterAll(async () => {
  await listening.close()
  rmSync(folder, { recursive: true })
})

const properties = ({ trustStoreFile, trustStorePassword }: SecureListening) => [
  `-Djavax.net.ssl.trustStore=${trustStoreFile}`,
  `-Djavax.net.ssl.trustStorePassword=${trustStorePassword}`,
]

describe('the authority is accepted by', { timeout: 60_000 }, () => {
  it.concurrent.each<[string, (url: string) => readonly string[], RegExp]>([
    ['node', (url) => ['-e', NODE, url], /^200$/],
    ['curl', (url) => ['-sS', '--cacert', listening.caFile, '-o', '/dev/null', '-w', '%{http_code}', url], /^200$/],
    ['python3', (url) => ['-c', PYTHON, listening.caFile, url], /^200$/],
    ['java', (url) => [...properties(listening), join(folder, 'Client.java'), url], /^200$/],
    [
      'keytool',
      () => ['-list', '-keystore', listening.trustStoreFile, '-storepass', listening.trustStorePassword],
      /contains 1 entry.*trustedCertEntry/s,
    ],
  ])('%s', async (command, args, expected) => {
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: listening.caFile }
    const { stdout } = await run(command, args(`${listening.url}/.well-known/jwks.json`), { env }).catch(
      (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
        return { stdout: undefined }
      },
    )
    if (stdout === undefined) console.warn(`${command} is not installed: nothing was checked with it`)
    else expect(stdout.trim()).toMatch(expected)
  })
})
