import { type SQL, sql } from "drizzle-orm";
import type { Caller } from "../work/context.ts";
import type { UseState } from "./key-use.ts";
import type { KeyPolicy, KeyRef } from "../keys/policy.ts";

const POLICY_SQL = `
SELECT k.id, k.version, k.workspace_id, k.environment, k.name, k.prefix, k.scopes, k.rights, k.site_ids, k.access_type,
  k.attributes, k.channels, k.allowed_ips, k.monthly_cap, k.rate_limit_tier, k.is_active, k.expires_at, k.ends_at,
  w.version AS workspace_version, w.name AS workspace_name, w.slug AS workspace_slug, w.tier, w.deleted_at
FROM api_keys k JOIN workspaces w ON w.id = k.workspace_id WHERE k.id = ?`;

type Row = Record<string, string | number | null>;

const json = (value: string | number | null | undefined) => (value == null ? null : JSON.parse(String(value)));

/** The key and its workspace as the table has them; `null` for an id that does not exist or whose workspace is deleted. */
export async function loadPolicy(db: D1Database, keyId: number): Promise<KeyPolicy | null> {
  const row = await db.prepare(POLICY_SQL).bind(keyId).first<Row>();
  if (!row || row.deleted_at !== null) return null;
  return {
    keyId,
    version: `${row.version}.${row.workspace_version}`,
    workspaceId: Number(row.workspace_id),
    environment: row.environment === "sandbox" ? "sandbox" : "live",
    name: String(row.name),
    prefix: String(row.prefix),
    scopes: json(row.scopes),
    rights: json(row.rights),
    siteIds: json(row.site_ids),
    accessType: row.access_type as KeyPolicy["accessType"],
    attributes: json(row.attributes),
    channels: json(row.channels),
    allowedIps: json(row.allowed_ips),
    monthlyCap: row.monthly_cap as number | null,
    rateLimitTier: row.rate_limit_tier as string | null,
    isActive: row.is_active === 1,
    expiresAt: row.expires_at as number | null,
    endsAt: row.ends_at as number | null,
    workspace: {
      id: Number(row.workspace_id),
      name: String(row.workspace_name),
      slug: String(row.workspace_slug),
      tier: String(row.tier),
    },
  };
}

/** Finds a key by the hash of its value. One indexed look-up; an unknown hash reads no row. */
export async function findKeyByHash(db: D1Database, hash: string): Promise<KeyRef | null> {
  const row = await db
    .prepare("SELECT id, workspace_id, environment FROM api_keys WHERE hash = ?")
    .bind(hash)
    .first<Row>();
  if (!row) return null;
  return {
    keyId: Number(row.id),
    workspaceId: Number(row.workspace_id),
    environment: row.environment === "sandbox" ? "sandbox" : "live",
  };
}

/**
 * Writes when, from where and for what a key was last used, and its calls by day. Totals and latest values only, so
 * writing twice changes nothing; a key may have several objects, so the time never moves backwards.
 */
export async function recordUse(db: D1Database, ref: KeyRef, shard: number, use: UseState): Promise<void> {
  const lastUse = db
    .prepare(
      `UPDATE api_keys SET last_used_at = ?1, last_used_ip = ?2, last_used_user_agent = ?3,
        used_scopes = json_patch(coalesce(used_scopes, '{}'), ?4) WHERE id = ?5 AND coalesce(last_used_at, 0) <= ?1`,
    )
    .bind(use.at, use.ip, use.userAgent, JSON.stringify(use.scopes), ref.keyId);
  const days = db
    .prepare(
      `INSERT INTO key_usage (workspace_id, environment, key_id, day, shard, calls)
        SELECT ?1, ?2, ?3, key, ?4, value FROM json_each(?5) WHERE true
        ON CONFLICT (key_id, day, shard) DO UPDATE SET calls = excluded.calls`,
    )
    .bind(ref.workspaceId, ref.environment, ref.keyId, shard, JSON.stringify(use.days));
  await db.batch([lastUse, days]);
}

/**
 * Holds at commit while the key and both workspaces, its own and the one the call is about, are what let the call in:
 * a call that was under way when they ended writes nothing.
 */
export const stillStands = ({ keyId, workspaceId }: Caller, at: number): SQL => sql`EXISTS (SELECT 1
  FROM api_keys k JOIN workspaces own ON own.id = k.workspace_id JOIN workspaces w ON w.id = ${workspaceId}
  WHERE k.id = ${keyId} AND k.is_active = 1 AND own.deleted_at IS NULL AND w.deleted_at IS NULL
  AND (k.ends_at IS NULL OR k.ends_at > ${at}) AND (k.expires_at IS NULL OR k.expires_at > ${at}))`;
