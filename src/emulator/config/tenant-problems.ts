import type { TenantConfig } from './config.js'
import { findContradictions } from './contradictions.js'
import { formatPath, type Problem } from './problem.js'
import { findSchemaProblems } from './schema-problems.js'

/** Throws a TypeError that names everything that is wrong with a tenant from code. */
export function requireSoundTenant(tenant: TenantConfig): void {
  const problems = findTenantProblems(tenant)
  if (problems.length === 0) return
  throw new TypeError(problems.map(({ path, text }) => `${formatPath(path)}: ${text}`).join('\n'))
}

/** What does not fit together is only looked for where every part is what the schema says. */
export function findTenantProblems(tenant: unknown): readonly Problem[] {
  const problems = [...findSchemaProblems(withoutActions(tenant)), ...findActionProblems(tenant)]
  return problems.length > 0 ? problems : findContradictions(tenant as TenantConfig)
}

/** The schema describes files, in which a reference stands for the function. */
function withoutActions(tenant: unknown): unknown {
  const profiles = profilesOf(tenant)
  if (profiles.length === 0) return tenant
  const replaced = profiles.map((profile) =>
    isObject(profile) && 'action' in profile ? { ...profile, action: { module: 'code' } } : profile,
  )
  return { ...(tenant as object), tokenExchangeProfiles: replaced }
}

function findActionProblems(tenant: unknown): Problem[] {
  return profilesOf(tenant).flatMap((profile, index) =>
    isObject(profile) && 'action' in profile && typeof profile['action'] !== 'function'
      ? [{ path: ['tokenExchangeProfiles', index, 'action'], text: 'must be a function' }]
      : [],
  )
}

function profilesOf(tenant: unknown): readonly unknown[] {
  const profiles = isObject(tenant) ? tenant['tokenExchangeProfiles'] : undefined
  return Array.isArray(profiles) ? profiles : []
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
