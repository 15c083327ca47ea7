import { join } from 'node:path'
import type { Adapter } from '../../adapter.js'
import { processAdapter } from '../../stdio/adapter.js'
import { builtFolder } from '../built.js'

/**
 * The adapter of `github.com/zitadel/oidc/v3`, built beside the kit of the Go template.
 *
 * @throws {Error} When Go is missing, or the module cannot be had.
 */
export async function loadZitadelOidc(): Promise<Adapter> {
  const folder = await builtFolder({
    tools: [['go', 'version']],
    sources: [
      ...['go.mod', 'go.sum', 'adapter.go'].map((file) => `conformance/adapters/zitadel-oidc/${file}`),
      'conformance/templates/go/kit.go',
    ],
    build: ['go', 'build', '-mod=readonly', '-buildvcs=false', '-o', 'adapter', '.'],
  })
  return processAdapter({ words: [join(folder, 'adapter')] })
}
