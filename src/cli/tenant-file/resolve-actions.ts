import { dirname, resolve } from 'node:path'
import type { TenantFile } from '../../../generated/schemas.js'
import type { Action, TenantConfig, TokenExchangeProfileConfig } from '../../emulator/index.js'
import type { Problem } from '../../emulator/config/problem.js'
import { importModule } from './import-module.js'

/** Puts functions where a file names them. */
export async function resolveActions(
  file: string,
  plan: TenantFile,
): Promise<{ readonly tenant: TenantConfig; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = []
  const profiles: TokenExchangeProfileConfig[] = []
  for (const [index, profile] of (plan.tokenExchangeProfiles ?? []).entries()) {
    const action = await loadAction(file, profile.action)
    if (typeof action === 'function') profiles.push({ ...profile, action })
    else problems.push({ path: ['tokenExchangeProfiles', index, 'action', action.member], text: action.text })
  }
  return { tenant: { ...plan, tokenExchangeProfiles: profiles }, problems }
}

type Reference = NonNullable<TenantFile['tokenExchangeProfiles']>[number]['action']

async function loadAction(
  file: string,
  { module, export: name = 'default' }: Reference,
): Promise<Action | { readonly member: 'module' | 'export'; readonly text: string }> {
  try {
    const action = (await importModule(resolve(dirname(file), module)))[name]
    if (typeof action === 'function') return action as Action
    return { member: 'export', text: `${module} exports no function ${name}` }
  } catch (error) {
    return { member: 'module', text: `${module}: ${error instanceof Error ? error.message : 'cannot be loaded'}` }
  }
}
