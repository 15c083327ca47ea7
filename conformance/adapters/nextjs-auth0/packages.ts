import { readFileSync } from 'node:fs'
import { packageFile } from '../../package-file.js'
import { packagesOf } from '../node-environment.js'

export type Bag = Readonly<Record<string, unknown>>

/** What is used of the SDK, which is not there at compile time. */
export interface NextAuth0 {
  readonly Auth0Client: new (options: Bag) => {
    customTokenExchange(options: Bag): Promise<Bag>
    requestSessionTransferToken(request: Request, response: Response, options: Bag): Promise<Bag>
    buildSessionTransferRedirect(url: string, result: Bag, options: Bag): Response
  }
}
/** What is used of Next. */
export interface Next {
  readonly NextRequest: new (url: string) => Request
  readonly NextResponse: new () => Response
  readonly workAsyncStorage: { run<Result>(store: Bag, work: () => Result): Result }
}

/**
 * Loads the SDK and Next, which is a package that it needs beside it.
 *
 * @throws {Error} When they cannot be installed.
 */
export async function loadPackages(): Promise<NextAuth0 & Next & { readonly version: string }> {
  const pins = packageFile('conformance/adapters/nextjs-auth0/dependencies.json')
  const require = await packagesOf(pins)
  // What a server of Next loads before anything else.
  require('next/dist/server/node-environment-baseline.js')
  const { NextRequest, NextResponse } = require('next/server') as Next
  const { workAsyncStorage } = require('next/dist/server/app-render/work-async-storage.external.js') as Next
  const { Auth0Client } = require('@auth0/nextjs-auth0/server') as NextAuth0
  const { dependencies } = JSON.parse(readFileSync(pins, 'utf8')) as { dependencies: Record<string, string> }
  const version = dependencies['@auth0/nextjs-auth0'] ?? 'unknown'
  return { Auth0Client, NextRequest, NextResponse, workAsyncStorage, version }
}
