// `npm run migration -- --name add_things`: the migration from the last one to the tables as they stand in the code, with
// the triggers that count the items of a new resource. With --custom it is empty, for whatever else a table's declaration
// cannot say.
import { spawnSync } from "node:child_process";
import { appendFileSync, readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { FOLDER, migrationFiles, migrations } from "./migrations.ts";
import { countingTriggers, joined, missingCounters } from "./resource-counters.ts";

const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/** Migrations as they lie in their folder, by name: `0009_shop.sql` is `shop`. */
const taken = (): Map<string, string> =>
  new Map(readdirSync(FOLDER).map((file) => [file.replace(/^\d{4}_|\.sql$/g, ""), `${FOLDER}/${file}`]));

/** What is wrong with a name, or `null`. Without one drizzle would make up a name that says nothing. */
function complaint(name: string | undefined): string | null {
  if (!name) return "A migration has a name that says what it does: npm run migration -- --name add_things";
  if (!NAME.test(name)) return `"${name}" is no name: lower-case words with _ between them, such as add_things`;
  const file = taken().get(name);
  return file ? `The name is taken by ${file}` : null;
}

function options(): { name?: string; custom?: boolean } {
  try {
    return parseArgs({ options: { name: { type: "string" }, custom: { type: "boolean" } } }).values;
  } catch {
    return {};
  }
}

const { name, custom } = options();
const wrong = complaint(name);
if (wrong) {
  console.error(wrong);
  process.exitCode = 1;
} else {
  const args = ["generate", "--name", name as string, ...(custom ? ["--custom"] : [])];
  const before = migrationFiles().length;
  process.exitCode = spawnSync("drizzle-kit", args, { stdio: "inherit" }).status ?? 1;
  if (!custom && migrationFiles().length > before) await appendTriggers();
}

/** Lists are counted by triggers, which drizzle-kit does not know of. */
async function appendTriggers(): Promise<void> {
  const missing = await missingCounters(migrations());
  if (missing.length > 0)
    appendFileSync(migrationFiles().at(-1) as string, joined(["", ...missing.map(countingTriggers)]));
}
