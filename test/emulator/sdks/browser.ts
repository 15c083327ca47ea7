/**
 * What a browser and its user do: opens a login URL, chooses Alice when there is a page, and gives the URL that the
 * application gets back.
 */
export async function openLogin(url: URL): Promise<URL> {
  const opened = await fetch(url, { redirect: 'manual' })
  const answer = opened.status === 200 ? await chooseAlice(url, await opened.text()) : opened
  const location = answer.headers.get('Location')
  if (location === null) throw new Error(`No redirect: ${answer.status}`)
  return new URL(location)
}

function chooseAlice(page: URL, html: string): Promise<Response> {
  const body = new URLSearchParams({ user_id: 'auth0|alice' })
  for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)) {
    body.append(name, value.replaceAll('&amp;', '&'))
  }
  const [, action = ''] = /<form method="post" action="([^"]*)">/.exec(html) ?? []
  return fetch(new URL(action, page), { method: 'POST', body, redirect: 'manual' })
}
