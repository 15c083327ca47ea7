import type { Adapter } from '../../adapter.js'
import { packageFile } from '../../package-file.js'
import { processAdapter } from '../../stdio/adapter.js'
import { pythonWith } from '../python-environment.js'

/**
 * The adapter of Authlib, as it is on PyPI, in a Python of its own.
 *
 * @throws {Error} When there is no Python, or Authlib cannot be installed.
 */
export async function loadAuthlib(): Promise<Adapter> {
  const python = await pythonWith(packageFile('conformance/adapters/authlib/requirements.txt'))
  return processAdapter({
    words: [python, packageFile('conformance/adapters/authlib/adapter.py')],
    env: { PYTHONPATH: packageFile('conformance/templates/python'), PYTHONDONTWRITEBYTECODE: '1' },
  })
}
