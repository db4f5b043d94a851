import type { Ctx } from "../../../core/context.ts";
import { eq } from "drizzle-orm";
import type { Environment } from "../../../core/access/key-format.ts";
import { generateKey, hashKey, keyPrefix } from "../../../core/access/key-format.ts";
import { publishKey } from "../../../core/access/key-index.ts";
import { DEFAULT_SCOPES } from "../../../core/access/scopes.ts";
import { notFound } from "../../../core/errors.ts";
import { newIntegerId } from "../../../core/ids.ts";
import { planOf } from "../../../core/limits/plans.ts";
import { workspaces } from "../../workspaces/table.ts";
import { apiKeys } from "../table.ts";
import { describeKey, type KeyRow } from "./find.ts";
import { type KeySettings, requireApiAccess, requireTier } from "./settings.ts";

/** A key and its value, which can be shown only now. */
export interface CreatedKey {
  row: KeyRow;
  key: string;
}

/** Creates a key. Scopes default to `read, write` unless rights are given instead (CONTRACT §1). */
export async function createKey({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Partial<KeySettings> & { name: string; environment: Environment };
}): Promise<CreatedKey> {
  const [workspace] = await ctx.db.select().from(workspaces).where(eq(workspaces.id, ctx.caller.workspaceId));
  if (!workspace || workspace.deletedAt !== null) throw notFound("Workspace");
  requireApiAccess(planOf(workspace.tier).apiAccess, ctx.env.UPGRADE_URL);
  requireTier(workspace.tier, input.rateLimitTier ?? null);
  return stageKey(ctx, {
    contactEmail: null,
    scopes: input.rights ? null : DEFAULT_SCOPES,
    rights: null,
    siteIds: null,
    accessType: "admin",
    attributes: null,
    channels: null,
    allowedIps: null,
    rateLimitTier: null,
    monthlyCap: null,
    isActive: true,
    expiresAt: null,
    rotatedFrom: null,
    ...input,
  });
}

/** Stages a new key with these settings and, after the commit, makes it known to KV. */
export async function stageKey(
  ctx: Ctx,
  settings: KeySettings & { environment: Environment; rotatedFrom: number | null },
): Promise<CreatedKey> {
  const { environment } = settings;
  const { workspaceId } = ctx.caller;
  const key = generateKey(ctx.env.KEY_BRAND, environment);
  const hash = await hashKey(key);
  const row: KeyRow = {
    id: newIntegerId(ctx.now),
    workspaceId,
    prefix: keyPrefix(key),
    hash,
    ...settings,
    endsAt: null,
    revokedAt: null,
    rotatedTo: null,
    lastUsedAt: null,
    lastUsedIp: null,
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
  ctx.unit.stage(ctx.db.insert(apiKeys).values(row));
  ctx.unit.emit("api_key.created", describeKey(row));
  ctx.unit.audit("api_key.created", { type: "api_key", id: row.id, after: describeKey(row) });
  ctx.unit.onCommit({
    before: async () => {},
    // KV only spares the first look-up in the table; the key works without it.
    after: () => publishKey(ctx.env, hash, { keyId: row.id, workspaceId, environment }).catch(() => {}),
  });
  return { row, key };
}
