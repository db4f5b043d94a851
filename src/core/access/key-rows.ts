import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { KeyCaller } from "../work/context.ts";
import type { UseState } from "./key-use.ts";
import type { KeyPolicy, KeyRef } from "../keys/policy.ts";
import type { Database } from "../storage/database.ts";
import { excluded } from "../storage/names.ts";
import { prepared } from "../storage/prepared.ts";
import { standsFor } from "../tenancy/api-keys/standing.ts";
import { apiKeys, familyOf, keyUsage } from "../tenancy/api-keys/table.ts";
import { workspaces } from "../tenancy/workspaces/table.ts";

const { name, slug, tier, version, deletedAt } = workspaces;

const policyOf = prepared((db) =>
  db
    .select({ key: apiKeys, workspace: { name, slug, tier, version, deletedAt } })
    .from(apiKeys)
    .innerJoin(workspaces, eq(workspaces.id, apiKeys.workspaceId))
    .where(eq(apiKeys.id, sql.placeholder("keyId")))
    .prepare(),
);

const refOf = prepared((db) =>
  db
    .select({
      keyId: apiKeys.id,
      familyId: sql`coalesce(${apiKeys.familyId}, ${apiKeys.id})`.mapWith(Number),
      workspaceId: apiKeys.workspaceId,
      environment: apiKeys.environment,
    })
    .from(apiKeys)
    .where(eq(apiKeys.hash, sql.placeholder("hash")))
    .prepare(),
);

/** The workspace a call is about. */
const called = alias(workspaces, "called");

/** The key and its workspace as the table has them; `null` for an id that does not exist or whose workspace is deleted. */
export async function loadPolicy(db: Database, keyId: number): Promise<KeyPolicy | null> {
  const [row] = await policyOf(db).all({ keyId });
  if (!row || row.workspace.deletedAt !== null) return null;
  const { key, workspace } = row;
  return {
    keyId,
    familyId: familyOf(key),
    version: `${key.version}.${workspace.version}`,
    workspaceId: key.workspaceId,
    environment: key.environment,
    name: key.name,
    prefix: key.prefix,
    scopes: key.scopes,
    rights: key.rights,
    siteIds: key.siteIds,
    accountAccess: key.accountAccess,
    accessType: key.accessType,
    attributes: key.attributes,
    channels: key.channels,
    allowedIps: key.allowedIps,
    monthlyCap: key.monthlyCap,
    rateLimitTier: key.rateLimitTier,
    isActive: key.isActive,
    expiresAt: key.expiresAt,
    endsAt: key.endsAt,
    workspace: { id: key.workspaceId, name: workspace.name, slug: workspace.slug, tier: workspace.tier },
  };
}

/** Finds a key by the hash of its value. One indexed look-up; an unknown hash reads no row. */
export async function findKeyByHash(db: Database, hash: string): Promise<KeyRef | null> {
  const [row] = await refOf(db).all({ hash });
  return row ?? null;
}

/**
 * Writes when, from where and for what a key was last used, and its calls by day. Totals and latest values only, so
 * writing twice changes nothing; a key may have several objects, so the time never moves backwards.
 */
export async function recordUse(db: Database, ref: KeyRef, shard: number, use: UseState): Promise<void> {
  const { id, usedScopes, lastUsedAt } = apiKeys;
  const set = {
    lastUsedAt: use.at,
    lastUsedIp: use.ip,
    lastUsedUserAgent: use.userAgent,
    usedScopes: sql`json_patch(coalesce(${usedScopes}, '{}'), ${JSON.stringify(use.scopes)})`,
  };
  const isLatest = and(eq(id, ref.keyId), sql`coalesce(${lastUsedAt}, 0) <= ${use.at}`);
  const lastUse = db.update(apiKeys).set(set).where(isLatest);
  const { keyId, day, calls } = keyUsage;
  const target = [keyId, day, keyUsage.shard];
  const days = Object.entries(use.days).map(([date, count]) =>
    db
      .insert(keyUsage)
      .values({ ...ref, day: date, shard, calls: count })
      .onConflictDoUpdate({ target, set: { calls: excluded(calls) } }),
  );
  await db.batch([lastUse, ...days]);
}

/**
 * Holds at commit while the key, its reach and both workspaces, its own and the one the call is about, are what let the
 * call in: a call that was under way when they ended writes nothing.
 */
export const stillStands = ({ keyId, workspaceId }: Pick<KeyCaller, "keyId" | "workspaceId">, at: number): SQL => {
  const isThere = and(standsFor(apiKeys, workspaceId, at), isNull(called.deletedAt));
  return sql`EXISTS (SELECT 1 FROM ${apiKeys} JOIN ${workspaces} AS ${called} ON ${called.id} = ${workspaceId}
    WHERE ${apiKeys.id} = ${keyId} AND ${isThere})`;
};
