import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** Modules replaced for a script, by a pattern of their path: what they say instead. */
export type Replacements = readonly { filter: RegExp; contents: string }[];

/**
 * Loads a part of the Worker in Node: its code is bundled, with the runtime's own module replaced by the one class that
 * ours extend. Nothing of it may be called that needs the runtime.
 */
export async function loadWorkerModule<Module>(entryPoint: string, replacements: Replacements = []): Promise<Module> {
  const dir = mkdtempSync(join(tmpdir(), "worker-"));
  const outfile = join(dir, "module.mjs");
  try {
    await build({
      entryPoints: [entryPoint],
      bundle: true,
      format: "esm",
      platform: "neutral",
      // As wrangler has them: a package may have another file for where there is no Node.
      mainFields: ["browser", "module", "main"],
      outfile,
      logLevel: "error",
      plugins: [
        {
          name: "runtime",
          setup({ onResolve, onLoad }) {
            onResolve({ filter: /^cloudflare:/ }, ({ path }) => ({ path, namespace: "runtime" }));
            onLoad({ filter: /.*/, namespace: "runtime" }, () => ({ contents: "export class DurableObject {}" }));
            for (const { filter, contents } of replacements) onLoad({ filter }, () => ({ contents }));
          },
        },
      ],
    });
    return (await import(pathToFileURL(outfile).href)) as Module;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
