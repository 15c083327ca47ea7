import { join, parse, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeFiles } from '../../scripts/generate/files.js'
import { generate } from '../../scripts/generate/pipeline.js'
import { ROOT } from '../structure/manifest.js'
import { createProgram } from '../structure/program.js'
import { copySpec } from './spec-copy.js'

const SCHEMAS = ['components', 'schemas']
const NEIGHBOURS = [...SCHEMAS, 'NeighbourGrantParameters', 'properties']
const PARAMETER = { type: 'string', 'x-protected': true, 'x-role': 'subject', 'x-defined-by': 'a test' }

describe('a change of the spec alone shows in what is generated', { timeout: 60_000 }, () => {
  const copy = copySpec()
  const out = join(copy.folder, 'out')
  afterAll(copy.remove)

  beforeAll(async () => {
    copy.set([...NEIGHBOURS, 'delegate_hint'], { ...PARAMETER, 'x-aliases': ['Delegate'] })
    copy.set([...NEIGHBOURS, 'subject_issuer'], undefined)
    copy.set([...NEIGHBOURS, 'subject_realm'], PARAMETER)
    copy.set([...SCHEMAS, 'OAuthErrorCode', 'oneOf', '0'], { const: 'step_up_required', description: 'A test.' })
    copy.set([...SCHEMAS, 'TokenResponse', 'properties', 'granted_by'], { type: 'string', minLength: 3 })
    copy.set([...SCHEMAS, 'IdTokenType', 'const'], 'urn:test:id-token')
    await writeFiles(out, await generate(copy.spec))
  }, 60_000)

  function load<T>(file: string): Promise<T> {
    return import(pathToFileURL(join(out, file)).href) as Promise<T>
  }

  it('a new protected name and its aliases are constants, in lower case', async () => {
    const { PROTECTED_PARAMETERS } = await load<{ PROTECTED_PARAMETERS: string[] }>('constants.ts')
    expect(PROTECTED_PARAMETERS).toEqual(expect.arrayContaining(['delegate_hint', 'delegate', 'grant_type']))
  })

  it('a renamed protected name takes the place of the old one', async () => {
    const { PROTECTED_PARAMETERS } = await load<{ PROTECTED_PARAMETERS: string[] }>('constants.ts')
    expect(PROTECTED_PARAMETERS).toContain('subject_realm')
    expect(PROTECTED_PARAMETERS).not.toContain('subject_issuer')
  })

  it('a new OAuth error code is a constant', async () => {
    const { OAUTH_ERROR_CODES } = await load<{ OAUTH_ERROR_CODES: string[] }>('constants.ts')
    expect(OAUTH_ERROR_CODES).toContain('step_up_required')
  })

  it('a new value of a URN is the value of its constant', async () => {
    const { ID_TOKEN_TYPE } = await load<{ ID_TOKEN_TYPE: string }>('constants.ts')
    expect(ID_TOKEN_TYPE).toBe('urn:test:id-token')
  })

  it.each<[rule: string, member: object, valid: boolean]>([
    ['leaves out', {}, true],
    ['has', { granted_by: 'alice' }, true],
    ['has in a form that its schema refuses', { granted_by: 'al' }, false],
    ['has in a type that its schema refuses', { granted_by: 7 }, false],
  ])('a validator knows a new member of a response, which a response %s', async (_rule, member, valid) => {
    const { isTokenResponse } = await load<{ isTokenResponse: (value: unknown) => boolean }>(
      'validators/token-response.ts',
    )
    const response = { access_token: 'a', token_type: 'Bearer', issued_token_type: 'urn:test:any' }
    expect(isTokenResponse({ ...response, ...member })).toBe(valid)
  })

  it('types know every one of them', () => {
    const snippet = 'test/scripts/snippet.ts'
    const from = relative(join(ROOT, 'test/scripts'), out)
    const text = [
      `import type { OAuthErrorCode, TokenResponse } from '${from}/openapi.js'`,
      `import type { ID_TOKEN_TYPE, TokenParameter } from '${from}/constants.js'`,
      `export const member: TokenResponse['granted_by'] = 'alice'`,
      `export const code: OAuthErrorCode = 'step_up_required'`,
      `export const added: TokenParameter = 'delegate_hint'`,
      `export const renamed: TokenParameter = 'subject_realm'`,
      `export const urn: typeof ID_TOKEN_TYPE = 'urn:test:id-token'`,
      `// @ts-expect-error The old name is gone.`,
      `export const old: TokenParameter = 'subject_issuer'`,
    ].join('\n')
    const program = createProgram([snippet], new Map([[snippet, text]]), { types: [], rootDir: parse(out).root })
    const problems = program.getSemanticDiagnostics(program.getSourceFile(join(ROOT, snippet)))
    expect(problems.map(({ messageText }) => messageText)).toEqual([])
  })
})
