import { lte } from "drizzle-orm";
import { databaseOf } from "../../../core/storage/database.ts";
import { dropSome, inSteps } from "../../../core/storage/purge.ts";
import type { Env } from "../../../env.ts";
import { previews } from "../table.ts";

/** How long an expired preview is still listed. */
const LISTED_MS = 7 * 86_400_000;

/** Drops the previews that expired a week ago, as many as one run may; answers whether there may be more. */
export function purgePreviews(env: Env, now: number): Promise<boolean> {
  const expired = { table: previews, key: [previews.id], where: lte(previews.expiresAt, now - LISTED_MS) };
  return inSteps(() => dropSome(databaseOf(env, 0), expired));
}
