// `npm run migration`, in a copy of what it reads.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, describe, it } from "node:test";

const TABLE = "src/content/shop/products/table.ts";

describe("npm run migration", { timeout: 120_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), "edge-cms-migration-"));
  for (const name of ["src", "scripts", "migrations", "package.json", "drizzle.config.ts"]) {
    cpSync(name, join(dir, name), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(dir, "node_modules"));

  after(() => rmSync(dir, { recursive: true, force: true }));

  const migration = (...args) =>
    spawnSync("npm", ["run", "--silent", "migration", "--", ...args], { cwd: dir, encoding: "utf8", input: "" });
  const files = () => readdirSync(join(dir, "migrations")).filter((name) => name.endsWith(".sql"));

  for (const [what, args, said] of [
    ["no name", [], /has a name that says what it does: npm run migration -- --name add_things/],
    ["a name that is none", ["--name", "Add things"], /"Add things" is no name/],
    ["a name that is taken", ["--name", "shop"], /taken by migrations\/0009_shop\.sql/],
  ]) {
    it(`refuses ${what}`, () => {
      const before = files();
      const { status, stderr } = migration(...args);
      assert.equal(status, 1);
      assert.match(stderr, said);
      assert.deepEqual(files(), before);
    });
  }

  it("writes what the tables in the code have more than the last migration, under the name", () => {
    const path = join(dir, TABLE);
    const table = readFileSync(path, "utf8");
    const column = /^( +)title: text\("title"\)/m;
    assert.match(table, column);
    writeFileSync(path, table.replace(column, '$1planted: text("planted"),\n$&'));
    const before = files();
    const { status, stdout, stderr } = migration("--name", "add_planted");
    assert.equal(status, 0, stdout + stderr);
    const made = files().filter((name) => !before.includes(name));
    assert.equal(made.length, 1);
    assert.match(made[0], /^\d{4}_add_planted\.sql$/);
    assert.match(readFileSync(join(dir, "migrations", made[0]), "utf8"), /ALTER TABLE `products` ADD `planted` text/);
  });
});
