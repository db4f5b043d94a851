// Writes the generated files; with --check it only says whether they are current.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { countersFile } from "./counters.ts";

const SERVER = "https://api.example.com";

/** The description is made of the Worker's own contracts, so the Worker's code is bundled with the runtime's module stubbed. */
async function openApi(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), "openapi-"));
  const outfile = join(dir, "openapi.mjs");
  try {
    await build({
      entryPoints: ["src/openapi.ts"],
      bundle: true,
      format: "esm",
      platform: "neutral",
      mainFields: ["module", "main"],
      outfile,
      logLevel: "error",
      plugins: [
        {
          name: "runtime",
          setup({ onResolve, onLoad }) {
            onResolve({ filter: /^cloudflare:/ }, ({ path }) => ({ path, namespace: "runtime" }));
            onLoad({ filter: /.*/, namespace: "runtime" }, () => ({ contents: "export class DurableObject {}" }));
          },
        },
      ],
    });
    const { openApiDocument } = await import(pathToFileURL(outfile).href);
    return `${JSON.stringify(openApiDocument(SERVER), null, 2)}\n`;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const MIGRATIONS = "migrations";
const isCheck = process.argv.includes("--check");

/** The text of every migration, oldest first. */
const migrations = (): string[] =>
  readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => readFileSync(join(MIGRATIONS, name), "utf8"));

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
generated("docs/openapi.json", await openApi());
