import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { faultsOf } from "./faults.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const PROSE = ["*.md", "docs/**/*.md", "src/**/*.md", "test/**/*.md", "bench/**/*.md"];
const CODE = ["{src,test,scripts,bench}/**/*.{ts,mjs}", "migrations/*.sql", "*.{ts,toml}"];
/** This test plants what it looks for. */
const OWN = path.join("test", "docs");

const files = globSync([...PROSE, ...CODE], { cwd: ROOT, exclude: ["**/node_modules/**", `${OWN}/**`] });
const texts = new Map(
  files.map((name) => [name.split(path.sep).join("/"), readFileSync(path.join(ROOT, name), "utf8")]),
);
const commands = Object.keys(JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")).scripts);
const has = (name) => existsSync(path.join(ROOT, name));

/** What one more file with this text would be told. */
const faultsBy = (name, text) =>
  faultsOf({ texts: new Map([...texts, [name, text]]), has, commands }).filter((fault) => fault.startsWith(`${name}:`));

describe("what prose and comments name", () => {
  it("is in the repository", () => {
    assert.deepEqual(faultsOf({ texts, has, commands }), []);
  });

  for (const [what, name, text, fault] of [
    ["a file that is gone", "docs/planted.md", "See `src/app.js`.", "src/app.js"],
    ["a file of src named for short", "docs/planted.md", "`core/http/gone.ts` is", "core/http/gone.ts"],
    ["a link to nowhere", "docs/decisions/planted.md", "[there](../gone.md)", "../gone.md"],
    ["a command nobody has", "CONTRIBUTING.md", "`npm run conquer`", "npm run conquer"],
    ["a document that is elsewhere", "src/planted.ts", "/** As docs/elsewhere.md says. */", "docs/elsewhere.md"],
    ["a document without its path", "src/planted.ts", "// As it is there (CONTRACT §2).", "CONTRACT"],
    ["a section that is not there", "src/planted.ts", "// docs/contract.md §99", "docs/contract.md §99"],
    ["a published document that is none", "src/planted.ts", "// documents 002 and 009", "document 009"],
  ]) {
    it(`is not ${what}`, () => assert.deepEqual(faultsBy(name, text), [`${name}: ${fault}`]));
  }

  it("may be a pattern, a section, a command or a published document", () => {
    const text =
      "`src/**/table.ts`, `src/core/`, docs/contract.md §2, document 002, npm run dev, [a](contract.md#2-limits)";
    assert.deepEqual(faultsBy("docs/planted.md", text), []);
  });

  it("may be a file whose text a guide gives", () => {
    const text = "`src/planted/table.ts` in `src/planted/`:\n\n```ts src/planted/table.ts\nexport {};\n```\n";
    assert.deepEqual(faultsBy("docs/planted.md", text), []);
  });
});
