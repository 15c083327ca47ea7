import { expect, test } from 'vitest'
import { runConformance } from '../../conformance/index.js'

test('Authlib from PyPI runs over https, and the findings that it must not have are those known', async ({ skip }) => {
  const { sdks } = await runConformance({ sdks: ['authlib'], seed: 1 })
  const [authlib] = sdks
  if (authlib?.status === 'skipped') skip(authlib.reason ?? 'it is skipped')
  expect(authlib).toMatchObject({ status: 'findings', faults: [] })
  const musts = authlib?.findings.filter(({ level }) => level === 'MUST')
  expect(musts?.map(({ requirement, reason }) => `${requirement} ${reason}`).sort()).toEqual([
    // requests follows a 307 with the body, to whatever origin.
    'credentials-stay-at-origin credentials-redirected',
    // client_secret_post adds client_id to a body that has one.
    'no-repeated-parameter repeated',
  ])
})
