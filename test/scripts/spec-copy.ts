import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { ROOT } from '../structure/manifest.js'

/** A change of one file: a text where it first occurs, and what stands there instead. */
export interface Edit {
  /** Below spec/. */
  readonly file: string
  readonly from: string
  readonly to: string
}

/** A copy of spec/ in a folder of its own. */
export interface SpecCopy {
  readonly folder: string
  /** The description. */
  readonly spec: string
  /** Gives the line that was edited. */
  readonly edit: (edit: Edit) => number
  /** Sets a member of the description, or takes it away. */
  readonly set: (path: readonly string[], value: unknown) => void
  readonly remove: () => void
}

export function copySpec(): SpecCopy {
  const folder = mkdtempSync(join(tmpdir(), 'spec copy-'))
  const spec = join(folder, 'spec/openapi.yaml')
  cpSync(join(ROOT, 'spec'), join(folder, 'spec'), { recursive: true })
  return {
    folder,
    spec,
    edit({ file, from, to }) {
      const path = join(folder, 'spec', file)
      const [before = '', ...after] = readFileSync(path, 'utf8').split(from)
      if (after.length === 0) throw new Error(`${file} does not have this text: ${from}`)
      writeFileSync(path, [before, to, after.join(from)].join(''))
      return before.split('\n').length
    },
    set(path, value) {
      const document = parseDocument(readFileSync(spec, 'utf8'))
      if (value === undefined) document.deleteIn(path)
      else document.setIn(path, document.createNode(value))
      writeFileSync(spec, document.toString())
    },
    remove() {
      rmSync(folder, { recursive: true })
    },
  }
}

/** How a script of the checkout ended. */
export interface Run {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a TypeScript file with arguments. */
export function run(file: string, args: readonly string[], cwd = ROOT): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', file, ...args], { cwd }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr })
    })
  })
}
