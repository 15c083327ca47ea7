import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { copySpec, run } from '../scripts/spec-copy.js'
import { ROOT } from '../structure/manifest.js'

const PARAMETERS = ['components', 'schemas', 'NeighbourGrantParameters', 'properties']
const AUDIENCE = ['components', 'schemas', 'TokenRequestParameters', 'properties', 'audience']

/** Sends an exchange for each name given as an extra parameter, and prints what became of it. */
const PROBE = `
import { TokenExchangeClient, clientSecretPost } from './src/index.js'

const issuer = 'https://tenant.example.com/'
for (const name of process.argv.slice(2)) {
  let sent = ''
  const client = new TokenExchangeClient({
    domain: issuer,
    clientId: 'app',
    clientAuthentication: clientSecretPost('secret'),
    fetch: async (url, init) => {
      if (init.method !== 'POST') {
        return Response.json({ issuer, token_endpoint: issuer + 'oauth/token', jwks_uri: issuer + 'jwks' })
      }
      sent = String(init.body)
      return Response.json({ access_token: 'a', token_type: 'Bearer' })
    },
  })
  const call = client.exchangeToken({ subjectToken: 'a', subjectTokenType: 'urn:test:any', extra: { [name]: 'x' } })
  const outcome = await call.then(() => 'sent', (error) => error.code)
  console.log(name, outcome, new URLSearchParams(sent).has(name))
}
`

describe('editing a protected name and generating changes the facade with no other edit', { timeout: 60_000 }, () => {
  // A space in the path, as there may be one in anybody's.
  const folder = mkdtempSync(join(tmpdir(), 'on behalf-'))
  const copy = copySpec()
  afterAll(() => {
    copy.remove()
    rmSync(folder, { recursive: true })
  })
  const names = ['subject_issuer', 'Subject_Realm', 'aud', 'target']

  async function probe(): Promise<string[]> {
    const { stdout, stderr } = await run('probe.ts', names, folder)
    expect(stderr).toBe('')
    return stdout.trim().split('\n')
  }

  it('the new names are refused and the old ones are sent', async () => {
    const used = ['src', 'generated', 'spec', 'scripts', 'package.json', '.prettierrc.json', '.redocly.yaml']
    for (const name of [...used, 'conformance/make-folder.ts']) {
      if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(folder, name), { recursive: true })
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'probe.ts'), PROBE)
    expect(await probe()).toEqual([
      'subject_issuer protected_parameter false',
      'Subject_Realm sent true',
      'aud protected_parameter false',
      'target sent true',
    ])

    copy.set([...PARAMETERS, 'subject_issuer'], undefined)
    copy.set([...PARAMETERS, 'subject_realm'], {
      type: 'string',
      'x-protected': true,
      'x-role': 'subject',
      'x-defined-by': 'a test',
    })
    copy.set([...AUDIENCE, 'x-aliases'], ['target'])
    cpSync(copy.spec, join(folder, 'spec/openapi.yaml'))
    const { exitCode, stderr } = await run('scripts/generate.ts', [], folder)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })

    expect(await probe()).toEqual([
      'subject_issuer sent true',
      'Subject_Realm protected_parameter false',
      'aud sent true',
      'target protected_parameter false',
    ])
  })
})
