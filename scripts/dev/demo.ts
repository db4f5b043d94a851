import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
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

/** Has the demo data seeded and writes the file with its keys, readable by its owner only. Keys that still work stay. */
export async function prepareDemo({ baseUrl, demoFile }: Settings, token: string): Promise<DemoFile> {
  const response = await fetch(`${baseUrl}/__dev/seed`, {
    method: "POST",
    headers: { "X-Dev-Token": token },
    body: JSON.stringify({ keys: storedKeys(demoFile) }),
  });
  if (!response.ok) {
    throw new Error(`The demo data could not be seeded (${response.status}): ${(await response.text()).slice(0, 500)}`);
  }
  const demo: DemoFile = { baseUrl, ...((await response.json()) as Demo) };
  mkdirSync(dirname(demoFile), { recursive: true });
  const draft = `${demoFile}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, demoFile);
  return demo;
}
