import { describe, expect, it } from "vitest";
import guide from "../../docs/publishing.md?raw";
import { BLOCK_TYPES } from "../../src/rendering/blocks/index.ts";

describe("the guide to publishing", () => {
  it("the guide to publishing names every block type that is rendered, and no other", () => {
    const table = guide.slice(guide.indexOf("## Blocks"), guide.indexOf("## Caching"));
    const named = [...table.matchAll(/^\|([^|]+)\|/gm)].flatMap(([, cell]) => [
      ...(cell as string).matchAll(/`(\w+)`/g),
    ]);
    expect(
      named
        .map(([, type]) => type)
        .filter((it) => it !== "type")
        .sort(),
    ).toEqual([...BLOCK_TYPES].sort());
  });
});
