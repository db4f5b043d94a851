// A new resource is one folder, one migration and one line: what docs/adding-a-resource.md says is done word for word in
// a copy of the repository, and the suites that are generated from the list of resources are run on it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";

const DOCUMENT = readFileSync("docs/adding-a-resource.md", "utf8");
const FOLDER = "src/content/shop/questions/";
const LIST = "src/content/resources.ts";
/** Written by commands, not by hand. */
const GENERATED = [
  "docs/openapi.json",
  "src/core/storage/counters.generated.ts",
  "src/content/health/newest.generated.ts",
];

let copy;

const git = (...args) => execFileSync("git", args, { cwd: copy, encoding: "utf8" });

function run(...args) {
  const env = { ...process.env, CI: "1" };
  const done = spawnSync("npm", ["run", "--silent", ...args], { cwd: copy, encoding: "utf8", env });
  assert.equal(done.status, 0, `npm run ${args.join(" ")}\n${done.stdout}\n${done.stderr}`);
  return done.stdout;
}

/** The document's code, by the file it names. */
const code = (language) =>
  [...DOCUMENT.matchAll(new RegExp(`^\`\`\`${language} (\\S+)\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, path, text]) => ({
    path,
    text,
  }));

/** What a diff takes away and puts in their place. */
function apply({ path, text }) {
  const lines = text.trimEnd().split("\n");
  const taken = (sign) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
  const [imported, ...added] = taken("+");
  const file = join(copy, path);
  const before = readFileSync(file, "utf8");
  const [removed] = taken("-");
  assert.ok(before.includes(`${removed}\n`), `${path} has not the line the document takes away`);
  writeFileSync(file, `${imported}\n${before.replace(removed, added.join("\n"))}`);
}

before(() => {
  copy = mkdtempSync(join(tmpdir(), "new-resource-"));
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  })
    .split("\0")
    .filter(Boolean);
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(file, join(copy, file));
  }
  symlinkSync(join(process.cwd(), "node_modules"), join(copy, "node_modules"));
  git("init", "-q");
  git("add", "-A");
  git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-qm", "As it was");
  for (const { path, text } of code("ts")) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  for (const change of code("diff")) apply(change);
  run("migration", "--", "--name", "add_questions");
  run("generate");
  run("format");
});

after(() => rmSync(copy, { recursive: true, force: true }));

describe("a new resource", () => {
  it("needs by hand its folder, one migration and one line in the list of resources, and nothing else", () => {
    const changed = git("status", "--porcelain", "--untracked-files=all")
      .split("\n")
      .filter(Boolean)
      .map((line) => line.slice(3))
      .filter((path) => path !== "node_modules" && !GENERATED.includes(path));
    const own = changed.filter((path) => path.startsWith(FOLDER));
    const migration = changed.filter((path) => path.startsWith("migrations/") && path.endsWith(".sql"));
    const snapshots = changed.filter((path) => path.startsWith("migrations/meta/"));
    assert.deepEqual(own.map((path) => path.slice(FOLDER.length)).sort(), [
      "contract.ts",
      "resource.ts",
      "rules.ts",
      "table.ts",
    ]);
    assert.equal(migration.length, 1);
    assert.deepEqual(
      changed.filter((path) => ![...own, ...migration, ...snapshots].includes(path)),
      [LIST],
    );
    const lines = git("diff", "--numstat", LIST).split("\t");
    // The line itself and the import of what it names.
    assert.deepEqual(lines.slice(0, 2), ["2", "0"]);
  });

  it("passes the checks of the repository: types, lint, walls, generated files", () => {
    run("check");
  });

  it("is described, with its verbs, its item table and its events", () => {
    const { paths, components } = JSON.parse(readFileSync(join(copy, "docs/openapi.json"), "utf8"));
    assert.deepEqual(Object.keys(paths["/v1/sites/{siteId}/shop/questions"]), ["get", "post"]);
    const item = paths["/v1/sites/{siteId}/shop/questions/{questionId}"];
    assert.deepEqual(
      ["get", "patch", "delete"].filter((method) => !item[method]),
      [],
    );
    assert.ok(components.schemas.Question && components.schemas.CreateQuestion && components.schemas.UpdateQuestion);
    const [table] = paths["/api/backend/item"].get.parameters.filter(({ name }) => name === "table");
    assert.ok(table.schema.enum.includes("s_questions"));
  });

  it("passes the generated suites: credentials, permissions, tenants, bad requests, and its events' samples", () => {
    const suites = ["test/security", "test/webhooks/samples.test.ts"];
    const output = join(copy, "results.json");
    const args = ["test", "--", ...suites, "-t", "[Qq]uestion", "--reporter=json", `--outputFile=${output}`];
    const env = { ...process.env, CI: "1" };
    const done = spawnSync("npm", args, { cwd: copy, encoding: "utf8", env });
    assert.equal(done.status, 0, `${done.stdout.slice(-8_000)}\n${done.stderr.slice(-4_000)}`);
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(output, "utf8"));
    assert.equal(numFailedTests, 0);
    assert.ok(numPassedTests >= 60, `only ${numPassedTests} generated tests ran`);
  });
});
