import type { Ctx } from "../../../core/work/context.ts";
import { and, eq, lte, sql } from "drizzle-orm";
import type { Environment } from "../../../core/keys/key-format.ts";
import { generateKey, hashKey, importedPrefix, keyPrefix, shownPrefix } from "../../../core/keys/key-format.ts";
import { publishKey } from "../../../core/access/key-index.ts";
import { DEFAULT_SCOPES } from "../../../core/keys/scopes.ts";
import { withMade } from "../../../core/storage/folded.ts";
import { conflict, invalid, notFound } from "../../../core/errors.ts";
import { newIntegerId } from "../../../core/ids.ts";
import { planOf } from "../../../core/limits/plans.ts";
import { requireRoom } from "../../../core/limits/room.ts";
import { workspaces } from "../../../core/tenancy/workspaces/table.ts";
import { apiKeys, familyOf, type KeyRow } from "../../../core/tenancy/api-keys/table.ts";
import { shownKey } from "./find.ts";
import { KEY_EVENTS } from "../events.ts";
import { type KeySettings, requireApiAccess, requireFuture, requireOneReach, requireTier } from "./settings.ts";
import { inheritedPowers, requireUncapped, requireWithin } from "./within.ts";

/** A key and its value, which can be shown only now. */
export interface CreatedKey {
  row: KeyRow;
  key: string;
}

/** What is kept of a key's value, made here or brought along. */
type KeyValue = { hash: string; prefix: string };

type StagedSettings = KeySettings & Pick<KeyRow, "environment" | "rotatedFrom" | "familyId">;

/** The settings of a new key, if the caller may make it. */
async function newSettings(ctx: Ctx, input: NewKey): Promise<StagedSettings> {
  requireUncapped(ctx);
  const [workspace] = await ctx.db.select().from(workspaces).where(eq(workspaces.id, ctx.caller.workspaceId));
  if (!workspace || workspace.deletedAt !== null) throw notFound("Workspace");
  requireApiAccess(planOf(workspace.tier).apiAccess, ctx.env.UPGRADE_URL);
  const settings = { ...withDefaults(ctx, input), rotatedFrom: null, familyId: null };
  requireTier(workspace.tier, settings.rateLimitTier);
  requireOneReach(settings);
  requireFuture(settings.expiresAt, ctx.now);
  requireWithin(ctx, settings);
  if (settings.isActive) requireRoom(ctx, "api_keys", { environment: settings.environment });
  return settings;
}

/**
 * Everything about a new key: what is asked for, else the maker's own bounds, else the defaults of docs/contract.md §1. One
 * whose scopes are `null` goes by its rights alone; without those as well it is a key without scopes like any other.
 */
export function withDefaults(ctx: Ctx, input: NewKey): KeySettings & { environment: Environment } {
  const settings = {
    contactEmail: null,
    scopes: input.rights ? null : DEFAULT_SCOPES,
    rights: null,
    siteIds: null,
    accountAccess: false,
    accessType: "admin" as const,
    attributes: null,
    channels: null,
    allowedIps: null,
    rateLimitTier: null,
    monthlyCap: null,
    isActive: true,
    expiresAt: null,
    environment: ctx.caller.environment,
    ...inheritedPowers(ctx),
    ...input,
  };
  return { ...settings, scopes: settings.scopes ?? (settings.rights ? null : DEFAULT_SCOPES) };
}

export type NewKey = Partial<KeySettings> & { name: string; environment?: Environment };

/** Creates a key and its value, never with more than the caller's own key has. */
export async function createKey({ ctx, input }: { ctx: Ctx; input: NewKey }): Promise<CreatedKey> {
  return stageKey(ctx, await newSettings(ctx, input));
}

/**
 * Takes over a key of another system, so that its callers need not change theirs. Its value has to be shown: a hash proves
 * nothing, and whoever has the value may learn that it is known (docs/decisions/0018-keys-are-imported-by-value.md).
 */
export async function importKey({ ctx, input }: { ctx: Ctx; input: NewKey & { key: string } }): Promise<KeyRow> {
  const { key, ...rest } = input;
  const prefixes = ctx.env.IMPORTED_KEY_PREFIXES;
  const prefix = importedPrefix(key, prefixes);
  if (prefix === null) throw invalid("key", `must start with one of ${prefixes}`);
  const named = /_(live|sandbox)_$/.exec(prefix)?.[1];
  if (named && named !== (rest.environment ?? ctx.caller.environment)) {
    throw invalid("environment", `must be ${named}, as the key says`);
  }
  const settings = await newSettings(ctx, rest);
  const hash = await hashKey(key);
  // A value whose key has ended is free again.
  const hasEnded = and(eq(apiKeys.hash, hash), lte(apiKeys.endsAt, ctx.now));
  ctx.unit.stage(
    ctx.db
      .update(apiKeys)
      .set({ hash: sql`'ended:' || ${apiKeys.id}` })
      .where(hasEnded),
  );
  const row = stageRow(ctx, settings, { hash, prefix: shownPrefix(key, prefix) });
  ctx.unit.onDuplicate([apiKeys.hash], conflict("key", "This key is in use already."));
  return row;
}

/** Makes a value and stages the key with these settings. */
export async function stageKey(ctx: Ctx, settings: StagedSettings): Promise<CreatedKey> {
  const key = generateKey(ctx.env.KEY_BRAND, settings.environment);
  return { key, row: stageRow(ctx, settings, { hash: await hashKey(key), prefix: keyPrefix(key) }) };
}

/** Stages a new key and, after the commit, makes it known to KV. */
function stageRow(ctx: Ctx, settings: StagedSettings, { hash, prefix }: KeyValue): KeyRow {
  const { environment } = settings;
  const { workspaceId } = ctx.caller;
  const row = withMade(apiKeys, {
    id: newIntegerId(ctx.now),
    workspaceId,
    ...settings,
    prefix,
    hash,
    endsAt: null,
    revokedAt: null,
    expiryNotice: null,
    rotatedTo: null,
    lastUsedAt: null,
    lastUsedIp: null,
    lastUsedUserAgent: null,
    usedScopes: null,
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  });
  ctx.unit.stage(ctx.db.insert(apiKeys).values(row));
  ctx.unit.emit(KEY_EVENTS.created, shownKey(ctx, row));
  ctx.unit.audit("api_key.created", { type: "api_key", id: row.id, after: shownKey(ctx, row) });
  ctx.unit.onCommit({
    before: async () => {},
    // KV only spares the first look-up in the table; the key works without it.
    after: () =>
      publishKey(ctx.env, hash, { keyId: row.id, familyId: familyOf(row), workspaceId, environment }).catch(() => {}),
  });
  return row;
}
