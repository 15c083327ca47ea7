import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { headingsOf, linksOf } from './links.js'
import { ROOT } from './manifest.js'

const pages = [
  'README.md',
  ...['src', 'conformance'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  ),
]
const links = new Map(pages.map((page) => [page, linksOf(ROOT, page)]))

test('every link of a page leads somewhere', () => {
  const all = [...links.values()].flat()
  expect(all.length).toBeGreaterThan(80)
  const dead = all.filter(
    ({ target, heading }) =>
      !existsSync(join(ROOT, target)) || (heading !== '' && !headingsOf(ROOT, target).includes(heading)),
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
