// Writes the generated files; with --check it only says whether they are current.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

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

const files: Record<string, string> = { "docs/openapi.json": await openApi() };
const isCheck = process.argv.includes("--check");
for (const [path, content] of Object.entries(files)) {
  const isCurrent = existsSync(path) && readFileSync(path, "utf8") === content;
  if (isCurrent) continue;
  if (isCheck) {
    console.error(`${path} is not current: run npm run generate`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, content);
    console.log(`wrote ${path}`);
  }
}
