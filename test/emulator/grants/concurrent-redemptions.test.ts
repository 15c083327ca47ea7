import { describe, expect, it } from 'vitest'
import { loginRequest, mint } from '../authorize/login-support.js'
import { seeded, toForm } from '../support.js'

const ATTEMPTS = 1000

/** How many of those who asked at once were sent to the application with a code, and how many to the login page. */
async function race(redeem: () => Promise<Response>) {
  const answers = await Promise.all(Array.from({ length: ATTEMPTS }, redeem))
  await Promise.all(answers.map((response) => response.text()))
  const codes = answers.filter(({ headers }) => headers.get('Location')?.includes('?code='))
  return { codes: codes.length, loginPages: answers.filter(({ status }) => status === 200).length }
}

describe('of 1,000 who redeem one session transfer token at once, one gets a code', () => {
  const ONE = { codes: 1, loginPages: ATTEMPTS - 1 }

  it('without a socket', async () => {
    const emulator = seeded()
    const query = toForm(loginRequest({ session_transfer_token: await mint(emulator) }))
    const request = () => new Request(`${emulator.issuer}authorize?${query}`)
    expect(await race(() => emulator.fetch(request()))).toEqual(ONE)
  })

  it('over http', async () => {
    const emulator = seeded()
    const { url, close } = await emulator.listen()
    const audience = `urn:${new URL(url).host}:session_transfer`
    const query = toForm(loginRequest({ session_transfer_token: await mint(emulator, { audience }) }))
    expect(await race(() => fetch(`${url}/authorize?${query}`, { redirect: 'manual' }))).toEqual(ONE)
    await close()
  }, 90_000)
})
