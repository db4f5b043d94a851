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

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Ends a child and everything it has started, by force if asking is not enough. Its own end is waited for. */
export async function stopFamily(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const members = family(child.pid);
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await Promise.race([ended, sleep(PATIENCE_MS)]);
  for (const pid of members) kill(pid);
}
