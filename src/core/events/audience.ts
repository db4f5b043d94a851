import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { entriesCovering } from "../keys/scopes.ts";
import { events } from "../storage/tables.ts";
import { standsFor } from "../tenancy/api-keys/standing.ts";
import { apiKeys } from "../tenancy/api-keys/table.ts";
import type { DeclaredEvent } from "./define.ts";
import { webhookEndpoints } from "./tables.ts";

/** The events a statement hands over, the endpoints it hands them to and the keys behind those, as conditions name them. */
export const emitted = alias(events, "ev");
export const subscriber = alias(webhookEndpoints, "w");
const key = alias(apiKeys, "k");

/** What hearing of each event asks of a key: one of these entries among its scopes, a right to read at one of these. */
const demandsOf = (declared: readonly DeclaredEvent[]): string =>
  JSON.stringify(
    declared.map(({ type, scope, integrations, readAt }) => ({
      type,
      integrations,
      entries: entriesCovering(scope),
      endpoints: ["*", ...readAt],
    })),
  );

/**
 * Whether the key behind endpoint `w` works for its workspace and may read what event `ev` tells of, as the table has the key at this
 * moment: `mayRead`, and the key's sites. An endpoint of ours has no key and hears everything; of an event that is not
 * declared any more, nobody with a key hears.
 */
export function isHeard(declared: readonly DeclaredEvent[], at: number): SQL {
  const isOfSite = sql`(${key.siteIds} IS NULL OR ${emitted.siteId} IN (SELECT value FROM json_each(${key.siteIds})))`;
  const isOfKind = sql`(${key.accessType} <> 'integrations' OR demand.value ->> 'integrations')`;
  const heldScopes = sql`json_each(${key.scopes}) held`;
  const isHeld = sql`held.value IN (SELECT value FROM json_each(demand.value, '$.entries'))`;
  const isInScope = sql`CASE WHEN ${key.scopes} IS NULL THEN ${key.rights} IS NOT NULL
    ELSE EXISTS (SELECT 1 FROM ${heldScopes} WHERE ${isHeld}) END`;
  const heldRights = sql`json_each(${key.rights}) held`;
  const isGet = sql`EXISTS (SELECT 1 FROM json_each(held.value, '$.methods') method WHERE method.value IN ('GET', '*'))`;
  const isToRead = sql`held.value ->> 'endpoint' IN (SELECT value FROM json_each(demand.value, '$.endpoints'))
    AND coalesce(held.value ->> 'query', '{}') = '{}'`;
  const isByRight = sql`(${key.rights} IS NULL OR EXISTS (SELECT 1 FROM ${heldRights} WHERE ${isToRead} AND ${isGet}))`;
  const isKey = and(eq(key.id, subscriber.keyId), standsFor(key, subscriber.workspaceId, at));
  const demands = sql`json_each(${demandsOf(declared)}) demand`;
  const isAllowed = sql`demand.value ->> 'type' = ${emitted.type} AND ${isOfSite} AND ${isOfKind} AND ${isInScope} AND ${isByRight}`;
  return sql`(${isNull(subscriber.keyId)} OR EXISTS (
    SELECT 1 FROM ${apiKeys} AS ${key} JOIN ${demands} ON ${isKey} WHERE ${isAllowed}))`;
}
