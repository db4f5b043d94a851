import { and, eq, gt, isNull, lte, or } from "drizzle-orm";
import { ConcurrentChange } from "../../../core/errors.ts";
import { jobContext } from "../../../core/work/job-context.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import type { Env } from "../../../env.ts";
import { workspaces } from "../../../core/tenancy/workspaces/table.ts";
import { apiKeys } from "../../../core/tenancy/api-keys/table.ts";
import { KEY_EVENTS } from "../events.ts";
import { shownKey } from "./find.ts";
import { requireUnchanged } from "../../../core/storage/version.ts";

const DAY_MS = 24 * 3_600_000;
/** Days ahead at which a key's owner is told, the later one last. */
const NOTICES = [7, 1] as const;

/** Emits `api_key.expiring` 7 days and 1 day ahead, once each: the notice given is stored in the commit that emits it. */
export async function announceExpiringKeys(env: Env, now: number): Promise<void> {
  for (const days of NOTICES) {
    const isDue = and(gt(apiKeys.expiresAt, now), lte(apiKeys.expiresAt, now + days * DAY_MS));
    const isUntold = or(isNull(apiKeys.expiryNotice), gt(apiKeys.expiryNotice, days));
    const rows = await databaseOf(env, 0)
      .select({ key: apiKeys, tier: workspaces.tier })
      .from(apiKeys)
      .innerJoin(workspaces, eq(workspaces.id, apiKeys.workspaceId))
      .where(and(isDue, isUntold, isNull(apiKeys.revokedAt), isNull(workspaces.deletedAt)))
      .limit(100);
    for (const { key, tier } of rows) {
      // A key that is already within the last day is told once, not twice.
      if (days === 7 && (key.expiresAt as number) <= now + DAY_MS) continue;
      const ctx = jobContext(env, key, "job:expiry", now, tier);
      requireUnchanged(ctx.unit, apiKeys, key);
      ctx.unit.stage(ctx.db.update(apiKeys).set({ expiryNotice: days }).where(eq(apiKeys.id, key.id)));
      ctx.unit.emit(KEY_EVENTS.expiring, shownKey(ctx, key));
      await ctx.unit.commit().catch((error) => {
        // The key was changed just now: the next minute sees it as it is.
        if (!(error instanceof ConcurrentChange)) throw error;
      });
    }
  }
}
