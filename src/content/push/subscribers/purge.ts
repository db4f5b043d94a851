import { and, eq, lte } from "drizzle-orm";
import { databaseOf } from "../../../core/storage/database.ts";
import { dropSome, inSteps } from "../../../core/storage/purge.ts";
import type { Env } from "../../../env.ts";
import { subscribers } from "./table.ts";

/** How long an address is kept whose owner has not confirmed it. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** Drops who has never confirmed; answers whether there may be more. */
export const purgeUnconfirmed = (env: Env, now: number): Promise<boolean> =>
  inSteps(() => {
    const isOld = and(eq(subscribers.status, "pending"), lte(subscribers.askedAt, now - KEPT_MS));
    return dropSome(databaseOf(env, 0), { table: subscribers, key: [subscribers.id], where: isOld as never });
  });
