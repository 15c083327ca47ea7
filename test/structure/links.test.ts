import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './manifest.js'

/** A link to a file of this repository. */
interface Link {
  readonly page: string
  /** From the root. */
  readonly target: string
  readonly heading: string
}

const pages = [
  'README.md',
  ...['src', 'conformance'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  ),
]
const links = new Map(pages.map((page) => [page, linksOf(page)]))

function textOf(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8').replaceAll(/^```.*?^```/gms, '')
}

function linksOf(page: string): Link[] {
  return [...textOf(page).matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].map(([, path = '', heading = '']) => {
    const target = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path))
    return { page, target, heading }
  })
}

/** As GitHub names them. */
function headingsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test('every link of a page leads somewhere', () => {
  const all = [...links.values()].flat()
  expect(all.length).toBeGreaterThan(80)
  const dead = all.filter(
    ({ target, heading }) =>
      !existsSync(join(ROOT, target)) || (heading !== '' && !headingsOf(target).includes(heading)),
  )
  expect(dead).toEqual([])
})

test('every page is reached from README.md', () => {
  const reached = new Set(['README.md'])
  for (const page of reached) for (const { target } of links.get(page) ?? []) reached.add(target)
  // What stands beside a single adapter is for whoever opens that folder.
  const known = (page: string): boolean => reached.has(page) || /^conformance\/adapters\/.*\//.test(page)
  expect(pages.filter((page) => !known(page))).toEqual([])
})
