import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** A link to a file, in a page of a folder. */
export interface Link {
  readonly page: string
  /** From the folder, as the page's name is. */
  readonly target: string
  readonly heading: string
}

/** The links of a page that lead to files beside it. */
export function linksOf(folder: string, page: string): Link[] {
  return [...textOf(folder, page).matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].map(
    ([, path = '', heading = '']) => {
      const target = path === '' ? page : relative(folder, join(folder, dirname(page), path))
      return { page, target, heading }
    },
  )
}

/** As GitHub names them. */
export function headingsOf(folder: string, page: string): string[] {
  return [...textOf(folder, page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** Without its programs. */
function textOf(folder: string, page: string): string {
  return readFileSync(join(folder, page), 'utf8').replaceAll(/^```.*?^```/gms, '')
}
