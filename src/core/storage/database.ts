import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { Env } from "../../env.ts";

export type Database = DrizzleD1Database & { $client: D1Database };

/** What reading takes of a database: the real one, or one in which the name of a table stands for other rows. */
export type ReadDatabase = Pick<Database, "select" | "selectDistinct" | "all">;

/** One client per binding: it keeps nothing of a request, and every request needs one. */
const clients = new WeakMap<D1Database, Database>();

/** The database a workspace lives in. One binding today; several later are chosen here (docs/architecture.md §8). */
export function databaseOf(env: Env, _workspaceId: number): Database {
  const client = clients.get(env.DB) ?? drizzle(env.DB);
  clients.set(env.DB, client);
  return client;
}
