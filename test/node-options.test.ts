import { expect, it } from 'vitest'
import { createNodeFetch, type NodeFetchOptions } from '../src/node.js'

it.each<[string, unknown, string]>([
  ['a misspelt option', { dispacher: { dispatch: () => true } }, 'createNodeFetch has no option "dispacher"'],
  ['null', null, 'createNodeFetch needs an options object'],
  ['the address of a proxy', { dispatcher: 'http://proxy.corp.example:3128' }, 'dispatcher must be one of undici'],
  ['a dispatcher that is null', { dispatcher: null }, 'dispatcher must be one of undici'],
])('createNodeFetch takes a dispatcher or nothing, and not %s', (_rule, options, message) => {
  expect(() => createNodeFetch(options as NodeFetchOptions)).toThrow(message)
  expect(() => createNodeFetch(options as NodeFetchOptions)).toThrow(TypeError)
})
