import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

/** The fields of a process's `stat` after its name, which may hold spaces. */
function statOf(pid: string): { name: string; fields: string[] } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const end = text.lastIndexOf(")");
    return { name: text.slice(text.indexOf("(") + 1, end), fields: text.slice(end + 2).split(" ") };
  } catch {
    return null;
  }
}

/**
 * Milliseconds of CPU the workerd of this process has used so far; `null` where the system does not tell.
 * Other work on the machine slows requests down, but hardly adds to this.
 */
export function runtimeCpuMs(): number | null {
  if (!existsSync("/proc/self/stat")) return null;
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const stat = statOf(pid);
    if (!stat?.name.startsWith("workerd") || stat.fields[1] !== String(process.pid)) continue;
    ticks += Number(stat.fields[11]) + Number(stat.fields[12]);
  }
  return ticks * TICK_MS;
}
