// Writes the generated files; with --check it only says whether they are current.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { loadWorkerModule } from "./bundle.ts";
import { countersFile } from "./counters.ts";
import { migrations } from "./migrations.ts";
import { newestMigrationFile } from "./newest-migration.ts";

const SERVER = "https://api.example.com";

/** The description is made of the Worker's own contracts. */
async function openApi(): Promise<string> {
  const [, keyPrefixes = ""] = /^IMPORTED_KEY_PREFIXES = "(.*)"$/m.exec(readFileSync("wrangler.toml", "utf8")) ?? [];
  const { openApiDocument } = await loadWorkerModule<{ openApiDocument(server: string, keyPrefixes: string): unknown }>(
    "src/openapi.ts",
  );
  const text = JSON.stringify(openApiDocument(SERVER, keyPrefixes), null, 2);
  // A name on a line of its own: half of the document are such.
  return `${text.replace(/\{\s+("\$ref": "[^"]+")\s+\}/g, "{ $1 }")}\n`;
}

const isCheck = process.argv.includes("--check");

/** Writes a generated file, or only says that it is not current. */
function generated(path: string, content: string): void {
  const isCurrent = existsSync(path) && readFileSync(path, "utf8") === content;
  if (isCurrent) return;
  if (isCheck) {
    console.error(`${path} is not current: run npm run generate`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, content);
    console.log(`wrote ${path}`);
  }
}

// The Worker does not load without the counters its lists name, so they are written before it is described.
generated("src/core/storage/counters.generated.ts", countersFile(migrations()));
generated("src/content/health/newest.generated.ts", newestMigrationFile());
generated("docs/openapi.json", await openApi());
