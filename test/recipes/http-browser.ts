import { parseSetCookie, stringifyCookie } from 'cookie'

/** What a page is, and what led to it. */
export interface Page {
  readonly status: number
  readonly text: string
  readonly url: string
  /** Every address on the way, the first one included. */
  readonly way: readonly string[]
  /** The headers of each answer on the way. */
  readonly answers: readonly Headers[]
}

/** A browser without scripts: it keeps the cookies of each origin, and follows redirects over real HTTP. */
export function createHttpBrowser() {
  const jars = new Map<string, Map<string, string>>()

  async function send(url: URL, init: RequestInit): Promise<Response> {
    const jar = jars.get(url.origin) ?? new Map<string, string>()
    jars.set(url.origin, jar)
    const headers = new Headers(init.headers)
    if (jar.size > 0) headers.set('Cookie', stringifyCookie(Object.fromEntries(jar), { encode: (text) => text }))
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const { name, value = '', maxAge } = parseSetCookie(line, { decode: (text) => text })
      if (maxAge === 0) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  async function open(address: string, init: RequestInit = {}): Promise<Page> {
    let url = new URL(address)
    let response = await send(url, init)
    const way = [url.href]
    const answers = [response.headers]
    for (let location = response.headers.get('Location'); location; location = response.headers.get('Location')) {
      await response.arrayBuffer()
      url = new URL(location, url)
      response = await send(url, {})
      way.push(url.href)
      answers.push(response.headers)
    }
    return { status: response.status, text: await response.text(), url: url.href, way, answers }
  }

  return {
    open,
    /** Presses the button of a form, on a page of the same origin unless another one is given. */
    post: (address: string, fields: Record<string, string> = {}, origin = new URL(address).origin) =>
      open(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: origin },
        body: new URLSearchParams(fields).toString(),
      }),
    cookiesOf: (origin: string): ReadonlyMap<string, string> => jars.get(origin) ?? new Map<string, string>(),
  }
}
