import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { getTableColumns, getTableName, is, Table } from "drizzle-orm";
import { breachesOf } from "./breaches.ts";

const SRC = path.join(import.meta.dirname, "../../src");

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.split(path.sep).join("/"))
  .sort();

/** Files that declare tables. */
const declaring = files.filter((file) => /(?:^|\/)(?:tables?|counts)\.ts$/.test(file));

const tables = (await Promise.all(declaring.map((file) => import(path.join(SRC, file)))))
  .flatMap((exports) => Object.values(exports))
  .filter((value) => is(value, Table));

const names = {
  tables: new Set(tables.map((table) => getTableName(table))),
  columns: new Set(tables.flatMap((table) => Object.values(getTableColumns(table)).map(({ name }) => name))),
};

describe("SQL that follows the schema", () => {
  it("names every table and column through its drizzle table, so that a renamed one does not compile", () => {
    const breaches = files.flatMap((file) => breachesOf(file, readFileSync(path.join(SRC, file), "utf8"), names));
    assert.deepEqual(breaches, []);
  });

  it("is looked for in every file, against every table", () => {
    assert.ok(files.length > 300);
    for (const table of ["pages", "sites", "events", "webhook_deliveries", "collection_counts", "coupons"])
      assert.ok(names.tables.has(table), table);
  });
});

/** What a file may say, and below it what is held against it: nothing where it may say so. */
const CASES = readFileSync(path.join(import.meta.dirname, "planted.txt"), "utf8")
  .trim()
  .split("\n\n")
  .map((lines) => lines.split("\n").map((line) => line.trim()));

describe("what would go on compiling when the schema changes", () => {
  for (const [text, ...expected] of CASES) {
    it(`${expected.length > 0 ? "is found" : "is not suspected"} in: ${text}`, () => {
      assert.deepEqual(
        breachesOf("content/planted.ts", text, names),
        expected.map((breach) => `content/planted.ts: ${breach}`),
      );
    });
  }
});
