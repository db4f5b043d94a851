import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const START_TIMEOUT_MS = 120_000;
/** What `newcomers` wait after Ctrl-C before they look. */
const STOP_TIMEOUT_MS = 3_000;
const POLL_MS = 20;

/** A port nobody listens on right now. */
export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** A place for one server's data and demo keys, outside the working copy. */
export function makePlace() {
  const dir = mkdtempSync(join(tmpdir(), "edge-cms-e2e-"));
  const demoFile = join(dir, "demo.json");
  return {
    stateDir: join(dir, "state"),
    demoFile,
    demo: () => JSON.parse(readFileSync(demoFile, "utf8")),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Processes of a group that still run; one that has ended and only waits to be collected does not count. */
export function runningIn(group) {
  const table = execFileSync("ps", ["-A", "-o", "pid=,pgid=,stat=,args="], { encoding: "utf8" });
  return table.split("\n").filter((line) => {
    const [, pgid, stat] = line.trim().split(/\s+/);
    return Number(pgid) === group && !stat.startsWith("Z");
  });
}

/** Waits until `condition` gives something truthy and returns it; throws `what` after `timeoutMs`. */
export async function until(condition, timeoutMs, what) {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (Date.now() > giveUpAt) throw new Error(`timed out: ${typeof what === "function" ? what() : what}`);
    await sleep(POLL_MS);
  }
}

/** Starts `npm run dev` in its own process group, as a shell does. */
export function startDev(place, port) {
  const child = spawn("npm", ["run", "dev"], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PORT: String(port), STATE_DIR: place.stateDir, DEMO_FILE: place.demoFile },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const exited = new Promise((done) => child.once("close", done));
  const signalGroup = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  return {
    group: child.pid,
    /** The exit code, once all output has arrived. */
    exited,
    output: () => output,
    /** Resolves when everything is served and seeded. One that does not come to that is stopped. */
    ready: () =>
      until(
        () => {
          if (child.exitCode !== null) throw new Error(`npm run dev ended:\n${output}`);
          if (output.includes("without demo data")) throw new Error(`not seeded:\n${output}`);
          return output.includes("All demo keys are in");
        },
        START_TIMEOUT_MS,
        () => `not ready:\n${output}`,
      ).catch((error) => {
        // Whoever waits for it has nothing to stop it by, and a process left running keeps its test file from ending.
        signalGroup("SIGKILL");
        throw error;
      }),
    /** Ctrl-C. Fails when a process is left behind. */
    async interrupt() {
      signalGroup("SIGINT");
      await until(
        () => runningIn(child.pid).length === 0,
        STOP_TIMEOUT_MS,
        () => `left behind after Ctrl-C:\n${runningIn(child.pid).join("\n")}`,
      );
    },
    /** The machine loses power. */
    async kill() {
      signalGroup("SIGKILL");
      await until(() => runningIn(child.pid).length === 0, STOP_TIMEOUT_MS, "processes survive SIGKILL");
    },
  };
}
