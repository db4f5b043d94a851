import { type ChildProcess, execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a process has to end by itself. */
const PATIENCE_MS = 1_500;

/** Every process below `root`, itself included; what `ps` cannot tell is left out. */
function family(root: number): number[] {
  let rows: number[][] = [];
  try {
    const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
    rows = table
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number));
  } catch {
    // Without `ps` the root alone is ended, and ends its own children.
  }
  const members = [root];
  for (const member of members) {
    for (const [pid, parent] of rows) if (parent === member && pid !== undefined) members.push(pid);
  }
  return members;
}

/** Sends a signal; `false` when there is no such process of ours any more. Signal 0 only asks. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Ends a process that another script has started, and everything below it; waits until it is gone. */
export async function killFamily(root: number): Promise<void> {
  for (const pid of family(root)) signal(pid, "SIGKILL");
  while (signal(root, 0)) await sleep(20);
}

/** Ends a child and everything it has started, by force if asking is not enough. Its own end is waited for. */
export async function stopFamily(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const members = family(child.pid);
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await Promise.race([ended, sleep(PATIENCE_MS)]);
  for (const pid of members) signal(pid, "SIGKILL");
}
