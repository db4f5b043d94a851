import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../src/dev/seed.ts";
import type { Settings } from "./settings.ts";

export type DemoFile = { baseUrl: string } & Demo;

function storedKeys(path: string): Partial<Demo["keys"]> {
  try {
    return (JSON.parse(readFileSync(path, "utf8")) as DemoFile).keys ?? {};
  } catch {
    // No file, or half of one: new keys are made.
    return {};
  }
}

/** How often seeding is asked for while one of the local services says it will be there later. */
const ATTEMPTS = 5;

/** Asks for the demo data; a run that was broken off is continued by the next. */
async function seed({ baseUrl, demoFile }: Settings, token: string): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(`${baseUrl}/__dev/seed`, {
      method: "POST",
      headers: { "X-Dev-Token": token },
      body: JSON.stringify({ keys: storedKeys(demoFile) }),
    });
    if (response.status !== 503 || attempt === ATTEMPTS) return response;
    await response.body?.cancel();
    await sleep(Number(response.headers.get("Retry-After")) * 1_000);
  }
}

/** Has the demo data seeded and writes the file with its keys, readable by its owner only. Keys that still work stay. */
export async function prepareDemo(settings: Settings, token: string): Promise<DemoFile> {
  const { baseUrl, demoFile, stateDir } = settings;
  const response = await seed(settings, token);
  if (!response.ok) {
    const said = (await response.text()).slice(0, 500);
    throw new Error(
      `The demo data could not be seeded (${response.status}): ${said}\nTo start afresh, stop and remove ${stateDir}.`,
    );
  }
  const demo: DemoFile = { baseUrl, ...((await response.json()) as Demo) };
  writing(demoFile, (draft) => {
    writeFileSync(draft, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, demoFile);
  });
  return demo;
}

/** Throws, before anything is started, when the demo's keys could not be written at the end. */
export function requireWritableDemoFile({ demoFile }: Settings): void {
  if (statSync(demoFile, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`DEMO_FILE ${demoFile} is a folder. Name a file in it: DEMO_FILE=${join(demoFile, "demo.json")}`);
  }
  writing(demoFile, (draft) => {
    writeFileSync(draft, "");
    rmSync(draft);
  });
}

/** Has a draft written beside the file, in a folder that is made if need be. */
function writing(demoFile: string, write: (draft: string) => void): void {
  try {
    mkdirSync(dirname(demoFile), { recursive: true });
    write(`${demoFile}.${process.pid}`);
  } catch (error) {
    throw new Error(
      `DEMO_FILE ${demoFile} cannot be written: ${(error as Error).message}. Name one in a folder of yours.`,
    );
  }
}
