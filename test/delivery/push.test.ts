import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { openSubscription, type BrowserSubscription } from "../../src/push/subscription.ts";
import { browsers } from "../content/push/world.ts";
import { call, START, TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";

const clock = new TestClock();
const OWN = { Origin: "https://api.example.com", "Sec-Fetch-Site": "same-origin" };
let visitors = 0;

beforeEach(() => {
  clock.use();
  clock.time = START;
});

/** A visitor with an address of its own. */
const visitor = (): Record<string, string> => {
  visitors += 1;
  return { ...OWN, "CF-Connecting-IP": `203.0.113.${visitors}` };
};

async function published(): Promise<VisitedSite> {
  const site = await makeVisitedSite(clock);
  await site.page({ title: "Home", slug: "home", blocks: [{ type: "PushOptInButton", props: { topics: ["news"] } }] });
  await site.publish();
  return site;
}

const subscribe = (site: VisitedSite, body: object, headers = visitor()) =>
  call("POST", `/api/push/subscriptions?site=${site.slug}`, { headers, body });
const unsubscribe = (site: VisitedSite, endpoint: string, headers = visitor()) =>
  call("DELETE", `/api/push/subscriptions?site=${site.slug}`, { headers, body: { endpoint } });
const one = async (behaviour = "ok") => (await browsers(1, behaviour))[0] as BrowserSubscription;
const listed = async (site: VisitedSite) => (await site.ask("GET", "/push/subscriptions")).body;

describe("a visitor's subscription", () => {
  it("one address is one row, however often and from however many windows it subscribes, with what was said last", async () => {
    const site = await published();
    const browser = await one();
    const sent = await Promise.all([1, 2, 3].map(() => subscribe(site, { ...browser, locale: "en" })));
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    const again = await subscribe(site, { ...browser, expirationTime: null, topics: ["news"] });
    expect([again.status, again.body]).toEqual([200, { locale: "en", topics: ["news"] }]);
    const { origin, host, pathname } = new URL(browser.endpoint);
    for (const endpoint of [
      `${browser.endpoint}#1`,
      `https://${host.toUpperCase()}${pathname}`,
      `${origin}/.${pathname}`,
    ]) {
      expect([endpoint, (await subscribe(site, { ...browser, endpoint })).status]).toEqual([endpoint, 200]);
    }
    const { data, pagination } = await listed(site);
    expect(pagination.total).toBe(1);
    expect(data[0]).toMatchObject({ host: "push.service-of-tests.com", locale: "en", topics: ["news"] });
    expect(JSON.stringify(data)).not.toContain(new URL(browser.endpoint).pathname);
  });

  it("neither its address nor its keys can be read in the database, and they are opened for sending alone", async () => {
    const site = await published();
    const browser = await one();
    await subscribe(site, browser);
    const row = await env.DB.prepare("SELECT * FROM push_subscriptions WHERE site_id = ?").bind(site.id).first();
    const stored = JSON.stringify(row);
    for (const secret of [new URL(browser.endpoint).pathname, browser.keys.auth, browser.keys.p256dh])
      expect(stored).not.toContain(secret);
    const { endpoint_hash: endpointHash, sealed } = row as Record<string, string>;
    const place = { siteId: site.id, endpointHash: endpointHash as string, sealed: sealed as string };
    expect(await openSubscription(env, place)).toEqual(browser);
    await expect(openSubscription(env, { ...place, siteId: "site_other" })).rejects.toThrow("cannot be opened");
    const keys = await env.DB.prepare("SELECT * FROM push_keys WHERE site_id = ?").bind(site.id).first();
    expect(keys).toBeNull();
    await call("GET", `/api/push/key?site=${site.slug}`, { headers: visitor() });
    const made = await env.DB.prepare("SELECT private_key FROM push_keys WHERE site_id = ?")
      .bind(site.id)
      .first<string>("private_key");
    expect(made).toMatch(/^v1\./);
  });

  it("a browser whose subscription changes takes along what it wanted to hear of, and the former one is no more", async () => {
    const site = await published();
    const [before, after] = [await one(), await one()];
    await subscribe(site, { ...before, locale: "de", topics: ["rye"] });
    const moved = await subscribe(site, { ...after, replaces: before.endpoint });
    expect([moved.status, moved.body]).toEqual([201, { locale: "de", topics: ["rye"] }]);
    expect((await listed(site)).pagination.total).toBe(1);
  });

  it("it is ended by its address, and of an address that is not there nothing is said", async () => {
    const site = await published();
    const other = await published();
    const browser = await one();
    await subscribe(site, browser);
    expect((await unsubscribe(other, browser.endpoint)).status).toBe(204);
    expect((await listed(site)).pagination.total).toBe(1);
    expect((await unsubscribe(site, browser.endpoint)).status).toBe(204);
    expect((await unsubscribe(site, browser.endpoint)).status).toBe(204);
    expect((await listed(site)).pagination.total).toBe(0);
  });

  it("the key of a website is the same for everybody and for good, and another one for every website", async () => {
    const [site, other] = [await published(), await published()];
    const keyOf = async ({ slug }: VisitedSite) =>
      (await call("GET", `/api/push/key?site=${slug}`, { headers: visitor() })).body.publicKey;
    const keys = await Promise.all([keyOf(site), keyOf(site), keyOf(site), keyOf(other)]);
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toBe(keys[2]);
    expect(keys[0]).toMatch(/^B[A-Za-z0-9_-]{86}$/);
  });
});

describe("what cannot be subscribed", () => {
  it("addresses within networks, without TLS or of another scheme, and keys that are no point of the curve", async () => {
    const site = await published();
    const browser = await one();
    const wrong = async (change: object) => {
      const { status, body } = await subscribe(site, { ...browser, ...change });
      return [status, ...Object.keys(body.errors ?? {})];
    };
    for (const endpoint of [
      "http://push.example.com/a",
      "https://127.0.0.1/a",
      "https://10.0.0.8/a",
      "https://[::1]/a",
      "https://localhost/a",
      "https://metadata.google.internal/a",
      "https://user:word@push.example.com/a",
      "https://push.example.com:22/a",
      "ftp://push.example.com/a",
      `https://push.example.com/${"a".repeat(2_000)}`,
    ])
      expect(await wrong({ endpoint }), endpoint).toEqual([422, "endpoint"]);
    const { p256dh, auth } = browser.keys;
    expect(await wrong({ keys: { p256dh: `B${"A".repeat(86)}`, auth } })).toEqual([422, "keys.p256dh"]);
    expect(await wrong({ keys: { p256dh: "A", auth } })).toEqual([422, "keys.p256dh"]);
    expect(await wrong({ keys: { p256dh, auth: "A" } })).toEqual([422, "keys.auth"]);
    expect(await wrong({ topics: ["Not a topic"] })).toEqual([422, "topics.0"]);
    expect((await subscribe(site, { ...browser, more: 1 })).status).toBe(422);
    expect((await listed(site)).pagination.total).toBe(0);
  });

  it("from a page of another website nobody is subscribed, nor ended, and no preflight lets one try", async () => {
    const site = await published();
    const browser = await one();
    const foreign = { ...visitor(), Origin: "https://evil.example.com", "Sec-Fetch-Site": "cross-site" };
    expect((await subscribe(site, browser, foreign)).body.message).toMatch(/page of the website itself/);
    expect((await subscribe(site, browser, { ...visitor(), Origin: "null" })).status).toBe(400);
    await subscribe(site, browser);
    expect((await unsubscribe(site, browser.endpoint, foreign)).status).toBe(400);
    expect((await listed(site)).pagination.total).toBe(1);
    const preflight = await call("OPTIONS", `/api/push/subscriptions?site=${site.slug}`, {
      headers: { ...foreign, "Access-Control-Request-Method": "POST" },
    });
    expect(preflight.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });

  it("an address has ten calls at once, and then waits", async () => {
    const site = await published();
    const headers = visitor();
    const browser = await one();
    const all = await Promise.all(Array.from({ length: 14 }, () => subscribe(site, browser, headers)));
    expect(all.filter(({ status }) => status === 429)).toHaveLength(4);
    expect((await subscribe(site, browser)).status).toBe(200);
  });
});

describe("a published page with the button", () => {
  it("loads its script and style, and the service worker lies where the site begins; other pages load neither", async () => {
    const site = await published();
    await site.page({ title: "Plain", slug: "plain", blocks: [] });
    await site.publish();
    const page = await (await site.visit("/")).text();
    expect(page).toContain("push.js");
    expect(page).toMatch(/<section class="block push" data-push hidden data-topics="news">/);
    expect(await (await site.visit("/plain")).text()).not.toContain("push.js");
    const worker = await site.visit("/push-worker.js");
    expect([worker.status, worker.headers.get("Content-Type")]).toEqual([200, "text/javascript; charset=utf-8"]);
    expect(await worker.text()).toContain(`?site=${site.id}`);
    expect(await (await site.visit("/index.md")).text()).not.toContain("Turn on");
  });
});
