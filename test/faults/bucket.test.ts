import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { runScheduled } from "../../src/scheduled.ts";
import { failingDatabase } from "../platform/support/databases.ts";
import { call, START, TestClock } from "../support/fixtures.ts";
import {
  expectTidy,
  liveNumber,
  mainOf,
  MINUTES,
  objectsOf,
  objectsReferred,
  rowsWaiting,
} from "../support/publishing.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";
import { callThrough, count, without } from "./world.ts";

const clock = new TestClock();
let site: VisitedSite;
let home: string;

const bucketless = () => without("PUBLISHED");
const ask = (bindings: Parameters<typeof callThrough>[0], method: string, path: string) =>
  callThrough(bindings, method, `/v1/sites/${site.id}${path}`, { headers: site.headers });
const visit = (path: string) =>
  callThrough(bucketless(), "GET", `/s/${site.slug}${path}`, { headers: { "CF-Connecting-IP": "198.51.100.7" } });
const inSite = (table: string) => count(`SELECT count(*) AS n FROM ${table} WHERE site_id = ?`, site.id);

beforeEach(async () => {
  clock.time = START;
  site = await makeVisitedSite(clock);
  home = await site.page({ title: "Home", slug: "home" });
  await site.page({ title: "About", slug: "about" });
  await site.post({ title: "Post", slug: "post", content: "<p>Words</p>" });
  await site.publish();
  await site.change(home, { title: "Edited" });
  clock.advance(5 * MINUTES);
});

describe("without the bucket", () => {
  it("a publish without the bucket is answered with 503 and a time to retry, changes nothing, and can be repeated at once", async () => {
    const before = await Promise.all(["deployments", "frozen_pages", "events"].map(inSite));
    const answer = await ask(bucketless(), "POST", "/publish");
    expect([answer.status, answer.body.error.code]).toEqual([503, "SERVICE_UNAVAILABLE"]);
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
    expect(answer.text).not.toContain("Network connection lost");
    expect(await Promise.all(["deployments", "frozen_pages", "events"].map(inSite))).toEqual(before);
    expect(await mainOf(site, "/")).toContain("<h1>Home</h1>");
    expect((await ask(env, "POST", "/publish")).status).toBe(200);
    expect(await mainOf(site, "/")).toContain("<h1>Edited</h1>");
    await expectTidy(clock, site.id);
  });

  it("a queued publish waits until the bucket is back", async () => {
    await site.publish();
    await site.change(home, { title: "Again" });
    expect((await site.ask("POST", "/publish", { ifCooldown: "queue" })).status).toBe(202);
    clock.advance(5 * MINUTES);
    await runScheduled(bucketless(), clock.time);
    expect(await liveNumber(site.id)).toBe(2);
    clock.advance(MINUTES);
    await runScheduled(env, clock.time);
    expect(await liveNumber(site.id)).toBe(3);
    await expectTidy(clock, site.id);
  });

  it("a publish of what is rendered already, and a rollback, need no bucket", async () => {
    await ask(env, "POST", "/publish");
    expect((await ask(bucketless(), "POST", "/rollback")).status).toBe(200);
    expect(await mainOf(site, "/")).toContain("<h1>Home</h1>");
    clock.advance(5 * MINUTES);
    expect((await ask(bucketless(), "POST", "/publish")).status).toBe(200);
    expect(await mainOf(site, "/")).toContain("<h1>Edited</h1>");
  });

  it("visitors without the bucket get what is in memory, and 503 with a time to come back for what is not", async () => {
    await site.visit("/about");
    expect([(await visit("/about")).status, (await visit("/about")).text]).toEqual([
      200,
      expect.stringContaining("<h1>About</h1>"),
    ]);
    for (const path of ["/", "/blog/post"]) {
      const { status, headers, text } = await visit(path);
      expect([status, headers.get("Content-Type")]).toEqual([503, "text/plain; charset=utf-8"]);
      expect(Number(headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
      expect(headers.get("Cache-Control")).toBe("no-store");
      expect(text).not.toMatch(/Network|PUBLISHED|<h1>/);
    }
    const statuses = ["/blog", "/feed.xml", "/sitemap.xml", "/nothing"].map(async (path) => (await visit(path)).status);
    expect(await Promise.all(statuses)).toEqual([200, 200, 200, 404]);
  });
});

describe("an object that is missing", () => {
  it("an object that is missing is made up for by the frozen page or article, which reads the same", async () => {
    const read = () => Promise.all(["/", "/about", "/blog/post"].map((path) => mainOf(site, path)));
    const before = await read();
    for (const key of await objectsOf(site.id)) await env.PUBLISHED.delete(key);
    expect(await objectsOf(site.id)).toEqual([]);
    expect(await read()).toEqual(before);
    expect(before.join()).toMatch(/<h1>Home<\/h1>.*<h1>About<\/h1>.*<h1>Post<\/h1>/s);
  });
});

describe("a deleted workspace", () => {
  it("a deleted workspace leaves no object, and nothing of a publish that died", async () => {
    const DB = failingDatabase(env.DB, (sql) => sql.includes('INSERT INTO "frozen_pages"'), "Network connection lost.");
    expect((await ask({ ...env, DB, LOG_LEVEL: "silent" }, "POST", "/publish")).status).toBe(503);
    expect((await objectsOf(site.id)).length).toBe((await objectsReferred(site.id)).length + 1);
    expect(await rowsWaiting()).toHaveLength(2);
    const path = `/api/v1/workspaces/${site.workspace.id}`;
    expect((await call("DELETE", path, { headers: site.headers })).status).toBe(204);
    for (let minute = 0; minute < 4; minute += 1) {
      clock.advance(MINUTES);
      await runScheduled(env, clock.time);
    }
    expect(await objectsOf(site.id)).toEqual([]);
    expect(await rowsWaiting()).toEqual([]);
  });
});
