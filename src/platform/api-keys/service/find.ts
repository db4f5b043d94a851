import { and, eq, isNotNull, isNull, type SQL } from "drizzle-orm";
import { lastUseOf } from "../../../core/access/key-object-client.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { notFound } from "../../../core/errors.ts";
import { isListed } from "../../../core/storage/scoped.ts";
import { toKey } from "../contract.ts";
import { apiKeys, familyOf, type KeyRow } from "../../../core/tenancy/api-keys/table.ts";
import { hasPowerOver, requirePowerOver } from "./within.ts";

/** Keys the caller may know of: a live key those of both environments of its workspace, a sandbox key only sandbox ones. */
export function visible(ctx: Ctx, ...conditions: (SQL | undefined)[]): SQL {
  const { workspaceId, environment } = ctx.caller;
  const environments = environment === "sandbox" ? eq(apiKeys.environment, "sandbox") : undefined;
  return and(eq(apiKeys.workspaceId, workspaceId), isNull(apiKeys.revokedAt), environments, ...conditions) as SQL;
}

const lookUpKey = async (ctx: Ctx, keyId: number): Promise<KeyRow | undefined> =>
  (
    await ctx.db
      .select()
      .from(apiKeys)
      .where(visible(ctx, eq(apiKeys.id, keyId)))
  )[0];

/** The caller's key with this id; one that was revoked no longer exists. */
export async function findKey(ctx: Ctx, keyId: number): Promise<KeyRow> {
  const row = await lookUpKey(ctx, keyId);
  if (!row) throw notFound("API key");
  return row;
}

/** Refuses what is about a key that the caller has no power over. One that is not there, or no more, the verb tells of. */
export async function authoriseKey(ctx: Ctx, keyId: number): Promise<void> {
  const row = await lookUpKey(ctx, keyId);
  if (row) requirePowerOver(ctx, row);
}

/** A key limited to certain sites sees, of the others, what it could have made; everybody else sees all. */
export async function keysInSight(ctx: Ctx): Promise<SQL | undefined> {
  if (ctx.caller.siteIds === null) return undefined;
  const candidates = await ctx.db
    .select()
    .from(apiKeys)
    .where(visible(ctx, isNotNull(apiKeys.siteIds)));
  const ids = candidates.filter((row) => hasPowerOver(ctx, row)).map(({ id }) => id);
  return isListed(apiKeys.id, ids);
}

/** The key as somebody may see it who asks for it alone, with its use up to now. */
export async function getKey(ctx: Ctx, keyId: number): Promise<KeyRow> {
  const row = await findKey(ctx, keyId);
  if (ctx.caller.siteIds !== null) requirePowerOver(ctx, row);
  return withLastUse(ctx, row);
}

/** The key with its last use as its objects know it: the table hears of that within a minute, or once the key rests. */
export async function withLastUse({ env }: Ctx, row: KeyRow): Promise<KeyRow> {
  const use = await lastUseOf(env, { keyId: row.id, familyId: familyOf(row) });
  if (!use || use.at <= (row.lastUsedAt ?? 0)) return row;
  const { at: lastUsedAt, ip: lastUsedIp, userAgent: lastUsedUserAgent, scopes } = use;
  return { ...row, lastUsedAt, lastUsedIp, lastUsedUserAgent, usedScopes: { ...row.usedScopes, ...scopes } };
}

/** A key as its GET shows it, which is also what events carry and the audit log keeps. */
export const shownKey = (ctx: Ctx, row: KeyRow) => toKey(row, ctx.caller.workspace.tier, ctx.now);
