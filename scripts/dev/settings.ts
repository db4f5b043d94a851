import { createServer } from "node:net";
import { resolve } from "node:path";

/** What can be set from outside: `PORT`, `STATE_DIR` and where the demo's keys are written, `DEMO_FILE`. */
export interface Settings {
  port: number;
  /** Where the database, the key index and the objects are kept. */
  stateDir: string;
  demoFile: string;
  baseUrl: string;
}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = Number(env.PORT || 8787);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`PORT must be a number from 1 to 65535, not "${env.PORT}".`);
  }
  return {
    port,
    stateDir: resolve(env.STATE_DIR || ".wrangler/state"),
    demoFile: resolve(env.DEMO_FILE || ".dev/demo.json"),
    baseUrl: `http://127.0.0.1:${port}`,
  };
}

/** The command for a second server beside one on `port`: its own port, its own data, its own keys. */
export function besides(port: number): string {
  const other = port < 65_535 ? port + 1 : port - 1;
  return `PORT=${other} STATE_DIR=.wrangler/state-${other} DEMO_FILE=.dev/demo-${other}.json npm run dev`;
}

/** Throws when somebody already listens on the port. */
export async function requireFreePort(port: number): Promise<void> {
  const server = createServer();
  const listening = new Promise<void>((done, fail) => {
    server.once("error", fail).listen(port, "127.0.0.1", done);
  });
  try {
    await listening;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE") throw new Error(`Cannot listen on 127.0.0.1:${port} (${code}). Choose another PORT.`);
    throw new Error(`Port ${port} is busy. Stop what uses it, or start a second server beside it: ${besides(port)}`);
  }
  await new Promise((done) => server.close(done));
}
