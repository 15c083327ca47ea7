import type { Listening, SecureListening, TenantConfig } from '../emulator/index.js'
import { exampleRequest } from '../emulator/config/example-request.js'
import { PATHS } from '../emulator/http/paths.js'

/** What a client needs to know of a server that runs. */
export interface Served {
  /** The tenant's name, when it has one. */
  readonly tenant?: string
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly userinfoEndpoint: string
  readonly jwksUri: string
  /** With the controls. */
  readonly inspector?: string
  /** With https. */
  readonly caFile?: string
  readonly trustStoreFile?: string
  readonly trustStorePassword?: string
  readonly clients: readonly { readonly clientId: string; readonly clientSecret: string | undefined }[]
  readonly audiences: readonly string[]
}

export function describeServer(
  listening: Listening | SecureListening,
  { name, clients, apis }: TenantConfig,
  control: boolean,
): Served {
  const { issuer, url } = listening
  return {
    ...(name !== undefined && { tenant: name }),
    issuer,
    authorizationEndpoint: url + PATHS.authorize,
    tokenEndpoint: url + PATHS.token,
    userinfoEndpoint: url + PATHS.userInfo,
    jwksUri: url + PATHS.keys,
    ...(control && { inspector: `${url}/__emulator/` }),
    ...('caFile' in listening && {
      caFile: listening.caFile,
      trustStoreFile: listening.trustStoreFile,
      trustStorePassword: listening.trustStorePassword,
    }),
    clients: clients.map(({ clientId, clientSecret }) => ({ clientId, clientSecret })),
    audiences: apis.map(({ identifier }) => identifier),
  }
}

/** The same for people. */
export function drawServer(served: Served): readonly string[] {
  const { caFile, trustStoreFile = '', trustStorePassword = '' } = served
  const trust =
    caFile === undefined
      ? []
      : [`authority       ${caFile}`, `trust store     ${trustStoreFile} (password ${trustStorePassword})`]
  const clients = served.clients.map(({ clientId, clientSecret }) => {
    return `  ${clientId.padEnd(16)} ${clientSecret === undefined ? '(no secret)' : `secret ${clientSecret}`}`
  })
  return [
    ...(served.tenant === undefined ? [] : [`tenant          ${served.tenant}`]),
    `issuer          ${served.issuer}`,
    `authorization   ${served.authorizationEndpoint}`,
    `token endpoint  ${served.tokenEndpoint}`,
    `userinfo        ${served.userinfoEndpoint}`,
    ...(served.inspector === undefined ? [] : [`inspector       ${served.inspector}`]),
    ...trust,
    'clients',
    ...clients,
    'APIs',
    ...served.audiences.map((audience) => `  ${audience}`),
  ]
}

/** What to send to the default tenant. */
export function drawExample(url: string, caFile: string | undefined): readonly string[] {
  const curl = caFile === undefined ? 'curl' : `curl --cacert ${caFile}`
  return [
    'example',
    ...exampleRequest(url, curl)
      .split('\n')
      .map((line) => `  ${line}`),
  ]
}
