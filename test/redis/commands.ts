/** What a process of the application is started with. */
export interface Setup {
  readonly redisUrl: string
  readonly domain: string
  /** 32 bytes, as base64url. */
  readonly secret: string
  /** The application's origin. */
  readonly app: string
}

/** What came of a request with a token. */
export type Verdict =
  | { readonly user: string }
  | { readonly code: string; readonly reason: string | undefined; readonly status: number | undefined }

/** What a process does when it is told to. */
export interface Commands {
  /** Exchanges a token on behalf of its user, for the calendar. */
  exchange(token: string): Promise<{ readonly accessToken: string; readonly cache: string | undefined }>
  /** Answers a browser. */
  visit(request: {
    readonly path: string
    readonly method: 'GET' | 'POST'
    readonly headers: Readonly<Record<string, string>>
    readonly body?: string
  }): Promise<{ readonly status: number; readonly text: string; readonly setCookies: readonly string[] }>
  /** Answers a sender of a token that is bound to a key. */
  call(request: {
    readonly url: string
    readonly method: string
    readonly headers: Readonly<Record<string, string>>
  }): Promise<Verdict>
}

export interface Envelope {
  readonly id: number
  readonly name: keyof Commands
  readonly input: unknown
}

export type Answer = { readonly id: number } & ({ readonly answer: unknown } | { readonly error: string })
