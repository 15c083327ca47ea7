import { delimiter, join } from 'node:path'
import type { Adapter } from '../adapter.js'
import { processAdapter } from '../stdio/adapter.js'
import { builtFolder } from './built.js'

/**
 * An adapter in Java: `pom.xml` and `Adapter.java` in its folder, beside the kit of the Java template.
 *
 * @param name Of the folder.
 * @throws {Error} When Java or Maven is missing, or the SDK cannot be had.
 */
export async function loadMavenAdapter(name: string): Promise<Adapter> {
  const adapter = `conformance/adapters/${name}`
  const folder = await builtFolder({
    tools: [
      ['java', '--version'],
      ['mvn', '--version'],
    ],
    sources: [`${adapter}/pom.xml`, `${adapter}/Adapter.java`, 'conformance/templates/java/Kit.java'],
    build: ['mvn', '-q', '-B', 'compile', 'dependency:copy-dependencies', '-DoutputDirectory=target/lib'],
  })
  const classPath = [join(folder, 'target/classes'), join(folder, 'target/lib/*')].join(delimiter)
  return processAdapter({ words: ['java', '-XX:TieredStopAtLevel=1', '-cp', classPath, 'Adapter'] })
}
