import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { killFamily } from "./stop.ts";
import { besides, type Settings } from "./settings.ts";

/** Who holds a state folder, as written beside its lock. */
interface Holder {
  pid: number;
  port: number;
  /** The process that serves, once it is started. */
  serverPid?: number;
}

const HOLDER_FILE = "dev-server.json";
const SQLITE_BUSY = 5;

/** Kept for as long as this process runs: the operating system lets go of the lock when the process ends, however. */
let lock: DatabaseSync | null = null;

function holderOf(stateDir: string): Holder | null {
  try {
    return JSON.parse(readFileSync(join(stateDir, HOLDER_FILE), "utf8")) as Holder;
  } catch {
    return null;
  }
}

function writeHolder(stateDir: string, holder: Holder): void {
  writeFileSync(join(stateDir, HOLDER_FILE), `${JSON.stringify(holder)}\n`);
}

/** Makes the folder and locks it; `false` when another server has it. A killed server's lock is free at once. */
export async function lockState({ stateDir, port }: Settings): Promise<boolean> {
  try {
    mkdirSync(stateDir, { recursive: true });
    lock = lockedDatabase(join(stateDir, "dev-server.lock"));
    if (!lock) return false;
    await endLeftBehind(stateDir);
    writeHolder(stateDir, { pid: process.pid, port });
    return true;
  } catch (error) {
    throw new Error(`STATE_DIR ${stateDir} cannot be written: ${(error as Error).message}. Choose a folder of yours.`);
  }
}

/** The lock is one of SQLite's, which every system has and no killed process leaves behind; `null` if it is taken. */
function lockedDatabase(path: string): DatabaseSync | null {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
}

/** Of a script that was killed the server may run on: two of them would write the same files. */
async function endLeftBehind(stateDir: string): Promise<void> {
  const { serverPid } = holderOf(stateDir) ?? {};
  if (serverPid === undefined || !commandOf(serverPid).includes(`--persist-to ${stateDir}`)) return;
  await killFamily(serverPid);
  console.log(`Ended process ${serverPid}, which a development server that was killed had left behind.`);
}

/** The command line of a process: the system gives a number out again, so it alone proves nothing. */
function commandOf(pid: number): string {
  try {
    return execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** Notes which process serves the folder, so that it can be found should this one be killed. */
export function noteServer({ stateDir, port }: Settings, serverPid: number | undefined): void {
  if (lock) writeHolder(stateDir, { pid: process.pid, port, serverPid });
}

/** What to say to whoever starts a second server on a folder. */
export function heldByAnother(settings: Settings): Error {
  const holder = holderOf(settings.stateDir);
  const who = holder ? `process ${holder.pid} on port ${holder.port}` : "another process";
  return new Error(
    `STATE_DIR ${settings.stateDir} is in use by the development server of ${who}. Use that one, stop it, or start a second beside it: ${besides(settings.port)}`,
  );
}
