import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hasDatabase, writeAllMigrations } from "./first-migration.ts";
import { succeeded, wrangler } from "./wrangler.ts";

/** A server that runs, or is just being killed, or somebody who looks into the file, locks the database for a moment. */
const LOCKED = /SQLITE_BUSY|database is locked/;
const ATTEMPTS = 5;

/** Brings the local database in a state folder up to date; `started` is told of each process that works on it. */
export async function migrate(
  stateDir: string,
  started: (child: ChildProcess) => void = () => {},
  attempt = 1,
): Promise<void> {
  const at = ["--local", "--persist-to", stateDir];
  const run = (args: string[]): Promise<void> => {
    const child = wrangler(["d1", ...args, ...at], "pipe", join(stateDir, "registry"));
    started(child);
    return succeeded(child);
  };
  try {
    if (hasDatabase(stateDir)) await run(["migrations", "apply", "DB"]);
    else await run(["execute", "DB", "--file", writeAllMigrations(stateDir)]);
  } catch (error) {
    if (attempt >= ATTEMPTS || !LOCKED.test(String(error))) throw error;
    await sleep(1_000);
    await migrate(stateDir, started, attempt + 1);
  }
}
