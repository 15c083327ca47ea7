import { describe, expect, it } from 'vitest'
import { JSON_TYPE, MALFORMED, many, VALID } from './malformed.js'
import { custom, expectFailure, FORM, post, readReply, seeded } from '../support.js'

const emulator = seeded()
describe('a body that is not what it says is refused with invalid_request', () => {
  it.each(MALFORMED)('%s', async (_name, headers, body, text) => {
    expectFailure(await post(emulator, body, headers), 400, 'invalid_request', text)
  })

  it('no body at all', async () => {
    expectFailure(await post(emulator, undefined), 400, 'invalid_request', 'Missing required parameter: grant_type')
  })

  it('a declared length of more than 1 MiB, before it is read', async () => {
    const body = new ReadableStream({ pull: () => new Promise(() => undefined) })
    const headers = { ...FORM, 'Content-Length': '1048577' }
    const request = new Request('https://tenant.example.com/oauth/token', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit)
    expect((await readReply(await emulator.fetch(request))).status).toBe(400)
  })

  it('a body that fails while it is read', async () => {
    const body = new ReadableStream({
      pull: (controller) => {
        controller.error(new Error('reset'))
      },
    })
    const request = new Request('https://tenant.example.com/oauth/token', {
      method: 'POST',
      headers: FORM,
      body,
      duplex: 'half',
    } as RequestInit)
    const reply = await readReply(await emulator.fetch(request))
    expectFailure(reply, 400, 'invalid_request', 'The body could not be read.')
  })
})

describe('what a body may be', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a form', FORM, VALID],
    ['a form with a charset', { 'Content-Type': 'Application/X-WWW-Form-Urlencoded; Charset=UTF-8' }, VALID],
    ['a form with empty pieces', FORM, `&&${VALID}&`],
    ['a form of 1,000 parameters', FORM, `${VALID}&${many(1000 - Object.keys(custom()).length)}`],
    ['JSON', JSON_TYPE, JSON.stringify(custom())],
    [
      'JSON with arrays of one',
      JSON_TYPE,
      JSON.stringify(custom({ scope: ['read:data'], audience: ['https://api.example.com'] })),
    ],
  ])('%s', async (_name, headers, body) => {
    expect(await post(emulator, body, headers)).toMatchObject({ status: 200 })
  })
})
