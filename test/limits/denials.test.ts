import { describe, expect, it } from "vitest";
import { contentSurface } from "../../src/content/surface.ts";
import { DomainError } from "../../src/core/errors.ts";
import type { Surface } from "../../src/core/http/surface.ts";
import { callCharges, type KeyLimitName, type LimitedSurface } from "../../src/core/limits/key-limits.ts";
import { deliverySurface } from "../../src/delivery/surface.ts";
import { platformSurface } from "../../src/platform/surface.ts";
import { type Answer, call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { ask, limitsOf, type TestKey, useUp } from "./engine.ts";

const clock = new TestClock();
const SURFACES: Record<LimitedSurface, Surface> = {
  content: contentSurface,
  platform: platformSurface,
  delivery: deliverySurface,
};
const PATHS = { content: "/v1/me", platform: "/api/v1/workspaces" };

interface Case {
  limit: string;
  scope: string;
  tier: string;
  monthlyCap?: number;
  /** Brings the key to the brink: its next call is denied. */
  exhaust(workspace: Workspace, key: TestKey, surface: LimitedSurface): Promise<void>;
  on: LimitedSurface[];
}

const spend = async (workspace: Workspace, key: TestKey, surface: LimitedSurface, name: KeyLimitName, cost: number) => {
  const verdict = await ask(workspace, key, surface, { charges: { [name]: cost } });
  expect(verdict.kind).toBe("admitted");
};

const CASES: Case[] = [
  {
    limit: "requests_per_minute",
    scope: "key",
    tier: "free",
    on: ["content", "platform", "delivery"],
    exhaust: (workspace, key, surface) => spend(workspace, key, surface, `${surface}.requests_per_minute`, 60),
  },
  {
    limit: "requests_per_second",
    scope: "key",
    tier: "free",
    on: ["content"],
    exhaust: (workspace, key, surface) => spend(workspace, key, surface, "content.requests_per_second", 10),
  },
  {
    limit: "requests_per_day",
    scope: "key",
    tier: "free",
    on: ["content"],
    exhaust: (workspace, key, surface) => spend(workspace, key, surface, "content.requests_per_day", 5_000),
  },
  {
    limit: "monthly_api_calls",
    scope: "workspace",
    tier: "starter",
    on: ["content", "platform", "delivery"],
    exhaust: (workspace, key) => useUp(workspace, key, 1_000),
  },
  {
    limit: "monthly_api_calls",
    scope: "key",
    tier: "enterprise",
    monthlyCap: 5,
    on: ["content", "platform", "delivery"],
    exhaust: (workspace, key) => useUp(workspace, key, 5),
  },
];

/** What a 429 of a surface says: which limit, whose, and how long to wait. */
function expectBody(surface: LimitedSurface, body: Answer["body"], expected: Case, retryAfter: number): void {
  const { limit, scope } = expected;
  if (surface === "content") {
    expect(body.error).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", details: { retryAfter, limit, scope } });
    expect(body.error.message).toContain(`${retryAfter} second`);
    return;
  }
  const error = surface === "platform" ? "rate_limit_exceeded" : "rate_limited";
  expect(body).toMatchObject({ error, retry_after: retryAfter, limit_name: limit, limit_scope: scope, remaining: 0 });
  expect(body.limit).toBeGreaterThanOrEqual(1);
  if (surface === "platform") expect(Date.parse(body.reset_at)).toBeGreaterThan(clock.time);
}

for (const it_ of CASES) {
  for (const surface of it_.on) {
    describe(`${it_.limit} of the ${it_.scope} on the ${surface} surface`, () => {
      const prepare = async () => {
        const workspace = await makeWorkspace(clock, it_.tier);
        const key = await workspace.key({ monthlyCap: it_.monthlyCap ?? null });
        await it_.exhaust(workspace, key, surface);
        return { workspace, key };
      };

      it(`${it_.limit} of the ${it_.scope} on the ${surface} surface is named in the 429, and the wait it tells really admits`, async () => {
        const { workspace, key } = await prepare();
        const verdict = await ask(workspace, key, surface);
        if (verdict.kind !== "limited") throw new Error(`expected a denial, not ${verdict.kind}`);
        const { deniedBy: limit, retryAfterSeconds } = verdict;
        expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
        const error = new DomainError("rate_limited", "Denied.", { limit, retryAfterSeconds });
        const { status, body } = SURFACES[surface].error(error, { requestId: "req_1", now: clock.time });
        expect(status).toBe(429);
        expectBody(surface, body, it_, retryAfterSeconds);
        clock.advance(retryAfterSeconds * 1_000);
        expect((await ask(workspace, key, surface)).kind).toBe("admitted");
      });

      if (surface === "delivery") return;
      it(`${it_.limit} of the ${it_.scope} on the ${surface} surface leads the headers, which fit each other`, async () => {
        const { key } = await prepare();
        const path = PATHS[surface];
        const denied = await call("GET", path, { headers: key.headers });
        expect(denied.status).toBe(429);
        const retryAfter = denied.headers.get("Retry-After") ?? "";
        expect(retryAfter).toMatch(/^[1-9]\d*$/);
        expectBody(surface, denied.body, it_, Number(retryAfter));
        expect(limitsOf(denied, clock.time)[0]).toMatchObject({ name: it_.limit, remaining: 0 });
        clock.advance(Number(retryAfter) * 1_000);
        const admitted = await call("GET", path, { headers: key.headers });
        expect(admitted.status).toBe(200);
        limitsOf(admitted, clock.time);
      });
    });
  }
}

describe("a call that also charges AI", () => {
  it("a call that also charges AI is denied by ai_requests at the third in a minute, and charges nothing else then", async () => {
    const workspace = await makeWorkspace(clock, "pro");
    const key = await workspace.key();
    const charges = { ...callCharges("content"), ai_requests: 1 };
    for (let n = 0; n < 2; n += 1) {
      expect((await ask(workspace, key, "content", { charges })).kind).toBe("admitted");
    }
    const denied = await ask(workspace, key, "content", { charges });
    if (denied.kind !== "limited") throw new Error("expected a denial");
    expect(denied.deniedBy).toMatchObject({ name: "ai_requests", scope: "key", limit: 2, remaining: 0 });
    const next = await ask(workspace, key, "content");
    expect(next.kind === "admitted" && next.figures[0]?.remaining).toBe(597);
    clock.advance(denied.retryAfterSeconds * 1_000);
    expect((await ask(workspace, key, "content", { charges })).kind).toBe("admitted");
  });
});

describe("a call short of two limits", () => {
  it("a call short of two limits is told the longer wait", async () => {
    const workspace = await makeWorkspace(clock, "free");
    const key = await workspace.key();
    await spend(workspace, key, "content", "content.requests_per_day", 5_000);
    await spend(workspace, key, "content", "content.requests_per_minute", 60);
    const denied = await call("GET", "/v1/me", { headers: key.headers });
    expect(denied.body.error.details.limit).toBe("requests_per_day");
    clock.advance(Number(denied.headers.get("Retry-After")) * 1_000);
    expect((await call("GET", "/v1/me", { headers: key.headers })).status).toBe(200);
  });
});
