import { and, eq, gt, isNotNull, isNull, lte, or, type SQL } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { counter } from "../../../core/storage/counter.ts";
import type { NumberedSource } from "../../../core/storage/numbered-list.ts";
import { apiKeys } from "../../../core/tenancy/api-keys/table.ts";
import { keysInSight, visible } from "./find.ts";

/** The same states `statusOf` in the contract shows. */
function hasStatus(status: string | undefined, now: number): SQL | undefined {
  const isExpired = and(isNotNull(apiKeys.expiresAt), lte(apiKeys.expiresAt, now));
  const isCurrent = or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now));
  const isUsable = and(isCurrent, isNull(apiKeys.rotatedTo));
  switch (status) {
    case "expired":
      return isExpired;
    case "rotated":
      return and(isCurrent, isNotNull(apiKeys.rotatedTo));
    case "active":
      return and(isUsable, eq(apiKeys.isActive, true));
    case "inactive":
      return and(isUsable, eq(apiKeys.isActive, false));
    default:
      return undefined;
  }
}

/** Keys are counted by workspace; those of its sandbox see only each other. */
const KEYS = counter("api_keys", ["live", "sandbox"]);

/** Where the list of keys comes from. */
export async function keyList(ctx: Ctx, { status }: { status?: string }): Promise<NumberedSource> {
  const inSight = await keysInSight(ctx);
  const { workspaceId, environment } = ctx.caller;
  return {
    table: apiKeys,
    where: visible(ctx, inSight, hasStatus(status, ctx.now)),
    sorts: {
      created_at: apiKeys.createdAt,
      name: apiKeys.name,
      expires_at: apiKeys.expiresAt,
      last_used_at: apiKeys.lastUsedAt,
      updated_at: apiKeys.updatedAt,
    },
    id: apiKeys.id,
    counted:
      status || inSight ? undefined : KEYS.count(`${workspaceId}`, environment === "sandbox" ? ["sandbox"] : undefined),
    search: [apiKeys.name, apiKeys.prefix],
    createdAt: apiKeys.createdAt,
    updatedAt: apiKeys.updatedAt,
  };
}
