import { eq } from "drizzle-orm";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { Unmigrated } from "../../core/errors.ts";
import { databaseOf } from "../../core/storage/database.ts";
import type { Env } from "../../env.ts";
import { NEWEST_MIGRATION } from "./newest.generated.ts";

/** Where `wrangler d1 migrations apply` lists what it has applied. */
const applied = sqliteTable("d1_migrations", { name: text("name").notNull() });

/** Throws unless the database has what the newest migration of this version makes. */
export async function requireMigrated(env: Env): Promise<void> {
  const found = await databaseOf(env, 0)
    .select({ name: applied.name })
    .from(applied)
    .where(eq(applied.name, NEWEST_MIGRATION))
    .limit(1);
  if (found.length === 0) throw new Unmigrated();
}
