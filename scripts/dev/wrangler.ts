import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../node_modules/wrangler/bin/wrangler.js", import.meta.url));

/** Nothing that a start on this machine does asks the network for anything. */
const QUIET = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  DO_NOT_TRACK: "1",
  // The banner is what looks for updates.
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_WRITE_LOGS: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
};

/**
 * Starts wrangler in this process's group, so that what ends the group ends all of it. Without a terminal as input it
 * has no hotkeys and asks no questions.
 */
export function wrangler(args: string[], output: "pipe" | "inherit", registryPath: string): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], {
    stdio: ["ignore", output, output],
    env: { ...process.env, ...QUIET, WRANGLER_REGISTRY_PATH: registryPath },
  });
}

/** Waits for a command's end; throws what it printed unless it went well. */
export async function succeeded(child: ChildProcess): Promise<void> {
  let printed = "";
  child.stdout?.on("data", (chunk) => {
    printed += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    printed += chunk;
  });
  const code = await new Promise((done, fail) => {
    child.once("error", fail).once("close", done);
  });
  if (code !== 0) throw new Error(printed.trim() || `wrangler ended with code ${code}`);
}
