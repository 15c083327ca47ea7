import { readdir } from 'node:fs/promises'
import { delimiter } from 'node:path'
import { expect, it, type TestContext } from 'vitest'
import { builtFolder, type Recipe } from '../../conformance/adapters/built.js'
import { packagesOf } from '../../conformance/adapters/node-environment.js'
import { pythonWith } from '../../conformance/adapters/python-environment.js'
import { runScript, type Posted, type Shown } from '../findings/run-script.js'

const ADAPTERS = 'conformance/adapters'
const SCRIPTS = 'test/findings'
const MAVEN: Pick<Recipe, 'tools' | 'build'> = {
  tools: [
    ['jshell', '--version'],
    ['mvn', '--version'],
  ],
  build: ['mvn', '-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'],
}

/** What was made ready, or a skip that says why it could not be. */
async function ready<T>(made: Promise<T>, { skip }: TestContext): Promise<T> {
  return made.catch((error: unknown) => skip((error as Error).message))
}

async function npm(sdk: string, context: TestContext): Promise<Shown> {
  const require = await ready(packagesOf(`${ADAPTERS}/${sdk}/dependencies.json`), context)
  const packages = `${require.resolve.paths('x')?.[0] ?? ''}/`
  return runScript('https', (host) => [process.execPath, `${SCRIPTS}/${sdk}.mjs`, host, packages])
}

/** In a mode in which a script is not taken for a module of the same name. */
async function python(scheme: 'http' | 'https', sdk: string, context: TestContext): Promise<Shown> {
  const interpreter = await ready(pythonWith(`${ADAPTERS}/${sdk}/requirements.txt`), context)
  return runScript(scheme, (server) => [interpreter, '-I', `${SCRIPTS}/${sdk}.py`, server])
}

/** JShell runs one statement after the other, and writes an exception to standard error. */
async function java(sdk: string, context: TestContext): Promise<Shown> {
  const folder = await ready(builtFolder({ ...MAVEN, sources: [`${ADAPTERS}/${sdk}/pom.xml`] }), context)
  const classPath = (await readdir(`${folder}/lib`)).map((name) => `${folder}/lib/${name}`).join(delimiter)
  const words = ['jshell', '-s', '--class-path', classPath]
  return runScript('http', (url) => [...words, `-R-Dserver=${url}`, `${SCRIPTS}/${sdk}.jsh`])
}

async function go(sdk: string, context: TestContext): Promise<Shown> {
  const sources = [`${ADAPTERS}/${sdk}/go.mod`, `${ADAPTERS}/${sdk}/go.sum`, `${SCRIPTS}/${sdk}.go`]
  const build = ['go', 'build', '-mod=mod', '-buildvcs=false', '-o', 'finding', '.'] as const
  const folder = await ready(builtFolder({ tools: [['go', 'version']], sources, build }), context)
  return runScript('http', (url) => [`${folder}/finding`, url])
}

/** The fields of the first form to a host that are of interest. */
function sentTo(host: string, posted: readonly Posted[], names: readonly string[]): (string | null)[] | undefined {
  const found = posted.find((each) => each.host === host)
  return found && names.map((name) => found.form.get(name))
}

const CREDENTIALS = ['client_secret', 'subject_token'] as const

it('node-auth0 posts the secret and the subject token again to the host of a redirect, and lets an option replace the secret', async (context) => {
  const { posted } = await npm('node-auth0', context)
  expect(sentTo('localhost', posted, CREDENTIALS)).toEqual(['app-secret', 'redirect'])
  expect(posted.at(-1)?.form.getAll('client_secret')).toEqual(['another-secret'])
})

it('auth0-spa-js posts the subject token again to the host of a redirect, and sends half an actor pair', async (context) => {
  const { posted } = await npm('auth0-spa-js', context)
  expect(sentTo('localhost', posted, ['subject_token'])).toEqual(['redirect'])
  const halves = posted.slice(-2).map(({ form }) => [form.get('actor_token'), form.get('actor_token_type')])
  expect(halves).toEqual([
    ['actor', null],
    [null, 'urn:acme:agent'],
  ])
})

it('nextjs-auth0 sends scope twice, and gives a lifetime that is not a number', async (context) => {
  const { printed, posted } = await npm('nextjs-auth0', context)
  expect(posted[0]?.form.getAll('scope')).toEqual(['openid profile email offline_access', 'read'])
  expect(printed).toContain('expiresIn: NaN')
})

it('Authlib posts the secret and the subject token again to the host of a redirect, and sends client_id twice', async (context) => {
  const { posted } = await python('http', 'authlib', context)
  expect(posted[0]?.form.getAll('client_id')).toEqual(['another-app', 'app'])
  expect(sentTo('localhost', posted, CREDENTIALS)).toEqual(['app-secret', 'redirect'])
})

it('auth0-api-python makes up a lifetime, and joins the credentials without encoding them', async (context) => {
  const { printed, posted } = await python('https', 'auth0-api-python', context)
  expect(printed).toBe('expires_in 3600\n')
  expect(posted[0]?.authorization).toBe(`Basic ${btoa('app:100%-secret')}`)
})

it('auth0-server-python sends scope twice, lets a further parameter replace the audience, and takes an ID token without exp', async (context) => {
  const { printed, posted } = await python('https', 'auth0-server-python', context)
  expect(printed).toContain('of-the-endless-token')
  expect(posted[0]?.form.getAll('scope')).toEqual(['read', 'write'])
  expect(posted[0]?.form.getAll('audience')).toEqual(['https://another.example.com'])
})

it('zitadel/oidc sends half an actor pair, posts it again to the host of a redirect, and reads names without case', async (context) => {
  const { printed, posted } = await go('zitadel-oidc', context)
  expect(printed.split('\n')[0]).toBe('access_token of-Access_Token')
  expect(sentTo('localhost', posted, ['subject_token', 'actor_token'])).toEqual(['redirect', 'actor'])
  const halves = posted.slice(-2).map(({ form }) => [form.get('actor_token'), form.get('actor_token_type')])
  expect(halves).toEqual([
    ['actor', ''],
    ['', 'urn:acme:agent'],
  ])
})

it('Nimbus posts the secret and the subject token again to the host of a redirect', async (context) => {
  const { posted } = await java('nimbus', context)
  expect(sentTo('localhost', posted, CREDENTIALS)).toEqual(['app-secret', 'redirect'])
})

it('Spring Security sends client_id twice, makes up a lifetime, and gives another error code', async (context) => {
  const { printed, complained, posted } = await java('spring-security', context)
  expect(posted[0]?.form.getAll('client_id')).toEqual(['app', 'another-app'])
  expect(printed).toContain('lifetime PT1S\n')
  expect(complained).toContain('OAuth2AuthorizationException: [invalid_token_response]')
})
