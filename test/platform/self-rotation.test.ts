import { env } from "cloudflare:workers";
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

/** How often a key was made in place of this one. */
async function successorsOf(id: number): Promise<number> {
  const found = await env.DB.prepare("SELECT count(*) AS n FROM api_keys WHERE rotated_from = ?")
    .bind(id)
    .first<{ n: number }>();
  return found?.n ?? 0;
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

  it("a key that rotates itself gets the lost answer again by the same call, whatever its Idempotency-Key, until its grace ends", async () => {
    const { id, headers } = await makeRotating();
    const again = (more: Record<string, string> = {}) =>
      call("POST", `/api/v1/api-keys/${id}/rotate`, {
        headers: { ...headers, ...more },
        body: { grace_period_hours: 168 },
      });
    const first = await again();
    expect(first.status).toBe(200);
    clock.advance(167 * HOUR);
    for (const more of [{}, { "Idempotency-Key": "new" }] as Record<string, string>[]) {
      const repeated = await again(more);
      expect([repeated.status, repeated.text]).toEqual([200, first.text]);
      expect(repeated.headers.get("Idempotency-Replayed")).toBe("true");
    }
    expect(await successorsOf(id)).toBe(1);
    clock.advance(HOUR);
    expect((await again()).status).toBe(401);
  });

  it("a key that rotates itself gets the answer to the same Idempotency-Key for as long as its grace lasts", async () => {
    const { rotate } = await makeRotating();
    const first = await rotate(72);
    clock.advance(71 * HOUR);
    const again = await rotate(72);
    expect([again.status, again.text]).toEqual([200, first.text]);
  });

  it("a rotation that was another call, or another key's, is not answered again", async () => {
    const { id, headers } = await makeRotating();
    const rotate = (as: Record<string, string>, hours: number) =>
      call("POST", `/api/v1/api-keys/${id}/rotate`, { headers: as, body: { grace_period_hours: hours } });
    expect((await rotate(headers, 24)).status).toBe(200);
    // It has been rotated already.
    expect((await rotate(headers, 25)).status).toBe(409);
    const { headers: other } = await workspace.key();
    expect((await rotate(other, 24)).status).toBe(409);
    expect((await rotate(headers, 24)).status).toBe(200);
    expect(await successorsOf(id)).toBe(1);
  });

  it("a new key that has been used, or revoked, is not shown again", async () => {
    const { headers: admin } = await workspace.key();
    for (const end of [
      (next: Answer) => call("GET", "/v1/me", { headers: { "X-Api-Key": keyOf(next) } }),
      (next: Answer) => call("DELETE", `/api/v1/api-keys/${next.body.data.id}`, { headers: admin }),
    ]) {
      const { id, headers } = await makeRotating();
      const rotate = () => call("POST", `/api/v1/api-keys/${id}/rotate`, { headers, body: {} });
      const first = await rotate();
      expect((await rotate()).text).toBe(first.text);
      await end(first);
      const refused = await rotate();
      expect([refused.status, refused.text.includes(keyOf(first))]).toEqual([409, false]);
    }
  });

  it("what is kept of a rotation's answer holds no key in the clear", async () => {
    const { id, headers } = await makeRotating();
    const first = await call("POST", `/api/v1/api-keys/${id}/rotate`, { headers, body: {} });
    const { results } = await env.DB.prepare("SELECT * FROM idempotency_records WHERE key_id = ?").bind(id).all();
    expect(results.length).toBe(1);
    expect(JSON.stringify(results)).not.toContain(keyOf(first));
  });
});
