import { and, eq, isNull, lte, type SQL, sql } from "drizzle-orm";
import type { Environment } from "../../keys/key-format.ts";
import { counter, tenantScope } from "../../storage/counter.ts";
import { apiKeys } from "./table.ts";

/** Keys that are switched on, and neither revoked nor replaced: what the triggers count. They do not know the time. */
const SWITCHED_ON = counter("active_keys");

/**
 * How many keys of a tenant are active at a moment, which is what its tier limits: those that are switched on, but for
 * those that have expired. A key that was replaced, and works on in its grace, has handed its place to its successor.
 */
export function activeKeys(tenant: { workspaceId: number; environment: Environment }, at: number): SQL {
  const isOurs = and(eq(apiKeys.workspaceId, tenant.workspaceId), eq(apiKeys.environment, tenant.environment));
  const isSwitchedOn = and(eq(apiKeys.isActive, true), isNull(apiKeys.revokedAt), isNull(apiKeys.rotatedTo));
  const isExpired = and(isOurs, isSwitchedOn, lte(apiKeys.expiresAt, at));
  return sql`${SWITCHED_ON.count(tenantScope(tenant))} - (SELECT count(*) FROM ${apiKeys} WHERE ${isExpired})`;
}
