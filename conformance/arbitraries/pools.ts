import { PROTECTED_PARAMETERS, TOKEN_PARAMETERS } from '../../generated/constants.js'

/** The wire names that typed options own, without their aliases. */
export const TYPED_NAMES: readonly string[] = Object.keys(TOKEN_PARAMETERS)

/** The protected names that are another word for a typed one. */
export const ALIASES: readonly string[] = PROTECTED_PARAMETERS.filter((name) => !TYPED_NAMES.includes(name))

export const PROTECTED_NAMES: readonly string[] = PROTECTED_PARAMETERS

/** Names that JavaScript objects inherit, or that a careless assignment would treat as more than a name. */
export const PROTOTYPE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  '__defineGetter__',
] as const

/** Unprotected names that OAuth parameters may have. */
export const PLAIN_NAMES = [
  'device_id',
  'custom_field',
  'x',
  'X-Trace',
  'tenant.region',
  '0',
  'audience_hint',
  'my_scope',
  'scopes',
  'grant',
  'token',
  'actor',
  'act',
  'subject',
  'client',
  'null',
  'undefined',
  ...PROTOTYPE_NAMES,
] as const

/** Put around or into a name, each makes it one that no OAuth parameter can have. */
export const ILLEGAL_MARKS = [
  '[]',
  '[0]',
  '[key]',
  ' ',
  '\t',
  '\n',
  '\r',
  '\v',
  '\f',
  '\u0000',
  '\u0001',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u00ad',
  '\u180e',
  '\u2003',
  '\u2028',
  '\u200b',
  '\u200d',
  '\u202e',
  '\u2060',
  '\u3000',
  '\ufeff',
  '\u0301',
  '+',
  '%',
  '%00',
  '%20',
  '&',
  '=',
  ';',
  ':',
  '/',
  '"',
  "'",
  '$',
  '*',
] as const

/** Letters that look like, or fold to, those of protected names. */
export const LOOKALIKES: readonly (readonly [letter: string, other: string])[] = [
  ['s', '\u017f'],
  ['k', '\u212a'],
  ['a', '\u0430'],
  ['c', '\u0441'],
  ['e', '\u0435'],
  ['o', '\u03bf'],
  ['i', '\u0131'],
  ['t', '\uff54'],
  ['_', '\uff3f'],
]

/** Values that an encoder may get wrong. None has a control character. */
export const VALUES = [
  'plain',
  'a b',
  'a+b',
  '100%',
  '%20',
  'a&b=c',
  '=',
  ';',
  '#fragment',
  '["a","b"]',
  'a,b',
  'null',
  'undefined',
  'true',
  '0',
  '-1',
  'é',
  'e\u0301',
  '日本語',
  '👩‍👩‍👧',
  '\u00a0edge\u00a0',
  '\ufeffbom',
  'right\u202eleft',
  '  padded  ',
  '__proto__',
  'https://evil.example/?a=b&c=d',
] as const

/** Values with characters that an SDK may refuse. */
export const CONTROL_VALUES = ['a\u0000b', '\u0000', 'a\r\nb', '\tTab', '\u001b[31m', '\u007f', '\u0085'] as const

/** Blank in ASCII. */
export const BLANKS = ['', ' ', '  ', '\t', '\n', '\r\n', '\v', '\f', ' \t\n '] as const

/** How many actors a long chain has. */
export const LONG_CHAINS = [100, 101, 200, 500] as const

/** Who may act. */
export const SUBS = [
  'spa',
  'mcp-server',
  'auth0|alice',
  'agent@clients',
  'https://service16.example.com',
  'Ünïcode',
  '日本',
  '👤',
  'a b',
  'ali\u200bce',
  'null',
  'undefined',
  'constructor',
  '__proto__',
  'toString',
  '0',
  'false',
  '{}',
] as const
