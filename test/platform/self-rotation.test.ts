import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
const HOUR = 3_600_000;
let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace(clock);
});

/** A key that rotates itself, and how it does so. */
async function makeRotating(settings: { allowedIps?: string[] } = {}) {
  const { id, headers } = await workspace.key(settings);
  const rotate = (graceHours: number, idempotencyKey = "rotate-me", more: Record<string, string> = {}) =>
    call("POST", `/api/v1/api-keys/${id}/rotate`, {
      headers: { ...headers, "Idempotency-Key": idempotencyKey, ...more },
      body: { grace_period_hours: graceHours },
    });
  return { id, headers, rotate };
}

const keyOf = (answer: Answer): string => answer.body.data.key;

describe("a key that rotates itself", () => {
  it("a key that rotates itself gets the lost answer again while its grace lasts", async () => {
    const { rotate } = await makeRotating();
    const first = await rotate(2);
    clock.advance(2 * HOUR - 1_000);
    const again = await rotate(2);
    expect([again.status, again.text, again.headers.get("Idempotency-Replayed")]).toEqual([200, first.text, "true"]);
    const headers = { "X-Api-Key": keyOf(again) };
    expect((await call("GET", "/v1/me", { headers })).status).toBe(200);
  });

  it("a key that rotates itself without a grace gets the lost answer again for a minute, and is good for nothing else", async () => {
    const { headers, rotate } = await makeRotating();
    const first = await rotate(0);
    expect(first.status).toBe(200);
    clock.advance(59_000);
    const again = await rotate(0);
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect((await rotate(0, "another")).status).toBe(401);
    expect((await rotate(1)).status).toBe(401);
    const replay = { ...headers, "Idempotency-Key": "rotate-me" };
    expect((await call("GET", "/v1/me", { headers: replay })).status).toBe(401);
    expect((await call("POST", "/api/v1/posts", { headers: replay, body: { title: "No" } })).status).toBe(401);
    clock.advance(1_000);
    expect((await rotate(0)).status).toBe(401);
  });

  it("a key that was revoked, and one from another address, get no answer again", async () => {
    const revoked = await makeRotating();
    await call("DELETE", `/api/v1/api-keys/${revoked.id}`, {
      headers: { ...revoked.headers, "Idempotency-Key": "rotate-me" },
    });
    expect((await revoked.rotate(0)).status).toBe(401);
    const bound = await makeRotating({ allowedIps: ["192.0.2.7"] });
    const here = { "CF-Connecting-IP": "192.0.2.7" };
    expect((await bound.rotate(0, "rotate-me", here)).status).toBe(200);
    expect((await bound.rotate(0, "rotate-me", { "CF-Connecting-IP": "192.0.2.8" })).status).toBe(401);
    expect((await bound.rotate(0, "rotate-me", here)).status).toBe(200);
  });
});
