import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type BuildOptions } from "esbuild";

/** The repository, whatever directory the bench is started from. */
export const ROOT = join(import.meta.dirname, "..");

/** The very script `wrangler deploy` would upload. */
export function bundleProduct(): string {
  const dir = mkdtempSync(join(tmpdir(), "bench-bundle-"));
  try {
    const bin = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
    const args = [bin, "deploy", "--dry-run", "--outdir", dir];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
    if (status !== 0) throw new Error(`wrangler could not bundle the Worker:\n${stdout}${stderr}`);
    return readFileSync(join(dir, "index.js"), "utf8");
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function bundle(entry: BuildOptions): Promise<string> {
  const { outputFiles = [] } = await build({
    ...entry,
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    platform: "neutral",
    conditions: ["workerd", "worker", "browser"],
    mainFields: ["browser", "module", "main"],
    external: ["cloudflare:*", "node:*"],
    logLevel: "error",
  });
  return outputFiles.map((file) => file.text).join("");
}

/** Bundles one of the bench's own workers the way wrangler bundles. */
export const bundleWorker = (name: string): Promise<string> =>
  bundle({ entryPoints: [join(import.meta.dirname, "workers", `${name}.ts`)] });

/** The product with every binding and every object's storage wrapped by `workers/counting.ts`. */
export function bundleCounted(classNames: string[]): Promise<string> {
  const contents = `
import * as product from "../src/index.ts";
import { countedObject, countedWorker } from "./workers/counting.ts";
export default countedWorker(product.default);
${classNames.map((name) => `export const ${name} = countedObject(product.${name});`).join("\n")}`;
  return bundle({ stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" } });
}
