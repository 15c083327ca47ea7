import type { Adapter } from '../adapter.js'
import { packageFile } from '../package-file.js'
import { processAdapter } from '../stdio/adapter.js'
import { pythonWith } from './python-environment.js'

/**
 * The adapter of a Python SDK, as it is on PyPI, in a Python of its own.
 *
 * @param name Its folder, which has an `adapter.py` and the `requirements.txt` that pins the SDK.
 * @throws {Error} When there is no Python, or the SDK cannot be installed.
 */
export async function loadPython(name: string): Promise<Adapter> {
  const folder = packageFile(`conformance/adapters/${name}`)
  const python = await pythonWith(`${folder}/requirements.txt`)
  return processAdapter({
    words: [python, `${folder}/adapter.py`],
    env: { PYTHONPATH: packageFile('conformance/templates/python'), PYTHONDONTWRITEBYTECODE: '1' },
  })
}
