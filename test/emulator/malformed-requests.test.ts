import { describe, expect, it } from 'vitest'
import { custom, expectFailure, FORM, post, readReply, seeded, toForm } from './support.js'

const emulator = seeded()
const JSON_TYPE = { 'Content-Type': 'application/json' }
const VALID = toForm(custom())
const MEDIA_TYPE_TEXT = 'The Content-Type must be application/x-www-form-urlencoded or application/json.'
const MEMBER_TEXT = 'Every member of the JSON body must be a string or an array of strings.'

function many(count: number): string {
  return Array.from({ length: count }, (_, index) => `x${index}=1`).join('&')
}

describe('a body that is not what it says is refused with invalid_request', () => {
  it.each<[string, Readonly<Record<string, string>>, BodyInit, string]>([
    ['no content type', {}, new TextEncoder().encode(VALID), 'The Content-Type header is missing.'],
    ['text', { 'Content-Type': 'text/plain' }, VALID, MEDIA_TYPE_TEXT],
    ['multipart', { 'Content-Type': 'multipart/form-data; boundary=x' }, '--x--', MEDIA_TYPE_TEXT],
    ['two content types', { 'Content-Type': 'application/json, text/plain' }, '{}', MEDIA_TYPE_TEXT],
    ['empty content type', { 'Content-Type': '' }, VALID, MEDIA_TYPE_TEXT],
    ['prototype name as content type', { 'Content-Type': 'constructor' }, VALID, MEDIA_TYPE_TEXT],
    [
      'another charset',
      { 'Content-Type': `${FORM['Content-Type']}; charset=iso-8859-1` },
      VALID,
      'The only supported charset is UTF-8.',
    ],
    ['invalid UTF-8 in a form', FORM, new Uint8Array([0x61, 0x3d, 0xff]), 'The body is not valid UTF-8.'],
    ['invalid UTF-8 in JSON', JSON_TYPE, new Uint8Array([0x7b, 0xc3, 0x28, 0x7d]), 'The body is not valid UTF-8.'],
    ['an incomplete escape', FORM, `${VALID}&a=%4`, 'The body has an invalid percent escape.'],
    ['an escape without digits', FORM, `${VALID}&a=%zz`, 'The body has an invalid percent escape.'],
    [
      'an escaped byte that is not UTF-8',
      FORM,
      `${VALID}&a=%ff`,
      'The body has percent escapes that are not valid UTF-8.',
    ],
    ['an escape in a name', FORM, `${VALID}&%zz=a`, 'The body has an invalid percent escape.'],
    ['a form said to be JSON', JSON_TYPE, VALID, 'The body is not valid JSON.'],
    ['an empty body said to be JSON', JSON_TYPE, '', 'The body is not valid JSON.'],
    ['JSON with a byte order mark', JSON_TYPE, '\ufeff{}', 'The body is not valid JSON.'],
    ['a JSON array', JSON_TYPE, '[]', 'The JSON body must be an object.'],
    ['JSON null', JSON_TYPE, 'null', 'The JSON body must be an object.'],
    ['a JSON string', JSON_TYPE, '"grant_type"', 'The JSON body must be an object.'],
    ['a number in JSON', JSON_TYPE, '{"scope":1}', MEMBER_TEXT],
    ['null in JSON', JSON_TYPE, '{"scope":null}', MEMBER_TEXT],
    ['an object in JSON', JSON_TYPE, '{"scope":{}}', MEMBER_TEXT],
    ['an array of arrays in JSON', JSON_TYPE, '{"audience":[["a"]]}', MEMBER_TEXT],
    ['half a surrogate pair in JSON', JSON_TYPE, '{"scope":"\\ud800"}', 'The JSON body has an unpaired surrogate.'],
    ['JSON said to be a form', FORM, '{"grant_type":"x"}', 'Missing required parameter: grant_type'],
    ['an empty form', FORM, '', 'Missing required parameter: grant_type'],
    ['more than 1 MiB', FORM, `a=${'x'.repeat(1024 * 1024)}`, 'The body is larger than 1048576 bytes.'],
    ['more than 1,000 parameters', FORM, many(1001), 'The body has more than 1000 parameters.'],
    [
      'more than 1,000 values in JSON',
      JSON_TYPE,
      JSON.stringify({ a: Array.from({ length: 1001 }, () => '1') }),
      'The body has more than 1000 parameters.',
    ],
  ])('%s', async (_name, headers, body, text) => {
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
