import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

function openDatabase(place, options = {}) {
  const dir = join(place.stateDir, "v3/d1/miniflare-D1DatabaseObject");
  const file = readdirSync(dir).find((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
  return new DatabaseSync(join(dir, file), options);
}

/** Reads the local database beside the server that owns it; `null` while it or its tables are not there yet. */
export function query(place, sql) {
  let database;
  try {
    database = openDatabase(place, { readOnly: true });
    return database.prepare(sql).all();
  } catch {
    return null;
  } finally {
    database?.close();
  }
}

/** How many rows a table holds, 0 while there is no table. */
export const count = (place, from) => query(place, `SELECT count(*) AS n FROM ${from}`)?.[0].n ?? 0;

/** Changes the local database while no server owns it. */
export function execute(place, sql) {
  const database = openDatabase(place);
  database.exec(sql);
  database.close();
}
