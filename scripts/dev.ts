// `npm run dev`: the API on this machine, with its database migrated and demo data in it. Ctrl-C ends all of it.
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { prepareDemo, requireWritableDemoFile } from "./dev/demo.ts";
import { guide } from "./dev/guide.ts";
import { migrate } from "./dev/migrate.ts";
import { readSettings, requireFreePort, type Settings } from "./dev/settings.ts";
import { heldByAnother, lockState, noteServer } from "./dev/state-lock.ts";
import { stopFamily } from "./dev/stop.ts";
import { wrangler } from "./dev/wrangler.ts";
import { modelSettings } from "./dev/model.ts";

const MINUTE_MS = 60_000;
const PARENT_CHECK_MS = 500;

let child: ChildProcess | null = null;
let isStopping = false;

async function stop(exitCode: number): Promise<never> {
  if (!isStopping) {
    isStopping = true;
    if (child) await stopFamily(child);
    process.exit(exitCode);
  }
  return new Promise(() => {});
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));

/** npm hands a signal meant for it only to its shell, which dies of it and tells nobody: a new parent means that. */
function stopWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void stop(0);
  }, PARENT_CHECK_MS).unref();
}

async function serve(settings: Settings, token: string): Promise<void> {
  const { port, stateDir, baseUrl } = settings;
  const args = ["dev", "src/dev.ts", "--local", "--ip", "127.0.0.1", "--port", String(port), "--persist-to", stateDir];
  // Wrangler prints a line per request already; the Worker's own JSON lines are for failures.
  const own = ["--var", `DEV_TOKEN:${token}`, "--var", `API_ORIGIN:${baseUrl}`];
  const vars = [...own, "--var", "LOG_LEVEL:error", "--var", "WEBHOOK_LOOPBACK:allow"];
  const domains = ["--var", "RESERVED_DOMAINS:proven", "--var", "MAIL_FROM:post@mail.example.com"];
  const model = Object.entries(await modelSettings(process.env)).flatMap((it) => ["--var", it.join(":")]);
  const quiet = ["--show-interactive-dev-session=false"];
  child = wrangler([...args, ...vars, ...domains, ...model, ...quiet], "inherit", join(stateDir, "registry"));
  noteServer(settings, child.pid);
  child.once("exit", (code) => {
    if (isStopping) return;
    console.error(`The development server ended by itself (code ${code}).`);
    void stop(1);
  });
}

async function untilReady({ baseUrl }: Settings): Promise<void> {
  for (;;) {
    const response = await fetch(`${baseUrl}/v1/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (response?.ok) return;
    await sleep(100);
  }
}

/** Locally crons do not fire by themselves. */
function runScheduledWork({ baseUrl }: Settings): void {
  const run = () =>
    fetch(`${baseUrl}/cdn-cgi/local/scheduled`, { signal: AbortSignal.timeout(MINUTE_MS) }).catch((error) => {
      if (!isStopping) console.error(`The scheduled work could not be started: ${error}`);
    });
  // At once as well: a server that was killed has left work behind, and the wake-ups for it are gone.
  void run();
  setInterval(run, MINUTE_MS);
}

/** Whoever has deleted the demo still wants the rest of the data served: without a demo the API runs as well. */
async function offerDemo(settings: Settings, token: string): Promise<void> {
  try {
    console.log(guide(await prepareDemo(settings, token), settings.demoFile));
  } catch (error) {
    console.error(
      `Ready on ${settings.baseUrl}, but without demo data. ${error instanceof Error ? error.message : error}`,
    );
  }
}

try {
  stopWithParent();
  const settings = readSettings(process.env);
  requireWritableDemoFile(settings);
  const isOurs = await lockState(settings);
  await requireFreePort(settings.port);
  if (!isOurs) throw heldByAnother(settings);
  await migrate(settings.stateDir, (it) => {
    child = it;
  });
  if (isStopping) await stop(0);
  const token = randomUUID();
  await serve(settings, token);
  await untilReady(settings);
  runScheduledWork(settings);
  await offerDemo(settings, token);
} catch (error) {
  if (!isStopping) console.error(error instanceof Error ? error.message : String(error));
  await stop(1);
}
