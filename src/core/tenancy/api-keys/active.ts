import { and, eq, gt, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Environment } from "../../keys/key-format.ts";
import { counter, tenantScope } from "../../storage/counter.ts";
import { stands } from "./standing.ts";
import { apiKeys } from "./table.ts";

/** Keys that are switched on, and neither revoked nor replaced: what the triggers count. They do not know the time. */
const SWITCHED_ON = counter("active_keys");

/** The last key of a line of rotations. */
const last = alias(apiKeys, "last_key");
const familyId = sql`coalesce(${apiKeys.familyId}, ${apiKeys.id})`;

/**
 * How many keys of a tenant are active at a moment, which is what its tier limits: those that are switched on, but for
 * those that have expired. A key that was replaced, and works on in its grace, shares the place of its line, and holds it
 * once no successor does: else whoever rotates keys and ends the new ones had any number that work.
 */
export function activeKeys(tenant: { workspaceId: number; environment: Environment }, at: number): SQL {
  const isOurs = and(eq(apiKeys.workspaceId, tenant.workspaceId), eq(apiKeys.environment, tenant.environment));
  const isSwitchedOn = and(eq(apiKeys.isActive, true), isNull(apiKeys.revokedAt), isNull(apiKeys.rotatedTo));
  const isExpired = and(isOurs, isSwitchedOn, lte(apiKeys.expiresAt, at));
  const isInGrace = and(isOurs, isNotNull(apiKeys.rotatedTo), gt(apiKeys.endsAt, at), stands(apiKeys, at));
  const isSucceeded = and(eq(last.familyId, familyId), isNull(last.rotatedTo), stands(last, at));
  const isAlone = sql`NOT EXISTS (SELECT 1 FROM ${apiKeys} AS ${last} WHERE ${isSucceeded})`;
  return sql`${SWITCHED_ON.count(tenantScope(tenant))} - (SELECT count(*) FROM ${apiKeys} WHERE ${isExpired})
    + (SELECT count(DISTINCT ${familyId}) FROM ${apiKeys} WHERE ${and(isInGrace, isAlone)})`;
}

/** 1 when a line of rotations holds a place among the active keys, else 0. */
export const placeOf = (family: number, at: number): SQL =>
  sql`EXISTS (SELECT 1 FROM ${apiKeys} WHERE ${and(or(eq(apiKeys.id, family), eq(apiKeys.familyId, family)), stands(apiKeys, at))})`;
