import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { callerOf } from "../../src/core/access/caller.ts";
import { databaseOf } from "../../src/core/storage/database.ts";
import { loadPolicy } from "../../src/core/access/key-rows.ts";
import type { KeyPolicy } from "../../src/core/keys/policy.ts";
import type { Ctx } from "../../src/core/work/context.ts";
import { DomainError } from "../../src/core/errors.ts";
import { createSite } from "../../src/content/sites/service.ts";
import { createKey } from "../../src/platform/api-keys/service/create.ts";
import { revokeKey } from "../../src/platform/api-keys/service/revoke.ts";
import { rotateKey } from "../../src/platform/api-keys/service/rotate.ts";
import { simulateCall } from "../../src/platform/api-keys/service/simulate.ts";
import { updateKey } from "../../src/platform/api-keys/service/update.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import {
  ADDRESS,
  bodyOf,
  COMBINATIONS,
  Oracle,
  type Powers,
  SANDBOX_SITE,
  SITES,
  WORKSPACE_TIER,
} from "./support/powers.ts";

const clock = new TestClock();
const oracle = new Oracle();
let workspace: Workspace;
let admin: Record<string, string>;
let holders: Holder[];

interface Holder {
  powers: Powers;
  id: number;
  headers: Record<string, string>;
  policy: KeyPolicy;
}

async function holderOf(powers: Powers): Promise<Holder> {
  const { id, headers } = await workspace.key(powers as never);
  const policy = (await loadPolicy(databaseOf(env, 0), id)) as KeyPolicy;
  return { powers, id, headers: { ...headers, "CF-Connecting-IP": ADDRESS }, policy };
}

/** The services as a call with this key meets them. What they stage is never committed. */
const contextOf = ({ policy }: Holder): Ctx => ({ ...workspace.context(), caller: callerOf(policy) });

/** Collects what was granted and compares it with the reference; refusals may be stricter than that. */
class Verdicts {
  private readonly escalations: string[] = [];
  private readonly odd: string[] = [];
  granted = 0;
  refused = 0;

  grant(caller: Powers, result: Powers): void {
    this.granted += 1;
    const more = oracle.beyond(caller, result);
    if (more.length === 0) return;
    this.escalations.push(`${JSON.stringify(caller)} got ${JSON.stringify(result)}: ${more.slice(0, 3).join(", ")}`);
  }

  async attempt(caller: Powers, result: Powers, work: Promise<unknown>): Promise<void> {
    try {
      await work;
      this.grant(caller, result);
    } catch (error) {
      this.refused += 1;
      const isRefusal = error instanceof DomainError && ["forbidden", "not_found"].includes(error.code);
      if (!isRefusal) this.odd.push(String(error));
    }
  }

  answered(caller: Powers, result: Powers, { status, text }: { status: number; text: string }): void {
    if (status === 200 || status === 201) {
      this.grant(caller, result);
      return;
    }
    this.refused += 1;
    // A key whose cap is 0 may call nothing at all.
    if (![403, 404, ...(caller.monthlyCap === 0 ? [429] : [])].includes(status)) this.odd.push(`${status} ${text}`);
  }

  check(): void {
    expect(this.escalations).toEqual([]);
    expect(this.odd).toEqual([]);
    // The set is worth nothing if everything is refused, or nothing is.
    expect(Math.min(this.granted, this.refused)).toBeGreaterThan(10);
  }
}

/** A site of this id, which rights and lists of sites may then name. */
async function makeSite(id: string, environment: "live" | "sandbox"): Promise<void> {
  const ctx = workspace.context(environment);
  const { id: made } = await createSite({ ctx, input: { name: id } });
  await ctx.unit.commit();
  await env.DB.prepare("UPDATE sites SET id = ? WHERE id = ?").bind(id, made).run();
}

beforeAll(async () => {
  workspace = await makeWorkspace(clock, WORKSPACE_TIER);
  admin = (await workspace.key({ accessType: "transactional", accountAccess: true })).headers;
  for (const id of [...SITES, SANDBOX_SITE]) await makeSite(id, id === SANDBOX_SITE ? "sandbox" : "live");
  holders = await Promise.all(COMBINATIONS.map(holderOf));
});

type Pair = [caller: Holder, wanted: Holder];

/** Every pair, or every `stride`-th of them, spread so that each key stands on both sides of some. */
const pairs = (stride = 1): Pair[] =>
  holders.flatMap((caller, i) =>
    holders.filter((_, j) => (i * 3 + j) % stride === 0).map((wanted): Pair => [caller, wanted]),
  );

const attemptAll = (some: Pair[], attempt: (caller: Holder, wanted: Holder) => Promise<void>): Promise<unknown> =>
  Promise.all(some.map((pair) => attempt(...pair)));

describe(`over all pairs of ${COMBINATIONS.length} powers, a key`, () => {
  it(`over all pairs of ${COMBINATIONS.length} powers, a key never creates a key that may do anything it may not do itself`, async () => {
    const verdicts = new Verdicts();
    await attemptAll(pairs(), async (caller, { powers }) => {
      const work = createKey({ ctx: contextOf(caller), input: { name: "Wanted", ...powers } as never });
      await verdicts.attempt(caller.powers, powers, work);
    });
    verdicts.check();
  });

  it(`over all pairs of ${COMBINATIONS.length} powers, a key never raises a key like itself, and so not itself, above itself`, async () => {
    const verdicts = new Verdicts();
    await attemptAll(pairs(2), async (caller, wanted) => {
      const { environment, ...changes } = wanted.powers;
      const result = { ...wanted.powers, environment: caller.powers.environment };
      const work = updateKey({ ctx: contextOf(caller), input: { keyId: caller.id, changes: changes as never } });
      await verdicts.attempt(caller.powers, result, work);
    });
    verdicts.check();
  });

  it(`over all pairs of ${COMBINATIONS.length} powers, a key never gets hold of a stronger key by rotating it`, async () => {
    const verdicts = new Verdicts();
    await attemptAll(pairs(2), async (caller, wanted) => {
      const work = rotateKey({ ctx: contextOf(caller), input: { keyId: wanted.id } });
      await verdicts.attempt(caller.powers, wanted.powers, work);
    });
    verdicts.check();
  });

  it(`over all pairs of ${COMBINATIONS.length} powers, a key never edits a key that may do more, not even its name`, async () => {
    const verdicts = new Verdicts();
    await attemptAll(pairs(10), async (caller, wanted) => {
      const input = { keyId: wanted.id, changes: { name: "Mine" } };
      await verdicts.attempt(caller.powers, wanted.powers, updateKey({ ctx: contextOf(caller), input }));
    });
    verdicts.check();
  });
});

/** What a key does to another one, by one rule. */
const DEEDS: Record<string, (ctx: Ctx, keyId: number) => Promise<unknown>> = {
  changes: (ctx, keyId) => updateKey({ ctx, input: { keyId, changes: { isActive: false } } }),
  rotates: (ctx, keyId) => rotateKey({ ctx, input: { keyId } }),
  revokes: (ctx, keyId) => revokeKey({ ctx, input: { keyId } }),
  simulates: (ctx, keyId) => simulateCall({ ctx, input: { keyId, method: "GET", path: "/v1/me" } }),
};

describe.each(Object.entries(DEEDS))("a key that %s another one", (_, deed) => {
  it("could have made it: what it may not create it may not touch", async () => {
    const verdicts = new Verdicts();
    await attemptAll(pairs(5), async (caller, wanted) => {
      if (caller.id === wanted.id) return;
      const made = createKey({ ctx: contextOf(caller), input: { name: "Wanted", ...wanted.powers } as never });
      const couldMake = await made.then(Boolean, () => false);
      const work = deed(contextOf(caller), wanted.id);
      if (couldMake) await work;
      await verdicts.attempt(caller.powers, wanted.powers, work);
    });
    verdicts.check();
  });
});

const post = (path: string, { headers }: Holder, body: unknown) =>
  call("POST", `/api/v1/api-keys${path}`, { headers, body });

describe("over HTTP, a key", () => {
  it("over HTTP, a key creates and imports nothing stronger than itself", async () => {
    const verdicts = new Verdicts();
    for (const [number, [caller, { powers: wanted }]] of pairs(20).entries()) {
      const body = { name: "Wanted", environment: wanted.environment, ...bodyOf(wanted) };
      const value = { key: `nscms_k1_${number.toString(16).padStart(64, "0")}` };
      verdicts.answered(caller.powers, wanted, await post("", caller, body));
      verdicts.answered(caller.powers, wanted, await post("/import", caller, { ...body, ...value }));
    }
    verdicts.check();
  });

  it("over HTTP, a key cannot PATCH its own restrictions away, with null or otherwise", async () => {
    const verdicts = new Verdicts();
    for (const [caller, { powers: wanted }] of pairs(20)) {
      // A site is of one environment, and so is a key, for good.
      if (wanted.siteIds && wanted.environment !== caller.powers.environment) continue;
      const path = `/api/v1/api-keys/${caller.id}`;
      const answer = await call("PATCH", path, { headers: caller.headers, body: bodyOf(wanted) });
      verdicts.answered(caller.powers, { ...wanted, environment: caller.powers.environment }, answer);
      if (answer.status !== 200) continue;
      const reset = await call("PATCH", path, { headers: admin, body: bodyOf(caller.powers) });
      expect(reset.status, reset.text).toBe(200);
    }
    verdicts.check();
  });

  it("over HTTP, a key can hand on exactly what it has, where it reaches the key routes", async () => {
    for (const caller of holders) {
      const { powers } = caller;
      const usesKeyRoutes = { ...powers, scopes: ["api-keys:write"], rights: null };
      if (powers.accessType === "integrations" || powers.monthlyCap !== null) continue;
      if (oracle.beyond(powers, usesKeyRoutes).length > 0) continue;
      const answer = await post("", caller, { name: "Same", environment: powers.environment, ...bodyOf(powers) });
      expect(answer.status, `${JSON.stringify(powers)} ${answer.text}`).toBe(201);
    }
  });

  it("over HTTP, a key gives a key made without further words its own bounds", async () => {
    const bounds = { siteIds: ["site_01AAAAAAAAAAAAAAAAAAAAAAAA"], rateLimitTier: "pro" };
    const maker = await workspace.key({ ...bounds, expiresAt: clock.time + 60_000, allowedIps: [ADDRESS] });
    const headers = { ...maker.headers, "CF-Connecting-IP": ADDRESS };
    const made = await call("POST", "/api/v1/api-keys", { headers, body: { name: "Child" } });
    expect(made.status, made.text).toBe(201);
    expect(made.body.data).toMatchObject({
      scopes: ["read", "write"],
      site_ids: bounds.siteIds,
      rate_limit_tier: "pro",
      allowed_ips: [ADDRESS],
      expires_at: "2026-11-20T12:01:00Z",
    });
  });
});

describe("a revocation", () => {
  it("a revocation of a stronger key is refused, also by a key of one site; the stronger key works on", async () => {
    const strong = await workspace.key();
    const weak = await workspace.key({ scopes: ["api-keys:write", "api-keys:delete"] });
    const ofSite = await workspace.key({ siteIds: ["site_01AAAAAAAAAAAAAAAAAAAAAAAA"] });
    for (const { headers } of [weak, ofSite]) {
      const answer = await call("DELETE", `/api/v1/api-keys/${strong.id}`, { headers });
      expect(answer.status, answer.text).toBe(403);
    }
    expect((await call("GET", "/v1/me", { headers: strong.headers })).status).toBe(200);
  });

  it("a revocation of oneself is always allowed, whatever else the key may not do", async () => {
    const weak = [
      await workspace.key({ scopes: ["posts:read"] }),
      await workspace.key({ scopes: null, rights: [{ endpoint: "/api/v1/posts", methods: ["GET"] }] }),
      await workspace.key({ accessType: "integrations", scopes: ["posts:read"] }),
      await workspace.key({ siteIds: ["site_01AAAAAAAAAAAAAAAAAAAAAAAA"], scopes: ["posts:read"] }),
    ];
    for (const [index, { id, headers }] of weak.entries()) {
      const others = weak[index + 1]?.id ?? 1;
      expect((await call("DELETE", `/api/v1/api-keys/${others}`, { headers })).status).toBe(403);
      const simulated = await call("POST", `/api/v1/api-keys/${id}/simulate`, {
        headers: admin,
        body: { method: "DELETE", path: `/api/v1/api-keys/${id}` },
      });
      expect(simulated.body.data).toMatchObject({ allowed: true, status: 204 });
      expect((await call("DELETE", `/api/v1/api-keys/${id}`, { headers })).status).toBe(204);
      expect((await call("GET", "/v1/me", { headers })).status).toBe(401);
    }
  });

  it("a revocation of oneself is allowed to a key that ends with a grace period", async () => {
    const { id, headers } = await workspace.key({ scopes: ["api-keys:delete"] });
    expect((await call("POST", `/api/v1/api-keys/${id}/rotate`, { headers: admin, body: {} })).status).toBe(200);
    expect((await call("DELETE", `/api/v1/api-keys/${id}`, { headers })).status).toBe(204);
    expect((await call("GET", "/v1/me", { headers })).status).toBe(401);
  });
});

describe("the key routes", () => {
  it("the key routes are closed to a key whose scopes or rights do not name them, and to integrations keys", async () => {
    const routes = [
      ["GET", ""],
      ["POST", ""],
      ["POST", "/import"],
      ["GET", "/1"],
      ["PATCH", "/1"],
      ["POST", "/1/rotate"],
      ["DELETE", "/1"],
      ["POST", "/1/simulate"],
    ] as const;
    const outsiders = [
      await workspace.key({ scopes: ["read", "write"].map((it) => (it === "read" ? "posts:read" : "posts:write")) }),
      await workspace.key({ scopes: null, rights: [{ endpoint: "/api/v1/posts", methods: ["*"] }] }),
      await workspace.key({ scopes: ["*"], rights: [{ endpoint: "/api/v1/posts", methods: ["*"] }] }),
      await workspace.key({ accessType: "integrations" }),
    ];
    for (const { headers } of outsiders) {
      for (const [method, path] of routes) {
        const body = method === "GET" || method === "DELETE" ? {} : { body: {} };
        expect((await call(method, `/api/v1/api-keys${path}`, { headers, ...body })).status).toBe(403);
      }
    }
  });

  it("the key routes show a sandbox key its sandbox only: live keys answer like keys that do not exist", async () => {
    const sandbox = await workspace.key({ environment: "sandbox" });
    const live = await workspace.key();
    const { headers } = sandbox;
    const list = await call("GET", "/api/v1/api-keys?per_page=100", { headers });
    expect(new Set(list.body.data.map((key: { environment: string }) => key.environment))).toEqual(
      new Set(["sandbox"]),
    );
    expect(list.body.meta.total).toBe(list.body.data.length);
    for (const [method, path, body] of [
      ["GET", "", undefined],
      ["PATCH", "", { name: "Mine" }],
      ["POST", "/rotate", {}],
      ["POST", "/simulate", { method: "GET", path: "/v1/me" }],
      ["DELETE", "", undefined],
    ] as const) {
      const at = (id: number) =>
        call(method, `/api/v1/api-keys/${id}${path}`, { headers, ...(body !== undefined && { body }) });
      const [theirs, nobodys] = [await at(live.id), await at(1)];
      const { request_id: _, ...shown } = theirs.body;
      const { request_id: __, ...expected } = nobodys.body;
      expect([theirs.status, shown]).toEqual([404, expected]);
    }
    const made = await call("POST", "/api/v1/api-keys", { headers, body: { name: "Live", environment: "live" } });
    expect(made.status).toBe(403);
    expect((await call("GET", "/v1/me", { headers: live.headers })).status).toBe(200);
  });
});
