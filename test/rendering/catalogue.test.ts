import { describe, expect, it } from "vitest";
import { BLOCK_TYPES, renderBlocks } from "../../src/rendering/blocks/index.ts";
import { blockTypes, DECLARED } from "../../src/rendering/catalogue/index.ts";
import type { Properties } from "../../src/rendering/catalogue/properties.ts";
import { Notes } from "../../src/rendering/notes.ts";

type Values = Record<string, unknown>;

const isEntry = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function rendered(type: string, props: Values): { html: string; notes: string[] } {
  const notes = new Notes();
  const html = renderBlocks([{ type, props }], "en", notes).map(String).join("");
  return { html, notes: notes.all.map(({ code, path }) => `${code} ${path}`) };
}

/** Every place in some properties: the names that lead there, positions in lists among them. */
function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((it, index) => placesIn(it, [...path, index]));
  if (!isEntry(value)) return [];
  return Object.entries(value).flatMap(([name, it]) => [[...path, name], ...placesIn(it, [...path, name])]);
}

/** The same properties but for one place, which is put under another name or left out. */
function changed(values: Values, path: (string | number)[], to: string | null): Values {
  const copy = structuredClone(values);
  const holder = path.slice(0, -1).reduce<unknown>((it, name) => (it as Values)[name], copy) as Values;
  const name = path.at(-1) as string;
  const entries = Object.entries(holder).flatMap(([key, value]) =>
    key === name ? (to === null ? [] : [[to, value]]) : [[key, value]],
  );
  for (const key of Object.keys(holder)) delete holder[key];
  Object.assign(holder, Object.fromEntries(entries));
  return copy;
}

/** What is declared of the holder of a place. */
const declaredAt = (properties: Properties, path: (string | number)[]): Properties =>
  path
    .slice(0, -1)
    .filter((name) => typeof name === "string")
    .reduce((it, name) => it[name]?.of ?? {}, properties);

/** The names that are declared, by the lists they lie in: `items.title`. */
const namesIn = (properties: Properties, within = ""): string[] =>
  Object.entries(properties).flatMap(([name, { also = [], of }]) => [
    ...[name, ...also].map((it) => within + it),
    ...[name, ...also].flatMap((it) => (of ? namesIn(of, `${within}${it}.`) : [])),
  ]);

/** Properties that remember by which names they were asked. */
function watched(value: unknown, asked: Set<string>, within = ""): unknown {
  if (Array.isArray(value)) return value.map((it) => watched(it, asked, within));
  if (!isEntry(value)) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([name, it]) => [name, watched(it, asked, `${within}${name}.`)]),
  );
  return new Proxy(copy, {
    get(target, name) {
      if (typeof name === "string") asked.add(within + name);
      return Reflect.get(target, name);
    },
  });
}

it("the catalogue has every type of block that is rendered, and no other", () => {
  expect(
    blockTypes()
      .map(({ type }) => type)
      .sort(),
  ).toEqual([...BLOCK_TYPES].sort());
});

describe.each(Object.entries(DECLARED))("%s", (type, { properties, others, example, variants = [] }) => {
  const all = [example, ...variants];

  it(`${type} shows its example whole: nothing of it is told to be left out`, () => {
    for (const values of all) {
      const { html, notes } = rendered(type, values);
      expect(notes).toEqual([]);
      expect(html).not.toBe("");
    }
  });

  it(`${type} has an example that names every property, each of which changes what is shown`, () => {
    const canonical = (it: Properties, within = ""): string[] =>
      Object.entries(it).flatMap(([name, { of }]) => [
        within + name,
        ...(of ? canonical(of, `${within}${name}.`) : []),
      ]);
    const named = all.flatMap((values) => placesIn(values)).map((path) => path.filter((it) => typeof it === "string"));
    for (const name of canonical(properties)) expect(named.map((path) => path.join("."))).toContain(name);
    for (const values of all) {
      for (const path of placesIn(values)) {
        const without = rendered(type, changed(values, path, null)).html;
        expect([path.join("."), without === rendered(type, values).html]).toEqual([path.join("."), false]);
      }
    }
  });

  it(`${type} shows the same whichever of its names a property has`, () => {
    for (const values of all) {
      for (const path of placesIn(values)) {
        for (const name of declaredAt(properties, path)[path.at(-1) as string]?.also ?? []) {
          const { html, notes } = rendered(type, changed(values, path, name));
          expect([path.join("."), name, notes, html]).toEqual([
            ...[path.join("."), name, []],
            rendered(type, values).html,
          ]);
        }
      }
    }
  });

  it(`${type} asks for no property that is not declared`, () => {
    const asked = new Set<string>();
    for (const values of all) {
      rendered(type, watched(values, asked) as Values);
      for (const path of placesIn(values)) rendered(type, watched(changed(values, path, null), asked) as Values);
    }
    const known = new Set([...namesIn(properties), ...(others ? Object.keys(example) : [])]);
    expect([...asked].filter((name) => !known.has(name))).toEqual([]);
  });
});
