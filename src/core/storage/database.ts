import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { Env } from "../../env.ts";

export type Database = DrizzleD1Database & { $client: D1Database };

/** The database a workspace lives in. One binding today; several later are chosen here (DESIGN §8). */
export const databaseOf = (env: Env, _workspaceId: number): Database => drizzle(env.DB);
