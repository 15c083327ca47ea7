import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readBaseline } from '../../conformance/baseline/read.js'
import { listRequirements, requirementOf } from '../../conformance/requirements.js'
import { VECTORS } from '../../conformance/vectors.js'

const ADAPTERS = 'conformance/adapters'
/** Where the version of an SDK is pinned, and what stands before it there. */
const PINS: Readonly<Record<string, readonly [file: string, before: RegExp]>> = {
  'auth0-auth-js': ['package.json', /"@auth0\/auth0-auth-js": "/],
  'auth0-server-js': ['package.json', /"@auth0\/auth0-server-js": "/],
  'openid-client': ['package-lock.json', /node_modules\/openid-client": \{\s*"version": "/],
  oauth4webapi: ['package.json', /"oauth4webapi": "/],
  'auth0-spa-js': [`${ADAPTERS}/auth0-spa-js/dependencies.json`, /auth0-spa-js": "/],
  'node-auth0': [`${ADAPTERS}/node-auth0/dependencies.json`, /"auth0": "/],
  'nextjs-auth0': [`${ADAPTERS}/nextjs-auth0/dependencies.json`, /nextjs-auth0": "/],
  authlib: [`${ADAPTERS}/authlib/requirements.txt`, /Authlib==/],
  'auth0-api-python': [`${ADAPTERS}/auth0-api-python/requirements.txt`, /auth0-api-python==/],
  'auth0-server-python': [`${ADAPTERS}/auth0-server-python/requirements.txt`, /auth0-server-python==/],
  nimbus: [`${ADAPTERS}/nimbus/pom.xml`, /oauth2-oidc-sdk<\/artifactId>\s*<version>/],
  'spring-security': [`${ADAPTERS}/spring-security/pom.xml`, /oauth2-client<\/artifactId>\s*<version>/],
  'zitadel-oidc': [`${ADAPTERS}/zitadel-oidc/go.mod`, /zitadel\/oidc\/v3 v/],
}

function pinnedVersion(sdk: string): string | undefined {
  const [file = '', before = /$/] = PINS[sdk] ?? []
  return readFileSync(file, 'utf8')
    .split(before)[1]
    ?.split(/[\s"<]/, 1)[0]
}

const page = readFileSync('conformance/FINDINGS.md', 'utf8')
const sections = page.split(/^## /m).slice(1)
const rows = sections.flatMap((section) => {
  const level = /^((?:MUST|SHOULD|VENDOR| and )+), /m.exec(section)?.[1]
  return [...section.matchAll(/^\| (\S+) (\S+) .*`(\S+): (\S+)` +\| `(\S+?)\/(\S+?):0:0` +\|$/gm)].map((match) => {
    const [, sdk = '', version = '', requirement = '', reason = '', of = '', vector = ''] = match
    return { level, sdk, version, requirement, reason, of, vector }
  })
})

test('every row of a table was read', () => {
  const cells = page.match(/^\| (?!SDK |-)/gm) ?? []
  expect(rows).toHaveLength(cells.length)
  expect(rows.length).toBeGreaterThan(20)
})

describe.each(rows)('$sdk, $requirement: $reason', ({ level, sdk, version, requirement, reason, of, vector }) => {
  test('is in the baseline of the SDK', () => {
    const { entries } = readBaseline(`conformance/baselines/${sdk}.yaml`).baseline
    expect(entries).toContainEqual(expect.objectContaining({ requirement, reason }))
  })

  test('names the version that is pinned', () => {
    expect(version).toBe(pinnedVersion(sdk))
  })

  test('has a token of this SDK and of a vector', () => {
    expect(of).toBe(sdk)
    expect(VECTORS.map(({ id }) => id)).toContain(vector)
  })

  test('stands under the level of its rule', () => {
    expect(level).toContain(requirementOf(requirement).level)
  })
})

test('every quote is the one of a requirement', () => {
  const quotes = listRequirements().map(({ source }) => source.quote)
  for (const [, quote = ''] of page.matchAll(/^> (.+)$/gm)) {
    expect(
      quotes.filter((known) => known.includes(quote)),
      quote,
    ).not.toEqual([])
  }
})

test.each(['openid-client', 'oauth4webapi'])('%s has no findings, in the version that is pinned', (sdk) => {
  expect(readBaseline(`conformance/baselines/${sdk}.yaml`).baseline.entries).toEqual([])
  expect(page).toContain(`\`${sdk}\` ${pinnedVersion(sdk)}`)
})
