/**
 * Test keys. They are public, private parts included: anybody can make certificates with them. Emulators with a `seed`
 * that listen on https use them, so that nothing random is left. Trust their authority in tests alone, never in a
 * browser or a system.
 */
export const SEEDED_AUTHORITY_KEY = {
  kty: 'EC',
  crv: 'P-256',
  x: 'SWLWsWpA48K3v0Js9HDmXYmS-rD6jh_7NenjnzgznFQ',
  y: 'q4pHibMRrdbIrkyX1ZGKCiemRpHgvEXxMiVU8d-eeh4',
  d: 'pxHPISYNlgPGc6tBWWNwlgmWXglWh0H4RpPifS2yYLE',
} as const

export const SEEDED_SERVER_KEY = {
  kty: 'EC',
  crv: 'P-256',
  x: 'x87mDbpGpoxA264nlMnRfnMc-60xo8J24qTYyQHIqsw',
  y: 'soZGeqoqTZAIW5sQXZJaLtRShMauoFT_K6ZteS6iSSs',
  d: '9o8cJbnJtsfHoSCVYGtwU3lkR0530A2nPjemyY2r1Nk',
} as const
