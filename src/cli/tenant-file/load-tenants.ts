import { extname } from 'node:path'
import type { TenantConfig } from '../../emulator/index.js'
import { findContradictions, type TenantPlan } from '../../emulator/config/contradictions.js'
import type { Problem } from '../../emulator/config/problem.js'
import { findSchemaProblems } from '../../emulator/config/schema-problems.js'
import { findTenantProblems } from '../../emulator/config/tenant-problems.js'
import { UsageError } from '../usage-error.js'
import { importModule } from './import-module.js'
import { refuse, type Place } from './refuse.js'
import { resolveActions } from './resolve-actions.js'
import { readYaml } from './read-yaml.js'

interface LoadedTenant {
  readonly tenant: TenantConfig
  readonly problems: readonly Problem[]
}

type Path = Problem['path']

const DATA: readonly string[] = ['.yaml', '.yml', '.json']
const CODE: readonly string[] = ['.ts', '.mts', '.js', '.mjs', '.cjs']

/**
 * The tenants of a YAML, JSON, TypeScript or JavaScript file: one, or those of its list `tenants`.
 *
 * @throws UsageError with everything that is wrong, each with file, line and column where they are known, and path.
 */
export async function loadTenants(file: string): Promise<readonly TenantConfig[]> {
  const isData = DATA.includes(extname(file))
  if (!isData && !CODE.includes(extname(file))) {
    throw new UsageError(`${file}: the name of the file must end in ${[...DATA, ...CODE].join(', ')}`)
  }
  const { value, place } = isData ? await readYaml(file) : await readModule(file)
  const loaded: LoadedTenant[] = []
  for (const [tenant, path] of listTenants(file, value, place)) {
    const { problems, ...rest } = isData ? await loadPlan(file, tenant) : loadCode(tenant)
    loaded.push({ ...rest, problems: problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] })) })
  }
  refuse(
    file,
    loaded.flatMap(({ problems }) => problems.map((problem) => ({ ...problem, place: place(problem.path) }))),
  )
  return loaded.map(({ tenant }) => tenant)
}

function listTenants(
  file: string,
  value: unknown,
  place: (path: Path) => Place | undefined,
): (readonly [unknown, Path])[] {
  if (typeof value !== 'object' || value === null || !('tenants' in value)) return [[value, []]]
  const { tenants, ...others } = value
  const unknown = Object.keys(others).map((key) => ({ path: [key], text: 'stands beside tenants; move it into one' }))
  const isList = Array.isArray(tenants) && tenants.length > 0
  const noList = isList ? [] : [{ path: ['tenants'], text: 'must be a list of at least one tenant' }]
  refuse(
    file,
    [...unknown, ...noList].map((problem) => ({ ...problem, place: place(problem.path) })),
  )
  return isList ? tenants.map((tenant: unknown, index) => [tenant, ['tenants', index]] as const) : []
}

async function loadPlan(file: string, plan: unknown): Promise<LoadedTenant> {
  const broken = findSchemaProblems(plan)
  if (broken.length > 0) return { tenant: plan as TenantConfig, problems: broken }
  const { tenant, problems } = await resolveActions(file, plan as Parameters<typeof resolveActions>[1])
  return { tenant, problems: [...findContradictions(plan as TenantPlan), ...problems] }
}

function loadCode(tenant: unknown): LoadedTenant {
  return { tenant: tenant as TenantConfig, problems: findTenantProblems(tenant) }
}

async function readModule(file: string) {
  const exports = await importModule(file).catch((error: unknown) => {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : 'cannot be loaded'}`)
  })
  if (!('default' in exports)) throw new UsageError(`${file}: the module needs a default export, the tenant`)
  return { value: exports['default'], place: () => undefined }
}
