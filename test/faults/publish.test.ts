import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { schedulerOf } from "../../src/core/work/scheduler.ts";
import { runScheduled } from "../../src/scheduled.ts";
import { measured } from "../support/counting.ts";
import { type Answer, call, START, TestClock } from "../support/fixtures.ts";
import { limitsOf, times } from "../limits/engine.ts";
import { callThrough, count, failing, makeSite, type Site } from "./world.ts";

const MINUTES = 60_000;
const clock = new TestClock();
let site: Site;

beforeEach(async () => {
  clock.time = START;
  site = await makeSite(clock);
  await addPage("Home");
});

const headers = () => site.key.headers;
const addPage = (title: string): Promise<Answer> =>
  call("POST", `${site.path}/pages`, { headers: headers(), body: { title, status: "published" } });
const publish = (body?: object, as = headers()): Promise<Answer> =>
  call("POST", `${site.path}/publish`, { headers: as, ...(body && { body }) });
const deployment = async (id: string) =>
  (await call("GET", `${site.path}/deployments/${id}`, { headers: headers() })).body.data;
const liveOf = async () =>
  (await env.DB.prepare("SELECT live_deployment_id AS id FROM sites WHERE id = ?").bind(site.id).first<string>("id")) ??
  null;

describe("the publish cooldown", () => {
  it("the publish cooldown is the site's, whichever key publishes, and its wait is exact", async () => {
    expect((await publish()).status).toBe(200);
    const other = await site.workspace.key();
    clock.advance(60_500);
    const denied = await publish(undefined, other.headers);
    expect(denied.status).toBe(429);
    expect(denied.headers.get("Retry-After")).toBe("240");
    expect(denied.body.error.details).toMatchObject({ limit: "publish_cooldown", scope: "site", retryAfter: 240 });
    expect(limitsOf(denied, clock.time)[0]).toEqual({ name: "publish_cooldown", limit: 1, remaining: 0 });
    clock.time = START + 5 * MINUTES - 1;
    expect((await publish(undefined, other.headers)).status).toBe(429);
    clock.advance(1);
    expect((await publish(undefined, other.headers)).status).toBe(200);
  });

  it("the publish cooldown costs the denied caller a token each time, and no call of the month", async () => {
    await publish();
    const figures = async () => {
      const me = await call("GET", "/v1/me", { headers: headers() });
      const { data } = (await call("GET", "/v1/usage", { headers: headers() })).body;
      return { remaining: Number(me.headers.get("X-RateLimit-Remaining")), used: data.apiCalls.used };
    };
    const before = await figures();
    expect((await times(5, () => publish())).map(({ status }) => status)).toEqual([429, 429, 429, 429, 429]);
    expect(await figures()).toEqual({ remaining: before.remaining - 2 - 5, used: before.used + 2 });
  });

  it("the publish cooldown denies whoever asks again without a query, and with a wait that fits", async () => {
    await publish();
    clock.advance(500);
    expect((await publish()).headers.get("Retry-After")).toBe("300");
    for (let n = 1; n <= 3; n += 1) {
      clock.advance(60_000);
      const again = await measured("POST", `${site.path}/publish`, { headers: headers() });
      expect([again.status, again.headers.get("Retry-After"), again.cost.queries]).toEqual([429, `${300 - 60 * n}`, 0]);
      expect(limitsOf(again, clock.time)[0]).toEqual({ name: "publish_cooldown", limit: 1, remaining: 0 });
    }
    clock.advance(120_000);
    expect((await publish()).status).toBe(200);
  });

  it("the publish cooldown remembered of one call denies no other: not one that queues, of another site, or by a key changed since", async () => {
    const { body } = await call("POST", "/v1/sites", { headers: headers(), body: { name: "Second" } });
    await publish();
    expect((await publish()).status).toBe(429);
    expect((await publish({ ifCooldown: "queue" })).status).toBe(202);
    expect((await call("POST", `/v1/sites/${body.data.id}/publish`, { headers: headers() })).status).toBe(200);
    const changed = await call("PATCH", `/api/v1/api-keys/${site.key.id}`, {
      headers: headers(),
      body: { scopes: ["pages:read"] },
    });
    expect(changed.status, changed.text).toBe(200);
    expect((await publish()).status).toBe(403);
  });

  it("the publish cooldown remembered of a call does not hide the answer that was given under its Idempotency-Key", async () => {
    const once = { ...headers(), "Idempotency-Key": "first" };
    expect((await publish(undefined, once)).status).toBe(200);
    expect((await publish()).status).toBe(429);
    const repeated = await publish(undefined, once);
    expect([repeated.status, repeated.headers.get("Idempotency-Replayed")]).toEqual([200, "true"]);
  });

  it("the publish cooldown makes a denied caller who does not wait run out of tokens, and tells it the longer wait all the same", async () => {
    const key = await site.workspace.key({ rateLimitTier: "starter" });
    await publish();
    for (let n = 0; n < 12; n += 1) {
      const denied = await publish(undefined, key.headers);
      expect([denied.status, denied.headers.get("Retry-After")]).toEqual([429, "300"]);
    }
    const other = await call("GET", "/v1/me", { headers: key.headers });
    expect([other.status, other.body.error.details.limit]).toEqual([429, "requests_per_minute"]);
    clock.advance(300_000);
    expect((await publish(undefined, key.headers)).status).toBe(200);
  });

  it("the publish cooldown lets one of many publishes at once through", async () => {
    const statuses = (await times(10, () => publish())).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 429)).toHaveLength(9);
    expect(await count("SELECT count(*) AS n FROM deployments WHERE site_id = ?", site.id)).toBe(1);
  });

  it("the publish cooldown is not used up by a publish that fails at any of its calls, which leaves nothing half done", async () => {
    for (let target = 1; ; target += 1) {
      const { bindings, calls } = failing(target, "before");
      const answer = await callThrough(bindings, "POST", `${site.path}/publish`, { headers: headers() });
      if (calls() < target) {
        expect(answer.status).toBe(200);
        break;
      }
      expect(answer.status).toBe(503);
      expect(await liveOf()).toBeNull();
      expect(await count("SELECT count(*) AS n FROM deployments WHERE site_id = ?", site.id)).toBe(0);
      expect(await count("SELECT count(*) AS n FROM frozen_pages WHERE site_id = ?", site.id)).toBe(0);
    }
    expect((await publish()).status).toBe(429);
  });
});

describe("a queued publish", () => {
  const queue = async (): Promise<Answer["body"]> => {
    await publish();
    await addPage("Later");
    clock.advance(MINUTES);
    const queued = await publish({ ifCooldown: "queue" });
    expect([queued.status, queued.body.data.status]).toEqual([202, "scheduled"]);
    expect(queued.body.data.scheduledAt).toBe(new Date(START + 5 * MINUTES).toISOString());
    return queued.body.data;
  };

  it("a queued publish is carried out by the cron, not before it is due", async () => {
    const { id } = await queue();
    clock.time = START + 5 * MINUTES - 1;
    await runScheduled(env, clock.time);
    expect(await deployment(id)).toMatchObject({ status: "scheduled", publishedAt: null });
    clock.advance(1);
    await runScheduled(env, clock.time);
    expect(await deployment(id)).toMatchObject({ status: "live", pageCount: 2, number: 2 });
    expect(await liveOf()).toBe(id);
  });

  it("a queued publish is carried out by the scheduler's alarm", async () => {
    const { id } = await queue();
    clock.time = START + 5 * MINUTES;
    expect(await runDurableObjectAlarm(schedulerOf(env, site.workspace.id, "live"))).toBe(true);
    expect(await deployment(id)).toMatchObject({ status: "live" });
  });

  it("a queued publish is carried out once, however often and at once it is looked for", async () => {
    const { id } = await queue();
    clock.time = START + 5 * MINUTES;
    await times(4, () => runScheduled(env, clock.time));
    expect(await deployment(id)).toMatchObject({ status: "live", number: 2 });
    const events = "SELECT count(*) AS n FROM events WHERE type = 'site.published' AND site_id = ?";
    expect(await count(events, site.id)).toBe(2);
  });

  it("a queued publish is carried out although another one, due before it, fails", async () => {
    const lost = (await queue()).id;
    await env.DB.prepare("UPDATE deployments SET site_id = 'site_gone', scheduled_at = 1 WHERE id = ?")
      .bind(lost)
      .run();
    clock.advance(10 * MINUTES);
    await publish();
    const { id } = (await publish({ ifCooldown: "queue" })).body.data;
    clock.advance(5 * MINUTES);
    await runScheduled({ ...env, LOG_LEVEL: "silent" }, clock.time);
    expect(await deployment(id)).toMatchObject({ status: "live" });
    await env.DB.prepare("DELETE FROM deployments WHERE id = ?").bind(lost).run();
  });

  it("a queued publish is joined by a second request and starts a cooldown of its own", async () => {
    const { id } = await queue();
    expect((await publish({ ifCooldown: "queue" })).body.data.id).toBe(id);
    clock.time = START + 5 * MINUTES;
    await runScheduled(env, clock.time);
    expect((await publish()).headers.get("Retry-After")).toBe("300");
  });

  it("a queued publish waits on when somebody was faster", async () => {
    const { id } = await queue();
    clock.time = START + 5 * MINUTES;
    expect((await publish()).status).toBe(200);
    await runScheduled(env, clock.time);
    expect(await deployment(id)).toMatchObject({
      status: "scheduled",
      scheduledAt: new Date(START + 10 * MINUTES).toISOString(),
    });
    clock.time = START + 10 * MINUTES;
    await runScheduled(env, clock.time);
    expect(await deployment(id)).toMatchObject({ status: "live" });
  });

  it("a queued publish does not bring back a website its owner has taken away meanwhile", async () => {
    const { id } = await queue();
    const away = await call("PATCH", site.path, { headers: headers(), body: { status: "archived" } });
    expect(away.status).toBe(200);
    expect(await deployment(id)).toMatchObject({ status: "cancelled" });
    clock.time = START + 6 * MINUTES;
    await runScheduled(env, clock.time);
    expect((await call("GET", site.path, { headers: headers() })).body.data.status).toBe("archived");
  });

  it("a queued publish is not carried out once it is cancelled, and can be cancelled only once", async () => {
    const { id } = await queue();
    const cancel = () => call("POST", `${site.path}/deployments/${id}/cancel`, { headers: headers() });
    expect((await cancel()).body.data.status).toBe("cancelled");
    expect((await cancel()).status).toBe(409);
    clock.time = START + 6 * MINUTES;
    await runScheduled(env, clock.time);
    expect(await deployment(id)).toMatchObject({ status: "cancelled", publishedAt: null });
  });
});

describe("a sandbox publish", () => {
  it("a sandbox publish tells what would change, changes nothing, and has a cooldown of its own", async () => {
    site = await makeSite(clock, "sandbox");
    const { id, title, slug, locale } = (await addPage("Trial")).body.data;
    const dryRun = await publish();
    expect(dryRun.body.data).toMatchObject({
      dryRun: true,
      status: "dry_run",
      publishedAt: null,
      number: null,
      changes: { added: [{ id, title, slug, locale }], changed: [], removed: [] },
    });
    expect(await liveOf()).toBeNull();
    expect(await count("SELECT count(*) AS n FROM frozen_pages WHERE site_id = ?", site.id)).toBe(0);
    expect((await call("GET", site.path, { headers: headers() })).body.data.publishedAt).toBeNull();
    expect((await publish()).body.error.details.limit).toBe("publish_cooldown");
    clock.advance(5 * MINUTES);
    expect((await publish()).status).toBe(200);
  });
});

describe("rolling back", () => {
  it("rolling back shows an earlier deployment again at once, without a cooldown, and forward again", async () => {
    const first = (await publish()).body.data;
    await addPage("Second");
    clock.advance(5 * MINUTES);
    const second = (await publish()).body.data;
    const rollback = (body?: object) =>
      call("POST", `${site.path}/rollback`, { headers: headers(), ...(body && { body }) });
    expect((await rollback()).body.data).toMatchObject({ id: first.id, status: "live" });
    expect(await liveOf()).toBe(first.id);
    expect(await deployment(second.id)).toMatchObject({ status: "superseded" });
    expect((await rollback()).status).toBe(409);
    expect((await rollback({ deploymentId: second.id })).body.data).toMatchObject({ id: second.id, status: "live" });
  });
});
