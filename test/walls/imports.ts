/** One import of a file: what it names, and whether it is of types only. */
export interface Import {
  specifier: string;
  isTypeOnly: boolean;
}

/** `import … from "x"`, `import "x"` and `export … from "x"`, over as many lines as they take. */
const DECLARATION =
  /^[ \t]*(?:import\s+(?:(type\s)?([\w$*{},\s]+?)\sfrom\s*)?|export\s+(type\s)?(\*(?:\s+as\s+[\w$]+)?|\{[^}]*\})\s*from\s*)["']([^"'\n]+)["']/gm;

/** `import("x")`, as an expression or within a type. What it names must be written out, or nobody can check it. */
const CALL = /\bimport\s*\(\s*(?:["'`]([^"'`$]+)["'`]\s*[,)]|)/g;

/** Comments that fill whole lines: an example in one is not an import. */
const COMMENT_LINES = /^[ \t]*(?:\/\/.*|\/\*[\s\S]*?\*\/[ \t]*)$/gm;

/** Whether a clause in braces names types only: `{ type A, type B }`. */
const namesTypesOnly = (clause: string): boolean =>
  /^\{[\s\S]*\}$/.test(clause.trim()) &&
  clause
    .trim()
    .slice(1, -1)
    .split(",")
    .map((name) => name.trim())
    .every((name) => name === "" || name.startsWith("type "));

/** Every import of a file of TypeScript. Throws for `import(…)` of something that is not written out. */
export function importsOf(source: string): Import[] {
  const text = source.replace(COMMENT_LINES, "");
  const declared = [...text.matchAll(DECLARATION)].map(
    ([, importType, imported, exportType, exported, specifier]): Import => ({
      specifier: specifier as string,
      isTypeOnly: Boolean(importType ?? exportType) || namesTypesOnly(imported ?? exported ?? ""),
    }),
  );
  const called = [...text.matchAll(CALL)].map(([found, specifier]): Import => {
    if (specifier === undefined) throw new Error(`${found}… does not say what it imports`);
    return { specifier, isTypeOnly: false };
  });
  return [...declared, ...called];
}
