import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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
  const args = ["d1", "migrations", "apply", "DB", "--local", "--persist-to", stateDir];
  const child = wrangler(args, "pipe", join(stateDir, "registry"));
  started(child);
  try {
    await succeeded(child);
  } catch (error) {
    if (attempt >= ATTEMPTS || !LOCKED.test(String(error))) throw error;
    await sleep(1_000);
    await migrate(stateDir, started, attempt + 1);
  }
}
