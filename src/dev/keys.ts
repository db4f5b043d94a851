import { and, eq, gt, isNull, or } from "drizzle-orm";
import { hashKey } from "../core/keys/key-format.ts";
import { scoped } from "../core/storage/scoped.ts";
import type { Env } from "../env.ts";
import { createKey } from "../platform/api-keys/service/create.ts";
import { revokeKey } from "../platform/api-keys/service/revoke.ts";
import type { KeySettings } from "../platform/api-keys/service/settings.ts";
import { apiKeys } from "../core/tenancy/api-keys/table.ts";
import { type Tenant, tenantContext } from "./tenant.ts";

/** The demo's keys by what they are good for. */
export interface DemoKeys {
  live: string;
  sandbox: string;
  readOnly: string;
  singleSite: string;
  starter: string;
  messages: string;
  sandboxMessages: string;
}

type DemoKey = Tenant & Partial<KeySettings> & { name: string };

const keyPlan = (at: {
  workspaceId: number;
  starterWorkspaceId: number;
  siteId: string;
}): Record<keyof DemoKeys, DemoKey> => {
  const { workspaceId, starterWorkspaceId, siteId } = at;
  const live = { workspaceId, environment: "live" as const };
  return {
    live: { ...live, name: "Demo: everything", scopes: ["*"], accountAccess: true },
    sandbox: { workspaceId, environment: "sandbox", name: "Demo: sandbox", scopes: ["*"] },
    readOnly: { ...live, name: "Demo: read only", scopes: ["read"] },
    singleSite: { ...live, name: "Demo: one site", scopes: ["*"], siteIds: [siteId] },
    starter: { ...live, workspaceId: starterWorkspaceId, name: "Demo: starter tier", scopes: ["*"] },
    // No admin key can make one of these.
    messages: { ...live, name: "Demo: messages", scopes: ["push:write"], accessType: "transactional" },
    sandboxMessages: {
      ...{ workspaceId, environment: "sandbox", name: "Demo: sandbox messages" },
      ...{ scopes: ["push:write"], accessType: "transactional" },
    },
  };
};

/** Keeps the keys in `given` that work in this database, and makes the others anew. */
export async function ensureKeys(
  env: Env,
  at: { workspaceId: number; starterWorkspaceId: number; siteId: string },
  given: Partial<DemoKeys>,
  now: number,
): Promise<DemoKeys> {
  const keys: Partial<DemoKeys> = {};
  for (const [name, plan] of Object.entries(keyPlan(at)) as [keyof DemoKeys, DemoKey][]) {
    const value = given[name];
    keys[name] = value && (await works(env, plan, value, now)) ? value : await replaceKey(env, plan, now);
  }
  return keys as DemoKeys;
}

async function works(env: Env, tenant: DemoKey, value: string, now: number): Promise<boolean> {
  const ctx = tenantContext(env, tenant, now);
  const isLasting = or(isNull(apiKeys.endsAt), gt(apiKeys.endsAt, now));
  // A demo key made before it could have it is made anew.
  const isAsPlanned = eq(apiKeys.accountAccess, tenant.accountAccess ?? false);
  const isValid = and(isNull(apiKeys.revokedAt), isLasting, isAsPlanned);
  const rows = await ctx.db
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(scoped(ctx, apiKeys, eq(apiKeys.hash, await hashKey(value)), isValid));
  return rows.length > 0;
}

/** Nobody knows the value of an earlier demo key any more: it is revoked, so that the list shows what is in use. */
async function replaceKey(env: Env, plan: DemoKey, now: number): Promise<string> {
  const { workspaceId: _, ...input } = plan;
  const lookUp = tenantContext(env, plan, now);
  const lost = await lookUp.db
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(scoped(lookUp, apiKeys, eq(apiKeys.name, plan.name), isNull(apiKeys.revokedAt)));
  for (const { id } of lost) {
    const ctx = tenantContext(env, plan, now);
    await revokeKey({ ctx, input: { keyId: id } });
    await ctx.unit.commit();
  }
  const ctx = tenantContext(env, plan, now);
  const { key } = await createKey({ ctx, input });
  await ctx.unit.commit();
  return key;
}
