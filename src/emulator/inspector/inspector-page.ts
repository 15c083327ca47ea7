import { exampleRequest } from '../config/example-request.js'
import { pageScript } from './page-script.js'
import { PAGE_STYLE } from './page-style.js'

/** A page that shows the exchanges as they come. Everything that it needs is in it, and it only reads. */
export function inspectorPage(): Response {
  const nonce = crypto.randomUUID()
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Emulator: exchanges</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>Emulator</h1>
<code id="issuer"></code>
<p id="connection" role="status">Connecting</p>
</header>
<main>
<div class="bar">
<p id="count" role="status"></p>
<label><input type="checkbox" id="all">Show other requests</label>
</div>
<section id="empty" hidden>
<h2>No exchange yet</h2>
<p>Exchanges and logins show up here as they come, newest first. With the default tenant, this is one:</p>
<pre tabindex="0"><code id="example">${exampleRequest('ORIGIN')}</code></pre>
</section>
<ol id="list"></ol>
</main>
<noscript>This page needs JavaScript.</noscript>
<script nonce="${nonce}">${pageScript()}</script>
</body>
</html>
`
  return new Response(html, { headers: headersWith(nonce) })
}

function headersWith(nonce: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  }
}
