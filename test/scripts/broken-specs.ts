import { join, resolve } from 'node:path'
import { expect } from 'vitest'
import { generate } from '../../scripts/generate/pipeline.js'
import { SpecError } from '../../scripts/generate/spec-error.js'
import { copySpec, type Edit } from './spec-copy.js'

const API = 'openapi.yaml'
const CODES = 'error-codes.yaml'
const ACTOR_ROWS = 'requirements/actor.yaml'
const ACT_CLAIM = 'schemas/ActClaim.json'
const MESSAGE = 'schemas/AdapterMessage.json'

const PLACE = /^(?<file>\S.*\.(?:yaml|json)):(?<line>\d+):\d+ \S/

/** A mistake, where it is made, and a part of the one line that must be said of it. */
/** A mistake, where it is made, and a part of the one line that must be said of it. */
export type BrokenSpec = readonly [mistake: string, edit: Edit, says: string]

/** Mistakes that are found before the linter runs. */
export const FOUND_AT_ONCE: readonly BrokenSpec[] = [
  [
    'a profile that names an unknown rule',
    { file: 'profiles/2026-11.yaml', from: '- no-repeated-parameter', to: '- no-such-rule' },
    'there is no requirement no-such-rule',
  ],
  ['no version', { file: API, from: 'openapi: 3.1.0', to: 'x-openapi: 3.1.0' }, 'openapi must be 3.1.0 or newer'],
  ['a version that is a number', { file: API, from: 'openapi: 3.1.0', to: 'openapi: 3.1' }, 'must be 3.1.0 or newer'],
  ['an older version', { file: API, from: 'openapi: 3.1.0', to: 'openapi: 3.0.3' }, 'must be 3.1.0 or newer'],
  ['a syntax error', { file: API, from: '\npaths:\n', to: '\npaths: {\n' }, 'Nested mappings'],
  ['a key that is there twice', { file: API, from: '\npaths:\n', to: '\nopenapi: 3.1.0\npaths:\n' }, 'unique'],
  ['an alias without its anchor', { file: API, from: '\npaths:\n', to: '\nx: *nowhere\npaths:\n' }, 'nowhere'],
  [
    'x-aliases without x-protected',
    { file: API, from: 'x-protected: true\n          x-aliases: [aud]', to: 'x-aliases: [aud]' },
    'x-aliases without x-protected',
  ],
  [
    'x-protected outside of properties',
    {
      file: API,
      from: '    NeighbourGrantParameters:\n',
      to: '    NeighbourGrantParameters:\n      x-protected: true\n',
    },
    'x-protected belongs on a property',
  ],
  [
    'x-protected without a role',
    { file: API, from: '          x-role: grant\n', to: '' },
    'grant_type needs an x-role',
  ],
  ['x-aliases that is no list', { file: API, from: 'x-aliases: [aud]', to: 'x-aliases: aud' }, 'must be a list'],
  [
    'an alias that is named twice',
    { file: API, from: '[resources, resource_indicator]', to: '[resources, aud]' },
    'aud is named twice, by audience and resource',
  ],
  [
    'an alias that is named twice in another case',
    { file: API, from: '[resources, resource_indicator]', to: '[resources, AUD]' },
    'AUD is named twice',
  ],
  [
    'an alias that is a parameter',
    { file: API, from: 'x-aliases: [aud]', to: 'x-aliases: [client_id]' },
    'client_id is named twice',
  ],
  [
    'a constant for two values',
    { file: API, from: 'x-constant: ID_TOKEN_TYPE', to: 'x-constant: JWT_TOKEN_TYPE' },
    'stands for two values',
  ],
  [
    'a constant that is no name',
    { file: API, from: 'x-constant: ID_TOKEN_TYPE', to: 'x-constant: id token' },
    `is not a constant's name`,
  ],
  [
    'an OAuth error code that is no text',
    { file: API, from: 'const: invalid_client,', to: 'const: 7,' },
    'needs a string const',
  ],
  [
    'an error code without a kind',
    { file: CODES, from: 'timeout\n    kind: timeout\n', to: 'timeout\n' },
    'needs a kind',
  ],
  [
    'an error code that is there twice',
    { file: CODES, from: 'code: aborted', to: 'code: timeout' },
    'timeout is there twice',
  ],
  ['an error code that is no word', { file: CODES, from: 'code: aborted', to: 'code: not done' }, '"not done"'],
  ['error codes that are no list', { file: CODES, from: 'codes:\n', to: 'codes: 1\nothers:\n' }, 'must be a list'],
  [
    'a requirement without a level',
    { file: ACTOR_ROWS, from: 'has-type\n    level: MUST\n', to: 'has-type\n' },
    `'level'`,
  ],
  [
    'a requirement of an unknown level',
    { file: ACTOR_ROWS, from: 'has-type\n    level: MUST\n', to: 'has-type\n    level: MIGHT\n' },
    'allowed values',
  ],
  [
    'a requirement id that is there twice',
    { file: ACTOR_ROWS, from: 'id: actor-type-has-token', to: 'id: actor-token-has-type' },
    'is there twice',
  ],
]

/** Mistakes that the linter finds, or what comes after it. */
export const FOUND_BY_THE_LINTER: readonly BrokenSpec[] = [
  ['an unknown $ref', { file: API, from: `schemas/JsonWebKeySet'`, to: `schemas/Nowhere'` }, `Can't resolve $ref`],
  ['an unknown member', { file: API, from: '\npaths:\n', to: '\nnonsense: 1\npaths:\n' }, '`nonsense`'],
  [
    'an example that its schema refuses',
    { file: API, from: 'keys:\n                  - { kty: RSA,', to: 'keys:\n                  - { ktx: RSA,' },
    'kty',
  ],
  ['a syntax error in a schema', { file: ACT_CLAIM, from: '["sub"]', to: '["sub",,]' }, ''],
  ['a schema without an $id', { file: MESSAGE, from: '"$id"', to: '"$comment"' }, 'needs an $id'],
  [
    'an unknown type in a schema',
    {
      file: MESSAGE,
      from: '"id": { "type": "integer", "minimum": 0 },\n        "hello"',
      to: '"id": { "type": "integre" },\n        "hello"',
    },
    'type',
  ],
  [
    'an unknown $ref in a schema of its own',
    { file: MESSAGE, from: '"$ref": "#/$defs/Hello" }\n', to: '"$ref": "#/$defs/Nowhere" }\n' },
    'Nowhere',
  ],
]

/** One line says what is wrong and where, and no stack. */
export async function expectOneLine([, edit, says]: BrokenSpec): Promise<void> {
  const { folder, spec, edit: apply, remove } = copySpec()
  const editedLine = apply(edit)
  const error = await generate(spec).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  remove()
  expect(error).toBeInstanceOf(SpecError)
  const { message } = error as SpecError
  expect(message).not.toContain('\n')
  expect(message.length).toBeLessThan(400)
  expect(message).toContain(says)
  const { file = '', line } = PLACE.exec(message)?.groups ?? {}
  expect(resolve(file)).toBe(join(folder, 'spec', edit.file))
  // Some rules speak of a parameter as a whole, which begins a little before its broken part, or of a whole schema.
  expect(Number(line)).toBeLessThan(editedLine + 20)
  if (!edit.file.startsWith('schemas/')) expect(Number(line)).toBeGreaterThan(editedLine - 20)
}
