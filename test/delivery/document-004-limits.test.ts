import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { generateKey } from "../../src/core/keys/key-format.ts";
import { IP_LIMITS } from "../../src/core/limits/ip-limits.ts";
import { callCharges, keyLimits } from "../../src/core/limits/key-limits.ts";
import { type Charges, Limiter, type LimitPolicy } from "../../src/core/limits/limiter.ts";
import { planOf } from "../../src/core/limits/plans.ts";
import { callThrough, without } from "../faults/world.ts";
import { type Answer, answerOf, call, requestOf, TestClock } from "../support/fixtures.ts";
import { OPERATIONS } from "../support/registry.ts";
import { type Bakery, makeBakery } from "./support/bakery.ts";

/** Document 004's "Rate limiting": every figure of its table, the 429, and whose budget a call is counted against. */
const clock = new TestClock();
let bakery: Bakery;

beforeAll(async () => {
  bakery = await makeBakery(clock);
});

beforeEach(() => clock.advance(120_000));

const apiOf = (tier: string): LimitPolicy<string> => keyLimits(planOf(tier), null);
const API = callCharges("delivery");

describe.each<
  [bucket: string, tokens: number, refillPerSecond: number, policy: LimitPolicy<string>, call: Charges<string>]
>([
  ["Global frontend", 100, 1.67, IP_LIMITS, { frontend: 1 }],
  ["API (external), free", 60, 1, apiOf("free"), API],
  ["API (external), starter", 60, 1, apiOf("starter"), API],
  ["API (external), enterprise", 60, 1, apiOf("enterprise"), API],
  ["backend/auth", 10, 0.17, IP_LIMITS, { sign_in: 1 }],
  ["checkout", 10, 0.17, IP_LIMITS, { checkout: 1 }],
])("%s: %i tokens, %f a second", (bucket, tokens, refillPerSecond, policy, charges) => {
  it(`the bucket ${bucket} of ${tokens} tokens, ${refillPerSecond} a second, holds that many and gains that many`, () => {
    const limiter = new Limiter(policy, 0);
    const admitted = (at: number): number => {
      let calls = 0;
      while (limiter.decide(charges, at).allowed) calls += 1;
      return calls;
    };
    expect(admitted(0)).toBe(tokens);
    let gained = 0;
    for (let second = 1; second <= 1_000; second += 1) gained += admitted(second * 1_000);
    expect(gained).toBe(Math.round(refillPerSecond * 1_000));
    expect(admitted(1_000_000 + (2 * 1_000 * tokens) / refillPerSecond)).toBe(tokens);
  });

  it(`the bucket ${bucket} of ${tokens} tokens, ${refillPerSecond} a second, lets nobody in before its time, and everybody after Retry-After`, () => {
    const limiter = new Limiter(policy, 0);
    for (let taken = 0; taken < tokens; taken += 1) limiter.decide(charges, 0);
    const denied = limiter.decide(charges, 0);
    const waitMs = 1_000 / refillPerSecond;
    expect(denied).toMatchObject({ allowed: false, deniedBy: { limit: tokens, remaining: 0 } });
    expect(denied).toMatchObject({ retryAfterSeconds: Math.ceil(waitMs / 1_000) });
    expect(limiter.wouldAllow(charges, Math.ceil(waitMs) - 1)).toBe(false);
    expect(limiter.wouldAllow(charges, Math.ceil(waitMs))).toBe(true);
  });
});

const from = (ip: string, headers: Record<string, string> = {}) => ({
  headers: { ...headers, "CF-Connecting-IP": ip },
});
const fetchPages = (headers: Record<string, string>, ip: string): Promise<Answer> =>
  call("GET", "/api/pages", from(ip, headers));
const visit = async (ip: string): Promise<Answer> =>
  answerOf(await exports.default.fetch(requestOf("GET", `/s/${bakery.slug}/`, from(ip))));

const together = (calls: number, ask: () => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: calls }, ask));
/** How many answers had which status. */
const statuses = (answers: Answer[]): Record<number, number> =>
  Object.fromEntries([...Map.groupBy(answers, (it) => it.status)].map(([status, list]) => [status, list.length]));
const shown = ({ headers }: Answer): (string | null)[] =>
  ["X-RateLimit-Limit", "X-RateLimit-Remaining", "Retry-After"].map((name) => headers.get(name));

describe("the API", () => {
  it("the Delivery API answers 429 with the three headers after 60 calls, and admits one call after waiting exactly that long", async () => {
    const { headers } = await bakery.workspace.key();
    expect(statuses(await together(60, () => fetchPages(headers, "192.0.2.1")))).toEqual({ 200: 60 });
    const denied = await fetchPages(headers, "192.0.2.1");
    expect([denied.status, ...shown(denied)]).toEqual([429, "60", "0", "1"]);
    expect(denied.body).toMatchObject({
      error: "rate_limited",
      retry_after: 1,
      limit: 60,
      remaining: 0,
      limit_name: "requests_per_minute",
      limit_scope: "key",
    });
    clock.advance(999);
    expect((await fetchPages(headers, "192.0.2.1")).status).toBe(429);
    clock.advance(1);
    expect(statuses(await together(3, () => fetchPages(headers, "192.0.2.1")))).toEqual({ 200: 1, 429: 2 });
    clock.advance(60_000);
    expect(statuses(await together(62, () => fetchPages(headers, "192.0.2.1")))).toEqual({ 200: 60, 429: 2 });
  });

  it("the Delivery API is one bucket: every endpoint draws on it, what fails as well", async () => {
    const { headers } = await bakery.workspace.key({ scopes: ["pages:read"] });
    const calls = ["/api/pages", "/api/pages?slug=none", "/api/menu", "/api/settings", "/api/backend/item?table=pages"];
    for (const [index, path] of calls.entries()) {
      const { headers: sent } = await call("GET", path, { headers });
      expect(sent.get("X-RateLimit-Remaining"), path).toBe(`${59 - index}`);
    }
  });
});

describe("visitors", () => {
  it("visitors get 100 pages per address, then 429 with the three headers until a token is back", async () => {
    expect(statuses(await together(100, () => visit("192.0.2.10")))).toEqual({ 200: 100 });
    const denied = await visit("192.0.2.10");
    expect([denied.status, ...shown(denied)]).toEqual([429, "100", "0", "1"]);
    expect((await visit("192.0.2.11")).status).toBe(200);
    // A token takes 1/1.67 s.
    clock.advance(598);
    expect((await visit("192.0.2.10")).status).toBe(429);
    clock.advance(1);
    expect(statuses(await together(2, () => visit("192.0.2.10")))).toEqual({ 200: 1, 429: 1 });
  });
});

describe("an address at rest", () => {
  it("an address at rest has no more tokens than its own refill gave it, though its object was evicted", async () => {
    const object = env.IP_OBJECT.getByName("192.0.2.60");
    expect(statuses(await together(101, () => visit("192.0.2.60")))).toEqual({ 200: 100, 429: 1 });
    clock.advance(6_000);
    await runDurableObjectAlarm(object);
    clock.advance(6_000);
    await evictDurableObject(object);
    expect(statuses(await together(21, () => visit("192.0.2.60")))).toEqual({ 200: 20, 429: 1 });
  });

  it("an address whose object was evicted in the middle of it all is still out of tokens", async () => {
    await together(100, () => visit("192.0.2.61"));
    await evictDurableObject(env.IP_OBJECT.getByName("192.0.2.61"));
    expect((await visit("192.0.2.61")).status).toBe(429);
  });
});

describe("what needs no key", () => {
  const OPEN = OPERATIONS.filter((it) => it.endpoint.scope === "public");

  it.each(OPEN)("$title, which needs no key, draws on its caller's address", async ({ method, route, endpoint }) => {
    const ask = () => call(method, route, { ...from("192.0.2.50"), ...(endpoint.body && { body: {} }) });
    const [first, second] = [await ask(), await ask()].map((it) => Number(it.headers.get("X-RateLimit-Remaining")));
    expect(second).toBe((first as number) - 1);
  });
});

describe("a call with a key", () => {
  it("a call with a key counts against the key wherever it comes from, and never against its address", async () => {
    const [one, two] = [await bakery.workspace.key(), await bakery.workspace.key()];
    const addresses = ["192.0.2.20", "192.0.2.21", "2001:db8::1"];
    const spread = await Promise.all(addresses.map((ip) => together(20, () => fetchPages(one.headers, ip))));
    expect(statuses(spread.flat())).toEqual({ 200: 60 });
    expect((await fetchPages(one.headers, "192.0.2.22")).status).toBe(429);
    expect((await fetchPages(two.headers, "192.0.2.20")).headers.get("X-RateLimit-Remaining")).toBe("59");
    expect(shown(await visit("192.0.2.20"))).toEqual(["100", "99", null]);
  });

  it("a call with a key is served at an address whose own budgets are used up", async () => {
    const { headers } = await bakery.workspace.key();
    await together(101, () => visit("192.0.2.30"));
    const stranger = { "X-Api-Key": generateKey("optimo", "live") };
    const strangers = await together(301, () => fetchPages(stranger, "192.0.2.30"));
    expect(statuses(strangers)).toEqual({ 401: 300, 429: 1 });
    expect((await visit("192.0.2.30")).status).toBe(429);
    expect((await fetchPages(headers, "192.0.2.30")).status).toBe(200);
  });
});

describe("without its limiter", () => {
  it("a call to the Delivery API without its limiter is refused, never allowed", async () => {
    const { headers } = await bakery.workspace.key();
    const refused = await callThrough(without("KEY_OBJECT"), "GET", "/api/pages", { headers });
    expect(refused).toMatchObject({ status: 503, body: { error: "unavailable" } });
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
  });

  it("a visitor is refused without the limiter too", async () => {
    const refused = await callThrough(without("IP_OBJECT"), "GET", `/s/${bakery.slug}/`, from("192.0.2.40"));
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
  });
});
