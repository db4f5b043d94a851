import type { Caller } from "../work/context.ts";
import type { KeyPolicy } from "../keys/policy.ts";
import { expandScopes } from "../keys/scopes.ts";

/** The caller a key makes. A key with rights and no scopes holds every scope: its rights alone decide (CONTRACT §1). */
export function callerOf(policy: KeyPolicy): Caller {
  const { keyId, workspaceId, environment, siteIds, accessType, workspace } = policy;
  const scopes = expandScopes(policy.scopes ?? (policy.rights ? ["*"] : []));
  return { actor: `key:${keyId}`, keyId, workspaceId, environment, scopes, siteIds, accessType, policy, workspace };
}
