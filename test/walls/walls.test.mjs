import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { breachesOf } from "./breaches.ts";
import { importsOf } from "./imports.ts";

const SRC = path.join(import.meta.dirname, "../../src");

const tree = new Map(
  readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [name.split(path.sep).join("/"), readFileSync(path.join(SRC, name), "utf8")]),
);

/** What these files, put into the tree as new ones or at the end of those that are there, breach. */
function breachesBy(files) {
  const planted = Object.entries(files).map(([name, text]) => [name, `${tree.get(name) ?? ""}\n${text}\n`]);
  const before = breachesOf(tree);
  return breachesOf(new Map([...tree, ...planted])).filter((breach) => !before.includes(breach));
}

const VALUE = "export const planted = 1;";

/** A breach: the file that makes it, how it names the other one, that one, and why it is none of its business. */
const IMPORTS = [
  {
    what: "content → the Platform API's routes",
    from: "content/planted/links.ts",
    names: 'import { planted } from "../../platform/planted/routes.ts";',
    to: "platform/planted/routes.ts",
    because: ["content may not import platform", "endpoints and renderers of platform are its own"],
  },
  {
    what: "content's routes, which have a rule of their own as well → the Platform API's service",
    from: "content/planted/routes.ts",
    names: 'import { planted } from "../../platform/planted/service.ts";',
    to: "platform/planted/service.ts",
    because: ["content may not import platform"],
  },
  {
    what: "core → visitors",
    from: "core/ids.ts",
    names: 'export { planted } from "../visitors/planted.ts";',
    to: "visitors/planted.ts",
    because: ["core may not import visitors"],
  },
  {
    what: "a low room of the core → a high one",
    from: "core/storage/planted.ts",
    names: 'import { planted } from "../http/planted.ts";',
    to: "core/http/planted.ts",
    because: ["core/storage may not import core/http"],
  },
  {
    what: "the core's own files → types of one of its rooms",
    from: "core/planted.ts",
    names: 'import type { Planted } from "./work/planted.ts";',
    to: "core/work/planted.ts",
    because: ["core may not import core/work"],
  },
  {
    what: "webhooks → the Platform API, loaded when needed",
    from: "webhooks/planted.ts",
    names: 'export const later = () => import("../platform/planted.ts");',
    to: "platform/planted.ts",
    because: ["webhooks may not import platform"],
  },
  {
    what: "webhooks → a type of the content, named where it stands",
    from: "webhooks/planted.ts",
    names: 'export type Planted = import("../content/planted.ts").Planted;',
    to: "content/planted.ts",
    because: ["webhooks may not import content"],
  },
  {
    what: "the renderer → types of the content",
    from: "rendering/planted.ts",
    names: 'import type { Planted } from "../content/planted.ts";',
    to: "content/planted.ts",
    because: ["rendering may not import content"],
  },
  {
    what: "visitors → the Platform API",
    from: "visitors/planted.ts",
    names: 'import { planted } from "../platform/posts/planted.ts";',
    to: "platform/posts/planted.ts",
    because: ["visitors may not import platform"],
  },
  {
    what: "visitors → the Delivery API",
    from: "visitors/planted.ts",
    names: 'export * from "../delivery/planted.ts";',
    to: "delivery/planted.ts",
    because: ["visitors may not import delivery"],
  },
  {
    what: "the Delivery API → more of the Platform API than posts",
    from: "delivery/planted.ts",
    names: 'import { planted } from "../platform/planted/service.ts";',
    to: "platform/planted/service.ts",
    because: ["delivery may not import platform"],
  },
  {
    what: "a surface → a sibling's routes",
    from: "delivery/planted.ts",
    names: 'import { planted } from "../content/planted/routes/one.ts";',
    to: "content/planted/routes/one.ts",
    because: ["endpoints and renderers of content are its own"],
  },
  {
    what: "a surface → a sibling's renderer",
    from: "platform/planted.ts",
    names: 'import { planted } from "../content/planted/surface.ts";',
    to: "content/planted/surface.ts",
    because: ["endpoints and renderers of content are its own"],
  },
  {
    what: "the bindings → a value",
    from: "env.ts",
    names: 'import { planted } from "./core/planted.ts";',
    to: "core/planted.ts",
    because: ["the bindings import types only"],
  },
];

/** Breaches that are not between two rooms, and what is said of them. */
const OTHERS = [
  {
    what: "routes → drizzle",
    files: { "content/planted/routes.ts": 'import { sql } from "drizzle-orm";' },
    breaches: ["content/planted/routes.ts imports drizzle-orm: SQL is a service's"],
  },
  {
    what: "a contract → drizzle's types",
    files: { "platform/planted/contract.ts": 'import type { SQL } from "drizzle-orm/sqlite-core";' },
    breaches: ["platform/planted/contract.ts imports drizzle-orm/sqlite-core: SQL is a service's"],
  },
  {
    what: "the renderer → drizzle",
    files: { "rendering/planted.ts": 'import { sql } from "drizzle-orm";' },
    breaches: ["rendering/planted.ts imports drizzle-orm: SQL is a service's"],
  },
  {
    what: "a room the table does not know",
    files: { "planted/heard.ts": VALUE },
    breaches: ["planted is no room of the table"],
  },
  {
    what: "an import of such a room",
    files: {
      "core/planted/heard.ts": VALUE,
      "content/planted.ts": 'import { planted } from "../core/planted/heard.ts";',
    },
    breaches: [
      "core/planted is no room of the table",
      "content/planted.ts imports core/planted/heard.ts: content may not import core/planted",
    ],
  },
  {
    what: "an import of code outside src",
    files: { "content/planted.ts": 'import { run } from "../../bench/run.ts";' },
    breaches: ["content/planted.ts imports ../bench/run.ts, which is not part of src"],
  },
];

const CIRCLES = {
  values: 'import { planted } from "./first.ts";',
  types: 'import type { First } from "./first.ts";',
  "what is loaded when needed": 'export const later = () => import("./first.ts");',
  "a type that is named where it stands": 'export type First = import("./first.ts").First;',
};

describe("the walls between the rooms of src", () => {
  it("hold: nothing imports what the table does not allow", () => {
    assert.deepEqual(breachesOf(tree), []);
  });

  for (const { what, from, names, to, because } of IMPORTS) {
    it(`do not let through ${what}`, () => {
      const breaches = because.map((reason) => `${from} imports ${to}: ${reason}`);
      assert.deepEqual(breachesBy({ [from]: names, [to]: VALUE }), breaches);
    });
  }

  for (const { what, files, breaches } of OTHERS) {
    it(`do not let through ${what}`, () => assert.deepEqual(breachesBy(files), breaches));
  }

  it("do not let through a module of ours that is loaded as the code runs", () => {
    const from = "content/planted/late.ts";
    assert.deepEqual(breachesBy({ [from]: 'const { fold } = await import("../../core/fold.ts");' }), [
      `${from} loads ../../core/fold.ts as it runs: only libraries may be`,
    ]);
  });

  for (const [what, back] of Object.entries(CIRCLES)) {
    it(`do not let through a circle of files, be it of ${what}`, () => {
      const files = {
        "content/planted/first.ts": 'import { second } from "./second.ts";',
        "content/planted/second.ts": 'export { third } from "./third.ts";',
        "content/planted/third.ts": back,
      };
      const way = ["first", "second", "third", "first"].map((name) => `content/planted/${name}.ts`).join(" → ");
      assert.deepEqual(breachesBy(files), [`a circle: ${way}`]);
    });
  }
});

describe("the imports of a file", () => {
  it("are found however they are written", () => {
    const source = `
import "./effect.ts";
import whole, { one } from "./default.ts";
import * as all from './star.ts';
import {
  type Two,
  three,
} from "./lines.ts";
export { four } from "./export.ts";
export * from "./export-star.ts";
export * as five from "./export-as.ts";
const six = await import("./call.ts");
let seven: import("./in-type.ts").Seven;
`;
    const names = ["effect", "default", "star", "lines", "export", "export-star", "export-as", "call", "in-type"];
    assert.deepEqual(
      importsOf(source),
      names.map((name) => ({ specifier: `./${name}.ts`, isTypeOnly: false })),
    );
  });

  it("are of types only where they say so of all they name", () => {
    const source = `
import type { A } from "./a.ts";
import { type B, type C } from "./b.ts";
export type { D } from "./d.ts";
`;
    assert.deepEqual(
      importsOf(source).map(({ isTypeOnly }) => isTypeOnly),
      [true, true, true],
    );
  });

  it("are not what a comment or a text speaks of", () => {
    const source = `
/**
 * import { a } from "./a.ts";
 */
// import("./b.ts")
const text = 'from "./c.ts"';
`;
    assert.deepEqual(importsOf(source), []);
  });

  it("must be written out, or nobody can check them", () => {
    assert.throws(() => importsOf("await import(name);"), /does not say/);
  });
});
