import "../../../src/personal-attributes.ts";
import { describe, expect, it } from "vitest";
import { requireAllSites } from "../../../src/core/access/all-sites.ts";
import { allPersonalAttributes, personalAttributes, redact } from "../../../src/core/keys/attributes.ts";
import { requireRight, requireScope } from "../../../src/core/access/authorise.ts";
import { ANONYMOUS, boundsOf, callerOf } from "../../../src/core/access/caller.ts";
import { SCOPES } from "../../../src/core/keys/scopes.ts";
import { jobCaller } from "../../../src/core/work/job-context.ts";
import type { Ctx } from "../../../src/core/work/context.ts";
import { inheritedPowers, requireWithin } from "../../../src/platform/api-keys/service/within.ts";
import { policyOf } from "./support/policy.ts";

const JOB = jobCaller({ workspaceId: 1, environment: "live" }, "job:test", "pro");
const ORDER = { id: "ord_1", ...Object.fromEntries((allPersonalAttributes().order ?? []).map((name) => [name, "x"])) };
const request = () => ({ method: "GET", route: "/v1/sites", path: "/v1/sites", query: new URLSearchParams() });
const contextOf = (caller: Ctx["caller"]) => ({ caller }) as Ctx;
const unauthorized = expect.objectContaining({ code: "unauthorized" });

describe("whoever has no key", () => {
  it("whoever has no key is refused every scope, and what any valid key may do, and is let through to what is public", () => {
    for (const scope of [...SCOPES, null]) expect(() => requireScope(ANONYMOUS, scope)).toThrow(unauthorized);
    expect(() => requireScope(ANONYMOUS, "public")).not.toThrow();
  });

  it("whoever has no key is never taken for work of ours, which has no bounds", () => {
    expect(() => boundsOf(ANONYMOUS)).toThrow(unauthorized);
    expect(() => requireRight(ANONYMOUS, request)).toThrow(unauthorized);
    expect(() => requireWithin(contextOf(ANONYMOUS), policyOf({}))).toThrow(unauthorized);
    expect(() => inheritedPowers(contextOf(ANONYMOUS))).toThrow(unauthorized);
  });

  it("whoever has no key sees no personal attribute", () => {
    for (const name of Object.values(allPersonalAttributes()).flat()) {
      expect(personalAttributes(ANONYMOUS)(name)).toBe(false);
    }
    expect(redact(ANONYMOUS, "order", ORDER)).toEqual({ id: "ord_1" });
  });

  it("whoever has no key has no site, and not all of them either", () => {
    expect(ANONYMOUS.siteIds).toEqual([]);
    expect(() => requireAllSites(contextOf(ANONYMOUS), "create a site")).toThrow("cannot create a site");
  });
});

describe("work of ours", () => {
  it("work of ours holds every scope, sees everything and hands on what it likes", () => {
    for (const scope of [...SCOPES, null, "public" as const]) expect(() => requireScope(JOB, scope)).not.toThrow();
    expect(() => requireRight(JOB, request)).not.toThrow();
    expect(redact(JOB, "order", ORDER)).toEqual(ORDER);
    expect(boundsOf(JOB)).toBeNull();
    expect(() => requireWithin(contextOf(JOB), policyOf({}))).not.toThrow();
  });
});

describe("a key", () => {
  it("a key is bounded by its policy", () => {
    const policy = policyOf({ scopes: ["sites:read"], rights: [{ endpoint: "/v1/pages", methods: ["*"] }] });
    const key = callerOf(policy);
    expect(boundsOf(key)).toBe(policy);
    expect(() => requireScope(key, "sites:read")).not.toThrow();
    expect(() => requireScope(key, null)).not.toThrow();
    expect(() => requireScope(key, "pages:read")).toThrow("API key does not have scope: pages:read");
    expect(() => requireRight(key, request)).toThrow("API key has no right to GET /v1/sites");
  });

  it("a key of access type integrations sees the attributes of its list, or all without one", () => {
    const seen = (attributes: string[] | null, accessType: "admin" | "integrations" = "integrations") =>
      Object.keys(redact(callerOf(policyOf({ accessType, attributes })), "order", ORDER));
    expect(seen(["customer_email"])).toEqual(["id", "customerEmail"]);
    expect(seen([])).toEqual(Object.keys(ORDER));
    expect(seen(null)).toEqual(Object.keys(ORDER));
    expect(seen(["customer_email"], "admin")).toEqual(Object.keys(ORDER));
  });
});
