import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beyond, DEFAULT_SCOPES, expandScopes, SCOPE_ENTRIES, SCOPES } from "../../../src/core/keys/scopes.ts";

const expand = (...entries: string[]): string[] => [...expandScopes(entries)].sort();
const EXCLUDED = [
  "ai:write",
  "api-keys:write",
  "entitlements:write",
  "publish:write",
  "push:write",
  "workspaces:write",
];
const entries = fc.array(
  fc.oneof(
    fc.constantFrom<string>(...SCOPES),
    fc.constantFrom("*", "read", "write", "ai", "publish", "*:read", "*:write", "*:delete", "pages:*", "api-keys:*"),
  ),
  { maxLength: 5 },
);

describe("scopes", () => {
  it("scopes are the 19 of document 001, those of document 002, and the one that submissions of forms are marked with", () => {
    const content = "sites pages media ecommerce booking loyalty webhooks".split(" ");
    const of001 = content.flatMap((it) => [`${it}:read`, `${it}:write`]);
    of001.push("analytics:read", "ai:write", "publish:write", "forms:read", "push:write");
    expect(of001).toHaveLength(19);
    const of002 = ["workspaces", "api-keys", "webhooks", "posts"].flatMap((it) =>
      ["read", "write", "delete"].map((action) => `${it}:${action}`),
    );
    of002.push(...["entitlements", "seo", "mcp"].flatMap((it) => [`${it}:read`, `${it}:write`]), "users:read");
    expect([...SCOPES].sort()).toEqual([...new Set([...of001, ...of002, "forms:write"])].sort());
  });

  it("scopes stand for themselves, and nothing else does", () => {
    for (const scope of SCOPES) expect(expand(scope)).toEqual([scope]);
    for (const entry of ["Pages:read", "pages:READ", "pages", "pages:", ":read", "*:*", "pages:read ", "", "x:read"]) {
      expect(expand(entry)).toEqual([]);
      expect(SCOPE_ENTRIES).not.toContain(entry);
    }
  });

  it("scopes are not granted by words that every object knows", () => {
    for (const entry of ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"]) {
      expect(expand(entry)).toEqual([]);
      expect(SCOPE_ENTRIES).not.toContain(entry);
    }
  });

  it("scopes expand from wildcards over a resource, over an action, and over everything", () => {
    expect(expand("pages:*")).toEqual(["pages:read", "pages:write"]);
    expect(expand("api-keys:*")).toEqual(["api-keys:delete", "api-keys:read", "api-keys:write"]);
    expect(expand("*:delete")).toEqual(SCOPES.filter((it) => it.endsWith(":delete")).sort());
    expect(expand("*:write")).toContain("ai:write");
    expect(expand("*")).toEqual([...SCOPES].sort());
  });

  it("scopes expand from the presets of document 000", () => {
    expect(expand("read")).toEqual(SCOPES.filter((it) => it.endsWith(":read")).sort());
    const writes = SCOPES.filter((it) => it.endsWith(":write") && !EXCLUDED.includes(it));
    expect(expand("write")).toEqual(writes.sort());
    expect(expand("ai")).toEqual(["ai:write"]);
    expect(expand("publish")).toEqual(["publish:write"]);
    expect(DEFAULT_SCOPES).toEqual(["read", "write"]);
  });
});

describe("handing scopes on", () => {
  it("handing scopes on names exactly the entries that reach beyond one's own", () => {
    expect(beyond(["read"], ["pages:read", "*:read"])).toEqual([]);
    expect(beyond(["read"], ["pages:read", "pages:*", "write", "*"])).toEqual(["pages:*", "write", "*"]);
    expect(beyond(["pages:*"], ["pages:read", "pages:write"])).toEqual([]);
    expect(beyond(["write"], ["ai", "push:write"])).toEqual(["ai", "push:write"]);
    expect(beyond(["*"], ["*", "read", "webhooks:delete"])).toEqual([]);
  });

  it("handing scopes on never lets a key make one with more than it has", () => {
    fc.assert(
      fc.property(entries, entries, (own, wanted) => {
        const refused = beyond(own, wanted);
        const handedOn = expandScopes(wanted.filter((entry) => !refused.includes(entry)));
        for (const scope of handedOn) expect(expandScopes(own).has(scope)).toBe(true);
        for (const entry of refused)
          expect([...expandScopes([entry])].some((it) => !expandScopes(own).has(it))).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
