import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const FOLDER = "migrations";

/** The files of all migrations, oldest first. */
export const migrationFiles = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => join(FOLDER, name));

/** The text of every migration, oldest first. */
export const migrations = (): string[] => migrationFiles().map((file) => readFileSync(file, "utf8"));
