// The product as a newcomer runs it: `npm run dev` in its own process group, driven over HTTP.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { clientOf } from "./support/client.mjs";
import { freePort, makePlace, runningIn, startDev } from "./support/dev-server.mjs";

/** Calls a key's object may count ahead of their use (`Limiter.snapshot`). */
const WRITE_AHEAD = 32;
const STARTER_PER_MINUTE = 10;

const IDEMPOTENT = {
  headers: { "Idempotency-Key": "e2e-first-page" },
  body: { title: "Contact", status: "published" },
};

describe("npm run dev", { concurrency: false, timeout: 300_000 }, () => {
  const place = makePlace();
  let port;
  let server;
  let demo;
  let clients;
  let created;
  let live;
  let starterSince;

  before(async () => {
    port = await freePort();
    server = startDev(place, port);
    await server.ready();
    demo = place.demo();
    const { baseUrl, keys } = demo;
    clients = Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, clientOf(baseUrl, key)]));
    live = clients.live;
  });

  after(async () => {
    await server.kill();
    place.remove();
  });

  it("writes the demo file, for its owner only", () => {
    assert.deepEqual(Object.keys(demo), ["baseUrl", "workspaceId", "siteId", "otherSiteId", "pageId", "keys"]);
    const keys = ["live", "sandbox", "readOnly", "singleSite", "starter", "messages", "sandboxMessages"];
    assert.deepEqual(Object.keys(demo.keys), keys);
    assert.equal(demo.baseUrl, `http://127.0.0.1:${port}`);
    assert.equal(statSync(place.demoFile).mode & 0o777, 0o600);
  });

  it("prints a purchase that works as it is pasted, from the order to a part of it paid back", () => {
    const lines = /^# Buy a loaf[\s\S]*?^PRODUCT=[\s\S]*?^curl.*\/refunds .*$/m.exec(server.output())[0];
    const said = execFileSync("bash", ["-c", lines], { encoding: "utf8" });
    assert.deepEqual(said.match(/^HTTP\/1.1 \d+/gm), ["HTTP/1.1 201", "HTTP/1.1 201"], said);
    assert.match(said, /"outcome":"applied"/);
  });

  it("fills every list of the demo's shop", async () => {
    const shop = ["products", "categories", "coupons", "orders", "payments", "payment-providers"].map(
      (it) => `shop/${it}`,
    );
    const loyalty = ["members", "tiers", "rules", "rewards", "redemptions"].map((it) => `loyalty/${it}`);
    for (const list of [...shop, ...loyalty, "reviews"]) {
      const { status, body } = await live.get(`/v1/sites/${demo.siteId}/${list}?limit=1`);
      assert.deepEqual([list, status, body.data?.length], [list, 200, 1]);
    }
  });

  it("answers the live key", async () => {
    const me = await live.get("/v1/me");
    assert.equal(me.status, 200, me.text);
    assert.equal(me.body.data.environment, "live");
    assert.equal(me.body.data.tier, "pro");
    assert.equal(me.body.data.workspace.id, demo.workspaceId);
    assert.equal(me.headers.get("X-RateLimit-Limit"), "600");
    const page = await live.get(`/v1/sites/${demo.siteId}/pages/${demo.pageId}`);
    assert.equal(page.body.data.slug, "home");
  });

  it("turns away a key it does not know", async () => {
    const unknown = await clientOf(demo.baseUrl, `${demo.keys.live.slice(0, -1)}~`).get("/v1/me");
    assert.equal(unknown.status, 401);
    assert.equal(unknown.body.error.code, "UNAUTHORIZED");
  });

  it("lets the read-only key read and not write", async () => {
    const pages = `/v1/sites/${demo.siteId}/pages`;
    assert.equal((await clients.readOnly.get(pages)).status, 200);
    const write = await clients.readOnly.post(pages, { body: { title: "No" } });
    assert.equal(write.status, 403);
    assert.equal(write.body.error.details.requiredScope, "pages:write");
  });

  it("keeps the single-site key to its site", async () => {
    assert.equal((await clients.singleSite.get(`/v1/sites/${demo.siteId}`)).status, 200);
    assert.equal((await clients.singleSite.get(`/v1/sites/${demo.otherSiteId}`)).status, 403);
  });

  it("shows the sandbox key its own side only", async () => {
    const sites = await clients.sandbox.get("/v1/sites");
    assert.deepEqual(
      sites.body.data.map((site) => site.name),
      ["Sample site"],
    );
    assert.equal((await clients.sandbox.get(`/v1/sites/${demo.siteId}`)).status, 404);
    const dryRun = await clients.sandbox.post(`/v1/sites/${sites.body.data[0].id}/publish`);
    assert.equal(dryRun.status, 200, dryRun.text);
    assert.equal(dryRun.body.data.dryRun, true);
  });

  it("keeps tenants apart", async () => {
    starterSince = Date.now();
    assert.equal((await clients.starter.get(`/v1/sites/${demo.siteId}`)).status, 404);
  });

  it("names the limit a burst runs into", async () => {
    let answer;
    do answer = await clients.starter.get("/v1/me");
    while (answer.status === 200 && clients.starter.admitted < 10 * STARTER_PER_MINUTE);
    assert.equal(answer.status, 429);
    assert.equal(answer.body.error.details.limit, "requests_per_minute");
    assert.equal(answer.body.error.details.scope, "key");
    assert.ok(Number(answer.headers.get("Retry-After")) >= 1);
    assert.ok(clients.starter.admitted >= STARTER_PER_MINUTE, `only ${clients.starter.admitted} were let in`);
    assert.ok(clients.starter.admitted <= allowedSince(starterSince), `${clients.starter.admitted} were let in`);
  });

  it("answers a repeated Idempotency-Key with the first answer", async () => {
    const path = `/v1/sites/${demo.siteId}/pages`;
    const first = await live.post(path, IDEMPOTENT);
    assert.equal(first.status, 201, first.text);
    assert.equal(first.headers.get("Idempotency-Replayed"), null);
    const again = await live.post(path, IDEMPOTENT);
    assert.equal(again.status, 201);
    assert.equal(again.headers.get("Idempotency-Replayed"), "true");
    assert.equal(again.text, first.text);
    const contacts = await live.get(`${path}?slug=contact`);
    assert.equal(contacts.body.pagination.total, 1);
    created = first;
  });

  it("publishes, cools down, queues and rolls back", async () => {
    const site = `/v1/sites/${demo.siteId}`;
    const published = await live.post(`${site}/publish`);
    assert.equal(published.status, 200, published.text);
    assert.equal(published.body.data.number, 2);
    assert.deepEqual(
      published.body.data.changes.added.map((page) => page.slug),
      ["visit", "contact"],
    );
    const cooling = await live.post(`${site}/publish`);
    assert.equal(cooling.status, 429);
    assert.equal(cooling.body.error.details.limit, "publish_cooldown");
    assert.ok(Number(cooling.headers.get("Retry-After")) > 200);
    const queued = await live.post(`${site}/publish`, { body: { ifCooldown: "queue" } });
    assert.equal(queued.status, 202, queued.text);
    assert.ok(Date.parse(queued.body.data.scheduledAt) > Date.now());
    const back = await live.post(`${site}/rollback`);
    assert.equal(back.status, 200, back.text);
    assert.equal(back.body.data.number, 1);
    assert.equal(back.body.data.status, "live");
  });

  it("seeds only for the script that started it", async () => {
    const response = await fetch(`${demo.baseUrl}/__dev/seed`, { method: "POST", body: "{}" });
    assert.equal(response.status, 404);
  });

  it("runs the scheduled work when told to", async () => {
    const response = await fetch(`${demo.baseUrl}/cdn-cgi/local/scheduled`);
    assert.equal(response.status, 200, await response.text());
  });

  it("says that the port is busy", async () => {
    const second = startDev(makePlace(), port);
    assert.notEqual(await second.exited, 0);
    assert.match(second.output(), new RegExp(`Port ${port} is busy`));
    assert.equal(runningIn(second.group).length, 0);
  });

  it("forgets nothing when it is killed", async () => {
    for (let i = 0; i < 40; i += 1) assert.equal((await live.get("/v1/me")).status, 200);
    await server.kill();
    server = startDev(place, port);
    await server.ready();

    assert.deepEqual(place.demo(), demo);
    const usage = await live.get("/v1/usage");
    assert.equal(usage.status, 200, usage.text);
    const { key, apiCalls } = usage.body.data;
    const others = clients.readOnly.admitted + clients.singleSite.admitted;
    within(key.callsThisMonth, live.admitted, WRITE_AHEAD, "the key's calls this month");
    within(key.callsToday, live.admitted, WRITE_AHEAD, "the key's calls today");
    within(apiCalls.used, live.admitted + others, 3 * WRITE_AHEAD, "the workspace's calls");

    const replay = await live.post(`/v1/sites/${demo.siteId}/pages`, IDEMPOTENT);
    assert.equal(replay.headers.get("Idempotency-Replayed"), "true");
    assert.equal(replay.text, created.text);
    const page = await live.get(created.headers.get("Location"));
    assert.deepEqual(page.body.data, created.body.data);
    const deployments = await live.get(`/v1/sites/${demo.siteId}/deployments`);
    assert.deepEqual(deployments.body.data.map((it) => it.status).sort(), ["cancelled", "live", "superseded"]);
  });

  it("does not hand out the starter's minute again after the kill", async () => {
    let answer;
    do answer = await clients.starter.get("/v1/me");
    while (answer.status === 200 && clients.starter.admitted < 10 * STARTER_PER_MINUTE);
    assert.equal(answer.status, 429);
    assert.ok(clients.starter.admitted <= allowedSince(starterSince), `${clients.starter.admitted} were let in`);
  });

  it("leaves no process behind after Ctrl-C", async () => {
    await server.interrupt();
    await assert.rejects(fetch(`${demo.baseUrl}/v1/health`));
  });
});

/** A bucket of ten that fills by ten a minute lets in no more than this. */
const allowedSince = (since) => STARTER_PER_MINUTE * (1 + (Date.now() - since) / 60_000);

/** Never less than what was admitted, at most `slack` more. */
function within(figure, admitted, slack, what) {
  assert.ok(figure >= admitted && figure <= admitted + slack, `${what}: ${figure}, admitted were ${admitted}`);
}
