import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MIGRATIONS = fileURLToPath(new URL("../../migrations", import.meta.url));

/** Wrangler's own list of what has been applied, as it makes it. */
const LIST =
  "CREATE TABLE IF NOT EXISTS d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);";

/** Whether a state folder has a database already. */
export const hasDatabase = (stateDir: string): boolean => existsSync(join(stateDir, "v3", "d1"));

/**
 * Writes all migrations there are into one file and gives its path. Wrangler starts a runtime for each migration it
 * applies, which takes minutes for all of them; one file it executes at once, as a whole or not at all.
 */
export function writeAllMigrations(stateDir: string): string {
  const names = readdirSync(MIGRATIONS)
    .filter((it) => it.endsWith(".sql"))
    .sort();
  const parts = names.map(
    (name) => `${readFileSync(join(MIGRATIONS, name), "utf8")}\nINSERT INTO d1_migrations (name) VALUES ('${name}');`,
  );
  const path = join(stateDir, "migrations.sql");
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(path, [LIST, ...parts].join("\n"));
  return path;
}
