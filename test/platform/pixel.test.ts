import {
  createExecutionContext,
  createMessageBatch,
  getQueueResult,
  runInDurableObject,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../src/app.ts";
import type { TrackedEvent } from "../../src/analytics/tracked-event.ts";
import { deviceOf } from "../../src/analytics/device.ts";
import { carryOver } from "../../src/analytics/earlier.ts";
import { MOST_EVENTS } from "../../src/analytics/object/analytics-object.ts";
import { purgeSalts } from "../../src/analytics/visitor.ts";
import { createSite } from "../../src/content/sites/service.ts";
import { runQueue } from "../../src/queue.ts";
import { purgeDeletedWorkspaces } from "../../src/platform/workspaces/service/purge.ts";
import { call, makeWorkspace, START, TestClock, type Workspace } from "../support/fixtures.ts";
import { emptyStorage } from "../support/storage.ts";
import { storedInObjects } from "../faults/storage.ts";

const QUEUE = "edge-cms-analytics";
const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36";
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const clock = new TestClock();
let workspace: Workspace;
let addresses = 0;

/** Each visitor has an address of its own, so that no test uses up another's bucket. */
const visitor = (headers: Record<string, string> = {}) => {
  addresses += 1;
  return { "CF-Connecting-IP": `198.51.${addresses >> 8}.${addresses & 255}`, "User-Agent": CHROME, ...headers };
};

async function site(
  domain: string | null,
  pixel?: unknown,
  more: { in?: Workspace; environment?: "live" | "sandbox"; slug?: string; status?: "archived" } = {},
): Promise<string> {
  const ctx = (more.in ?? workspace).context(more.environment);
  const settings = pixel === undefined ? {} : { pixel };
  const input = {
    name: "Shop",
    domain,
    settings,
    ...(more.slug && { slug: more.slug }),
    ...(more.status && { status: more.status }),
  };
  const made = await createSite({ ctx, input });
  await ctx.unit.commit();
  await env.DB.prepare("UPDATE sites SET domain_verified_at = 1 WHERE id = ?").bind(made.id).run();
  return made.id;
}

interface Body {
  tracked: boolean;
  reason?: string;
  error: string;
  errors: Record<string, string[]>;
}

interface Row {
  [column: string]: SqlStorageValue;
}

/** Calls the Worker with objects that note what they are given, or fail, and a queue that is out of order. */
async function track(
  body: unknown,
  { headers = visitor(), fails = false }: { headers?: Record<string, string>; fails?: boolean } = {},
) {
  const sent: (TrackedEvent & { siteId: string })[] = [];
  const ANALYTICS_OBJECT = {
    getByName: (siteId: string) => ({
      async take(event: TrackedEvent) {
        if (fails) throw new Error("object: connection lost");
        sent.push({ siteId, ...event });
        return env.ANALYTICS_OBJECT.getByName(siteId).take(event);
      },
    }),
  } as unknown as typeof env.ANALYTICS_OBJECT;
  const ANALYTICS = {
    send: () => Promise.reject(new Error("queue: connection lost")),
  } as unknown as typeof env.ANALYTICS;
  const ctx = createExecutionContext();
  const request = new Request("https://api.example.com/api/v1/pixel/track", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const response = await app.fetch(request, { ...env, ANALYTICS, ANALYTICS_OBJECT, LOG_LEVEL: "silent" }, ctx);
  await waitOnExecutionContext(ctx);
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body, sent };
}

async function deliver(messages: { id: string; body: unknown }[], bindings = env) {
  const batch = createMessageBatch(
    QUEUE,
    messages.map(({ id, body }) => ({ id, body, timestamp: new Date(clock.time), attempts: 1 })),
  );
  const ctx = createExecutionContext();
  await runQueue(batch, bindings);
  return getQueueResult(batch, ctx);
}

/** What a site's object has of it. */
const eventsOf = (siteId: string): Promise<Row[]> =>
  runInDurableObject(env.ANALYTICS_OBJECT.getByName(siteId), (_, { storage }) =>
    storage.sql.exec<Row>("SELECT * FROM tracked ORDER BY at, id").toArray(),
  );

const take = (siteId: string, more: Partial<TrackedEvent> = {}) =>
  env.ANALYTICS_OBJECT.getByName(siteId).take(event(more));

/** What is rolled up of a site. */
const daysOf = async (siteId: string) =>
  (await env.DB.prepare("SELECT * FROM analytics_days WHERE site_id = ? ORDER BY day, part").bind(siteId).all<Row>())
    .results;

const pageview = (url: string, more: object = {}) => ({ event: "pageview", url, ...more });
const event = (more: Partial<TrackedEvent> = {}): TrackedEvent => ({
  id: crypto.randomUUID(),
  day: "2026-11-20",
  visitor: "0".repeat(32),
  session: null,
  at: clock.time,
  type: "pageview",
  page: "/",
  about: {
    ...{ referrer: "none", source: "direct", medium: "none", campaign: "none", term: "none", content: "none" },
    ...{ device: "desktop", browser: "chrome", os: "windows", country: "NL" },
  },
  ...more,
});

beforeEach(async () => {
  await emptyStorage();
  clock.time = START;
  workspace = await makeWorkspace(clock);
  await site("example.com");
});

describe("the pixel's configuration", () => {
  it("the pixel's configuration is document 002's for the domain a page calls from, without a key", async () => {
    const answer = await call("GET", "/api/v1/pixel/config", { headers: visitor({ Origin: "https://example.com" }) });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toEqual({
      enabled: true,
      features: { pageviews: true, events: true, sessions: true },
      sample_rate: 1,
    });
    expect(answer.headers.get("X-RateLimit-Limit")).toBe("100");
  });

  it("the pixel's configuration is that of the website that site_id names, and of no other id", async () => {
    const ask = (query: string) => call("GET", `/api/v1/pixel/config?site_id=${query}`, { headers: visitor() });
    const found = await env.DB.prepare("SELECT id FROM sites WHERE domain = 'example.com'").first<{ id: string }>();
    expect((await ask(found?.id as string)).body.enabled).toBe(true);
    expect((await ask("site_nothing")).status).toBe(422);
  });

  it("the pixel's configuration takes the domain from Referer where there is no Origin, and finds it with or without www.", async () => {
    for (const headers of [
      { Referer: "https://example.com/page?q=1" },
      { Origin: "null", Referer: "https://www.example.com/" },
      { Origin: "https://EXAMPLE.com:8443" },
    ]) {
      const answer = await call("GET", "/api/v1/pixel/config", { headers: visitor(headers as never) });
      expect(answer.body.enabled, JSON.stringify(headers)).toBe(true);
    }
  });

  it("the pixel's configuration knows the pages served under /s/{slug} of the API's own host", async () => {
    await site(null, { sampleRate: 0.25 }, { slug: "own-host" });
    const referer = { Referer: "https://api.example.com/s/own-host/about" };
    const answer = await call("GET", "/api/v1/pixel/config", { headers: visitor(referer) });
    expect(answer.body.sample_rate).toBe(0.25);
    const elsewhere = { Referer: "https://evil.example/s/own-host/about" };
    expect((await call("GET", "/api/v1/pixel/config", { headers: visitor(elsewhere) })).body.enabled).toBe(false);
  });

  it("the pixel's configuration is overridden by the site's settings.pixel", async () => {
    await site("partly.example", { features: { events: false }, sampleRate: 0.5 });
    await site("off.example", { enabled: false });
    const config = async (host: string) =>
      (await call("GET", "/api/v1/pixel/config", { headers: visitor({ Origin: `https://${host}` }) })).body;
    expect(await config("partly.example")).toEqual({
      enabled: true,
      features: { pageviews: true, events: false, sessions: true },
      sample_rate: 0.5,
    });
    expect((await config("off.example")).enabled).toBe(false);
  });

  it("the pixel's configuration falls back to its defaults for settings that make no sense, and to off for a switch that makes none", async () => {
    await site("odd.example", { features: { pageviews: "yes" }, sampleRate: 7 });
    await site("unclear.example", { enabled: "no" });
    await site("word.example", "off");
    await site("list.example", ["x"]);
    const config = async (host: string) =>
      (await call("GET", "/api/v1/pixel/config", { headers: visitor({ Origin: `https://${host}` }) })).body;
    expect(await config("odd.example")).toMatchObject({ enabled: true, sample_rate: 1 });
    expect((await config("unclear.example")).enabled).toBe(false);
    expect((await config("word.example")).enabled).toBe(false);
    expect((await config("list.example")).enabled).toBe(false);
  });

  it("the pixel's configuration is off, in the same shape, for unknown domains, sandbox and archived sites", async () => {
    await site("sandboxed.example", undefined, { environment: "sandbox" });
    await site("archived.example", undefined, { status: "archived" });
    for (const host of ["nobody.example", "sandboxed.example", "archived.example"]) {
      const answer = await call("GET", "/api/v1/pixel/config", { headers: visitor({ Origin: `https://${host}` }) });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        enabled: false,
        features: { pageviews: false, events: false, sessions: false },
        sample_rate: 0,
      });
    }
  });
});

describe("tracking", () => {
  it("tracking with the pixel answers document 002's example and keeps the event without anything personal", async () => {
    const example = {
      event: "pageview",
      url: "https://example.com/page?email=a@b.example&utm_source=Letter&utm_campaign=spring#top",
      referrer: "https://google.com/search?q=private",
      user_agent: "Mozilla/5.0...",
      properties: { title: "Page Title" },
    };
    const headers = visitor({ "CF-IPCountry": "NL" });
    const answer = await track(example, { headers });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ tracked: true });
    expect(answer.sent).toHaveLength(1);
    expect(answer.sent[0]).toMatchObject({
      day: "2026-11-20",
      type: "pageview",
      page: "/page",
      about: {
        ...{ referrer: "google.com", source: "letter", medium: "campaign", campaign: "spring", term: "none" },
        ...{ content: "none", device: "unknown", browser: "other", os: "other", country: "NL" },
      },
      session: null,
    });
    const stored = JSON.stringify([answer.sent, await eventsOf(answer.sent[0]?.siteId ?? "")]);
    for (const secret of [headers["CF-Connecting-IP"], "Mozilla", "a@b", "private"])
      expect(stored).not.toContain(secret);
  });

  it("tracking with the pixel really reaches the site's object", async () => {
    const answer = await call("POST", "/api/v1/pixel/track", {
      headers: visitor(),
      body: pageview("https://example.com/page"),
    });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toEqual({ tracked: true });
    const [site] = (await env.DB.prepare("SELECT id FROM sites WHERE domain = 'example.com'").all<{ id: string }>())
      .results;
    expect(await eventsOf(site?.id ?? "")).toHaveLength(1);
  });

  it("tracking with the pixel takes JSON sent as text/plain by navigator.sendBeacon, and no other type", async () => {
    const body = JSON.stringify(pageview("https://example.com/"));
    const beacon = visitor({ "Content-Type": "text/plain;charset=UTF-8" });
    expect((await track(body, { headers: beacon })).body).toEqual({ tracked: true });
    const form = visitor({ "Content-Type": "application/x-www-form-urlencoded" });
    expect((await track(body, { headers: form })).status).toBe(415);
  });

  it("tracking with the pixel keeps a visitor the same for a day and apart from other sites, other days and other people", async () => {
    const other = await site("other.example");
    const headers = visitor();
    const one = (await track(pageview("https://example.com/a"), { headers })).sent[0]?.visitor;
    expect((await track(pageview("https://example.com/b"), { headers })).sent[0]?.visitor).toBe(one);
    expect((await track(pageview("https://other.example/a"), { headers })).sent[0]).not.toMatchObject({ visitor: one });
    expect((await track(pageview("https://example.com/a"))).sent[0]?.visitor).not.toBe(one);
    clock.advance(DAY_MS);
    const tomorrow = (await track(pageview("https://example.com/a"), { headers })).sent[0];
    expect(tomorrow?.day).toBe("2026-11-21");
    expect(tomorrow?.visitor).not.toBe(one);
    clock.advance(DAY_MS);
    await purgeSalts(env, clock.time);
    const days = await env.DB.prepare("SELECT day FROM analytics_salts ORDER BY day").all<{ day: string }>();
    expect(days.results.map(({ day }) => day)).toEqual(["2026-11-21"]);
    expect(other).toMatch(/^site_/);
  });

  it("tracking with the pixel accepts but does not keep events of visitors who opt out", async () => {
    for (const header of [{ DNT: "1" }, { "Sec-GPC": "1" }]) {
      const answer = await track(pageview("https://example.com/"), { headers: visitor(header as never) });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ tracked: false, reason: "do_not_track" });
      expect(answer.sent).toEqual([]);
    }
    expect((await track(pageview("https://example.com/"), { headers: visitor({ DNT: "0" }) })).body.tracked).toBe(true);
  });

  it("tracking with the pixel keeps nothing where the pixel, or this feature of it, is off", async () => {
    await site("nothing.example", { enabled: false });
    await site("views.example", { features: { events: false, sessions: false } });
    const disabled = { tracked: false, reason: "disabled" };
    expect((await track(pageview("https://nobody-lives-here.example/"))).body).toEqual(disabled);
    expect((await track(pageview("https://nothing.example/"))).body).toEqual(disabled);
    expect((await track({ event: "signup", url: "https://views.example/" })).body).toEqual(disabled);
    const viewed = await track(pageview("https://views.example/", { session_id: "s1" }));
    expect(viewed.sent[0]).toMatchObject({ session: null });
    const kept = await track(pageview("https://example.com/", { session_id: "s1" }));
    expect(kept.sent[0]).toMatchObject({ session: "s1" });
  });

  it("tracking with the pixel samples by visitor: the share is about right, and one visitor is always in or always out", async () => {
    await site("half.example", { sampleRate: 0.5 });
    await site("none.example", { sampleRate: 0 });
    let tracked = 0;
    for (let i = 0; i < 100; i += 1) {
      const headers = visitor();
      const first = await track(pageview("https://half.example/"), { headers });
      expect((await track(pageview("https://half.example/"), { headers })).body).toEqual(first.body);
      if (first.body.tracked) tracked += 1;
      else expect(first.body.reason).toBe("not_sampled");
    }
    // 100 fair coins stray this far once in 10^9 runs.
    expect(tracked).toBeGreaterThan(19);
    expect(tracked).toBeLessThan(81);
    expect((await track(pageview("https://none.example/"))).body.reason).toBe("not_sampled");
  });

  it("tracking with the pixel finds the site by site_id, the sandbox's too, and refuses an id that contradicts the URL", async () => {
    const sandbox = await site("example.com", undefined, { environment: "sandbox" });
    const named = await track(pageview("https://example.com/", { site_id: sandbox }));
    expect(named.sent[0]?.siteId).toBe(sandbox);
    const elsewhere = await site("elsewhere.example", undefined, { in: await makeWorkspace(clock) });
    const staged = await track(pageview("http://localhost:3000/", { site_id: elsewhere }));
    expect(staged.sent[0]?.siteId).toBe(elsewhere);
    const wrong = await track(pageview("https://example.com/", { site_id: elsewhere }));
    expect(wrong.status).toBe(422);
    expect(Object.keys(wrong.body.errors)).toEqual(["site_id"]);
    const unknown = await track(pageview("https://example.com/", { site_id: "site_nobody" }));
    expect(unknown.body.errors).toEqual({ site_id: ["is not the id of a website"] });
  });

  it("tracking with the pixel answers 503 with Retry-After when the site's object cannot be reached, never success", async () => {
    const answer = await track(pageview("https://example.com/"), { fails: true });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(answer.body.error).toBe("service_unavailable");
    expect(JSON.stringify(answer.body)).not.toContain("connection lost");
  });

  it("tracking with the pixel lets 300 calls a minute through from one address and names the limit of the 301st", async () => {
    const headers = visitor();
    for (let i = 0; i < 300; i += 1) {
      const answer = await track(pageview("https://example.com/"), { headers });
      expect(answer.status).toBe(200);
    }
    const denied = await track(pageview("https://example.com/"), { headers });
    expect(denied.status).toBe(429);
    expect(denied.body).toMatchObject({
      error: "rate_limit_exceeded",
      limit_name: "pixel",
      limit_scope: "ip",
      limit: 300,
      remaining: 0,
    });
    expect(denied.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(denied.headers.get("X-RateLimit-Limit")).toBe("300");
    expect((await track(pageview("https://example.com/"))).status).toBe(200);
    clock.advance(Number(denied.headers.get("Retry-After")) * 1000);
    expect((await track(pageview("https://example.com/"), { headers })).status).toBe(200);
  });

  it("tracking with the pixel refuses hostile and malformed input by name, with 4xx", async () => {
    const url = "https://example.com/";
    const cases: [unknown, string][] = [
      [{}, "event"],
      [{ event: "pageview" }, "url"],
      [{ event: "", url }, "event"],
      [{ event: "a".repeat(65), url }, "event"],
      [{ event: "<script>", url }, "event"],
      [{ event: { $ne: 1 }, url }, "event"],
      [{ event: "pageview", url: "javascript:alert(1)" }, "url"],
      [{ event: "pageview", url: "/page" }, "url"],
      [{ event: "pageview", url: `${url}${"a".repeat(2_000)}` }, "url"],
      [{ ...pageview(url), properties: [] }, "properties"],
      [{ ...pageview(url), properties: { big: "ü".repeat(1_100) } }, "properties"],
      [{ ...pageview(url), session_id: "a b" }, "session_id"],
      [{ ...pageview(url), site_id: 1 }, "site_id"],
      [{ ...pageview(url), ip: "203.0.113.9" }, "ip"],
    ];
    for (const [body, field] of cases) {
      const answer = await track(body);
      expect(answer.status, JSON.stringify(body).slice(0, 100)).toBe(422);
      expect(answer.body.error).toBe("validation_failed");
      expect(Object.keys(answer.body.errors)).toContain(field);
    }
    expect((await track("{")).status).toBe(400);
    expect((await track(`{"event":"pageview","url":"${url}","properties":{"__proto__":{"x":1}}}`)).status).toBe(422);
    expect((await track(pageview(url), { headers: visitor({ "Idempotency-Key": "x".repeat(256) }) })).status).toBe(422);
  });
});

describe("scripts of visitors' pages", () => {
  it("scripts of visitors' pages may call both routes from any origin, preflight included", async () => {
    for (const [path, method] of [
      ["/api/v1/pixel/config", "GET"],
      ["/api/v1/pixel/track", "POST"],
    ] as const) {
      const asks = { Origin: "https://example.com", "Access-Control-Request-Method": method };
      const preflight = await call("OPTIONS", path, { headers: asks });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get("Access-Control-Allow-Origin")).toBe("*");
      expect(preflight.headers.get("Access-Control-Allow-Methods")).toContain(method);
      expect(preflight.headers.get("Access-Control-Allow-Headers")?.toLowerCase()).toContain("content-type");
      expect(preflight.headers.get("Access-Control-Allow-Credentials")).toBeNull();
      const answer = await call(method, path, { headers: visitor(asks), body: method === "POST" ? {} : undefined });
      expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
    }
  });

  it("scripts of visitors' pages get no CORS headers from routes that want a key", async () => {
    const { headers } = await workspace.key();
    for (const path of ["/api/v1/workspaces", "/v1/sites"]) {
      const answer = await call("GET", path, { headers: { ...headers, Origin: "https://example.com" } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("Access-Control-Allow-Origin")).toBeNull();
      const preflight = await call("OPTIONS", path, { headers: { Origin: "https://example.com" } });
      expect(preflight.headers.get("Access-Control-Allow-Origin")).toBeNull();
    }
  });
});

describe("events that are kept", () => {
  it("events that are kept count once, however often they come: with one Idempotency-Key or one event_id", async () => {
    const siteId = await site("twice.example");
    const headers = visitor({ "Idempotency-Key": "view-1" });
    const view = pageview("https://twice.example/");
    for (const from of [headers, headers, { ...visitor(), "Idempotency-Key": "view-1" }])
      expect((await track(view, { headers: from })).body).toEqual({ tracked: true });
    expect(await eventsOf(siteId)).toHaveLength(2);
    const named = { ...view, event_id: "e1" };
    const other = visitor();
    for (const from of [other, other, visitor()]) await track(named, { headers: from });
    expect(await eventsOf(siteId)).toHaveLength(4);
  });

  it("events that are kept are of people: programs are answered and not kept, nor is what nobody does in a day", async () => {
    const siteId = await site("bots.example");
    const bot = visitor({ "User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" });
    const view = pageview("https://bots.example/");
    expect((await track(view, { headers: bot })).body).toEqual({ tracked: false, reason: "bot" });
    expect(await storedInObjects(env.ANALYTICS_OBJECT, [siteId])).toEqual([]);
    for (let i = 0; i < MOST_EVENTS; i += 1) await take(siteId, { id: `e${i}` });
    expect(await take(siteId)).toEqual({ kept: false });
    expect(await take(siteId, { id: "e7" })).toMatchObject({ kept: true });
    expect(await take(siteId, { visitor: "1".repeat(32) })).toMatchObject({ kept: true });
    expect(await eventsOf(siteId)).toHaveLength(MOST_EVENTS + 1);
  });

  it("events that are kept make up no more names than a day has room for", async () => {
    const siteId = await site("names.example");
    for (let i = 0; i < 505; i += 1) await take(siteId, { visitor: `v${i}`, type: `event-${i}` });
    const types = new Set((await eventsOf(siteId)).map(({ type }) => type));
    expect(types.size).toBe(501);
    expect(types).toContain("(other)");
  });
});

describe("the analytics queue's consumer", () => {
  const enough = async (siteId: string, count = 40) => {
    for (let i = 0; i < count; i += 1) await take(siteId, { visitor: `v${i % 7}` });
  };
  const word = (siteId: string, id = "m1") => ({ id, body: { siteId } });

  it("the analytics queue's consumer rolls a site up under its own workspace and environment", async () => {
    const siteId = await site("stored.example");
    await enough(siteId);
    const result = await deliver([word(siteId)]);
    expect(result.explicitAcks).toEqual(["m1"]);
    expect(await daysOf(siteId)).toMatchObject([
      { workspace_id: workspace.id, environment: "live", day: "2026-11-20", part: 0, event_count: 40 },
    ]);
  });

  it("the analytics queue's consumer writes the same roll-up for a word that comes twice, and one for many of a site", async () => {
    const siteId = await site("again.example");
    await enough(siteId);
    await deliver([word(siteId)]);
    const before = await daysOf(siteId);
    await deliver([word(siteId), word(siteId, "m2"), word(siteId, "m3")]);
    expect(await daysOf(siteId)).toEqual(before);
  });

  it("the analytics queue's consumer drops what it cannot read without holding up the rest, and what has no site any more", async () => {
    const siteId = await site("rest.example");
    await enough(siteId);
    await enough("site_gone");
    const result = await deliver(
      [{ id: "m1", body: "junk" }, { id: "m2", body: null }, word("site_gone", "m3"), word(siteId, "m4")],
      { ...env, LOG_LEVEL: "silent" },
    );
    expect([...result.explicitAcks].sort()).toEqual(["m1", "m2", "m3", "m4"]);
    expect(await daysOf(siteId)).toHaveLength(1);
    expect(await daysOf("site_gone")).toEqual([]);
    expect(await storedInObjects(env.ANALYTICS_OBJECT, ["site_gone"])).toEqual([]);
  });

  it("the analytics queue's consumer asks for a word again when the object does not answer, and acknowledges the others", async () => {
    const siteId = await site("later.example");
    await enough(siteId);
    const ANALYTICS_OBJECT = {
      getByName: (name: string) => ({
        rollUp: () =>
          name === siteId ? Promise.reject(new Error("lost")) : env.ANALYTICS_OBJECT.getByName(name).rollUp(),
      }),
    } as unknown as typeof env.ANALYTICS_OBJECT;
    const messages = [word(siteId), word("site_other", "m2")];
    const failed = await deliver(messages, { ...env, ANALYTICS_OBJECT, LOG_LEVEL: "silent" });
    expect(failed.explicitAcks).toEqual(["m2"]);
    expect(failed.retryMessages).toMatchObject([{ msgId: "m1" }]);
    await deliver([word(siteId)]);
    expect(await daysOf(siteId)).toHaveLength(1);
  });

  it("the analytics queue's consumer stores nothing for a deleted workspace, whose figures and events its purge removes", async () => {
    const gone = await makeWorkspace(clock);
    const siteId = await site("gone.example", undefined, { in: gone });
    await enough(siteId);
    await deliver([word(siteId)]);
    expect(await daysOf(siteId)).toHaveLength(1);
    await enough(siteId);
    await env.DB.prepare("UPDATE workspaces SET deleted_at = ? WHERE id = ?").bind(clock.time, gone.id).run();
    expect((await track(pageview("https://gone.example/"))).body).toEqual({ tracked: false, reason: "disabled" });
    clock.advance(HOUR_MS);
    await purgeDeletedWorkspaces(env, clock.time);
    expect(await daysOf(siteId)).toEqual([]);
    expect(await storedInObjects(env.ANALYTICS_OBJECT, [siteId])).toEqual([]);
  });

  it("the analytics queue's consumer leaves a queue nobody consumes alone", async () => {
    await expect(runQueue(createMessageBatch("unknown", []), env)).rejects.toThrow(/No consumer/);
  });
});

describe("events of earlier versions", () => {
  it("events of earlier versions are carried over to the objects of their sites, once", async () => {
    const siteId = await site("earlier.example");
    const insert = env.DB.prepare(
      `INSERT INTO analytics_events (id, workspace_id, environment, site_id, day, type, path, referrer_host, device,
        visitor, session, properties, created_at)
        VALUES (?, ?, 'live', ?, '2026-11-19', 'pageview', '/old', 'google.com', ?, 'v1', NULL, NULL, ?)`,
    );
    const at = clock.time - DAY_MS;
    const devices = ["desktop", "desktop", "bot"];
    await env.DB.batch(devices.map((it, i) => insert.bind(`e${i}`, workspace.id, siteId, it, at + i)));
    await carryOver(env);
    await carryOver(env);
    expect(await eventsOf(siteId)).toMatchObject([
      { id: "e0", day: "2026-11-19", page: "/old", at },
      { id: "e1", at: at + 1 },
    ]);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM analytics_events").first("n")).toBe(0);
  });
});

describe("device classes", () => {
  it("device classes tell bots, tablets, phones and desktops apart", () => {
    const iPhone =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1";
    const pixel = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36";
    const galaxyTab = "Mozilla/5.0 (Linux; Android 14; SM-X910) AppleWebKit/537.36 Chrome/131.0 Safari/537.36";
    const google = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    expect([iPhone, pixel, galaxyTab, google, CHROME, ""].map(deviceOf)).toEqual([
      "mobile",
      "mobile",
      "tablet",
      "bot",
      "desktop",
      "unknown",
    ]);
  });
});
