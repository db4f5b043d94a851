// A Vite plugin for vitest.config.ts: libraries that the product loads as it runs are there before it does.
import path from "node:path";
import type { Plugin } from "vitest/config";

const SRC = path.join(import.meta.dirname, "../../src/");

/** `import("library")`; our own modules are never loaded so (`npm run walls`). */
const LATE = /\bimport\(\s*"([^".][^"]*)"\s*\)/g;

/**
 * In the deployed Worker such a library is part of the bundle, and loading it asks for nothing. The test runner would ask
 * for it once for all who need it at that moment, and in workerd a request that waits for what another one has asked for
 * hangs. So they are imported like any other, on the first line, which keeps the numbers of all.
 */
export function lateLibraries(): Plugin {
  return {
    name: "late-libraries",
    transform(code, id) {
      if (!id.startsWith(SRC)) return;
      const libraries: string[] = [];
      const loaded = code.replace(
        LATE,
        (_, library: string) => `Promise.resolve(__late${libraries.push(library) - 1})`,
      );
      if (libraries.length === 0) return;
      const imports = libraries.map((library, n) => `import * as __late${n} from ${JSON.stringify(library)};`);
      return { code: imports.join(" ") + loaded, map: null };
    },
  };
}
