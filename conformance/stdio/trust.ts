/** The environment in which most HTTP libraries find an authority to trust. */
export function trustOf(caFile: string | undefined): Record<string, string> {
  if (caFile === undefined) return {}
  const names = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE']
  return Object.fromEntries(names.map((name) => [name, caFile]))
}
