import { custom, FORM, toForm } from '../support.js'

export const JSON_TYPE = { 'Content-Type': 'application/json' }
export const VALID = toForm(custom())
const MEDIA_TYPE_TEXT = 'The Content-Type must be application/x-www-form-urlencoded or application/json.'
const MEMBER_TEXT = 'Every member of the JSON body must be a string or an array of strings.'

export function many(count: number): string {
  return Array.from({ length: count }, (_, index) => `x${index}=1`).join('&')
}

const multipart = {
  type: { 'Content-Type': 'multipart/form-data; boundary=x' },
  body: '--x\r\nContent-Disposition: form-data; name="grant_type"\r\n\r\nauthorization_code\r\n--x--\r\n',
}

type Row = readonly [
  name: string,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array<ArrayBuffer>,
  text: string,
]

/** Bodies that the token endpoint refuses with 400 and `invalid_request`, and with which text. */
export const MALFORMED: readonly Row[] = [
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
  ['multipart that is well formed', multipart.type, multipart.body, MEDIA_TYPE_TEXT],
  ['a field of 1 MiB', FORM, `${VALID}&a=${'x'.repeat(1024 * 1024)}`, 'The body is larger than 1048576 bytes.'],
  ['a name of 1 MiB', FORM, `${VALID}&${'x'.repeat(1024 * 1024)}=a`, 'The body is larger than 1048576 bytes.'],
  [
    'a member of 1 MiB in JSON',
    JSON_TYPE,
    `{"a":"${'x'.repeat(1024 * 1024)}"}`,
    'The body is larger than 1048576 bytes.',
  ],
  ['10,000 fields', FORM, `${VALID}&${many(10_000)}`, 'The body has more than 1000 parameters.'],
  ['10,000 fields of one name', FORM, VALID + '&audience=a'.repeat(10_000), 'The body has more than 1000 parameters.'],
  [
    '10,000 members in JSON',
    JSON_TYPE,
    JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x${index}`, '1']))),
    'The body has more than 1000 parameters.',
  ],
  ['JSON that is 100,000 arrays deep', JSON_TYPE, '['.repeat(100_000), 'The body is not valid JSON.'],
  ['a parameter twice', FORM, `${VALID}&client_id=web-app`, 'Parameter must not be repeated: client_id'],
  ['a parameter twice, once empty', FORM, `${VALID}&scope=`, 'Parameter must not be repeated: scope'],
  [
    'a parameter twice in JSON',
    JSON_TYPE,
    JSON.stringify(custom({ scope: ['a', 'b'] })),
    'Parameter must not be repeated: scope',
  ],
]
