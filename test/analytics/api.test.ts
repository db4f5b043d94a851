import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { emptyStorage } from "../support/storage.ts";

const HOUR_MS = 3_600_000;
const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36";

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
let siteId: string;

interface View {
  ip?: string;
  event?: string;
  referrer?: string;
  country?: string;
}

/** What somebody's browser reports, a second after the last: from 12:00 UTC on Friday, 20 November 2026. */
async function visit(path: string, { ip = "198.51.100.1", event = "pageview", referrer, country }: View = {}) {
  clock.advance(1_000);
  const answer = await call("POST", "/api/v1/pixel/track", {
    headers: { "CF-Connecting-IP": ip, "User-Agent": CHROME, ...(country && { "CF-IPCountry": country }) },
    body: { event, url: `https://bakery.example${path}`, site_id: siteId, ...(referrer && { referrer }) },
  });
  expect(answer.body, answer.text).toEqual({ tracked: true });
}

const ask = (query = "") => call("GET", `/v1/sites/${siteId}/analytics${query}`, { headers });

beforeEach(async () => {
  await emptyStorage();
  clock.use();
  clock.time = Date.UTC(2026, 10, 20, 12);
  workspace = await makeWorkspace(clock);
  ({ headers } = await workspace.key());
  siteId = (await call("POST", "/v1/sites", { headers, body: { name: "Blue Door Bakery" } })).body.data.id;
});

describe("asking for figures", () => {
  it("asking for figures of a site nobody has visited answers zeros, not an error", async () => {
    const { status, body } = await ask("?metric=visitors,sessions,bounceRate,revenue,conversionRate&groupBy=source");
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      from: "2026-10-22T00:00:00.000Z",
      to: "2026-11-21T00:00:00.000Z",
      timezone: "UTC",
      totals: { visitors: 0, sessions: 0, bounceRate: null, revenue: [], conversionRate: null },
      groups: [],
      groupCount: 0,
      previous: null,
    });
  });

  it("asking for figures shows an event as soon as it was answered, by source, page and country", async () => {
    await visit("/?utm_source=Letter&utm_medium=email", { country: "DE" });
    await visit("/bread", { country: "DE" });
    await visit("/", { ip: "198.51.100.2", referrer: "https://www.google.com/search" });
    await visit("/", { ip: "198.51.100.2", event: "signup" });
    const bySource = await ask("?metric=visitors,pageViews,events,sessions,bounceRate&groupBy=source,country");
    expect(bySource.body.data.totals).toEqual({ visitors: 2, pageViews: 3, events: 1, sessions: 2, bounceRate: 0 });
    expect(bySource.body.data.groups).toEqual([
      {
        dimensions: { source: "google", country: "unknown" },
        metrics: { visitors: 1, pageViews: 1, events: 1, sessions: 1, bounceRate: 0 },
      },
      {
        dimensions: { source: "letter", country: "DE" },
        metrics: { visitors: 1, pageViews: 2, events: 0, sessions: 1, bounceRate: 0 },
      },
    ]);
    const ofPage = await ask("?metric=pageViews,sessions&page=/bread&groupBy=entryPage");
    expect(ofPage.body.data.groups).toEqual([
      { dimensions: { entryPage: "/" }, metrics: { pageViews: 1, sessions: 1 } },
    ]);
    const top = await ask("?metric=pageViews&groupBy=page&limit=1");
    expect(top.body.data).toMatchObject({ groups: [{ dimensions: { page: "/" } }], groupCount: 2 });
  });

  it("asking for figures by day fills the days of which there is nothing, in the site's own zone", async () => {
    await call("PATCH", `/v1/sites/${siteId}`, { headers, body: { settings: { timezone: "Asia/Kathmandu" } } });
    clock.time = Date.UTC(2026, 10, 20, 18, 20);
    await visit("/");
    const { body } = await ask("?from=2026-11-19&to=2026-11-21&metric=pageViews&groupBy=day");
    expect(body.data.from).toBe("2026-11-18T18:15:00.000Z");
    expect(
      body.data.groups.map((it: { dimensions: object; metrics: object }) => ({ ...it.dimensions, ...it.metrics })),
    ).toEqual([
      { day: "2026-11-19", pageViews: 0 },
      { day: "2026-11-20", pageViews: 0 },
      { day: "2026-11-21", pageViews: 1 },
    ]);
    const hours = await ask("?from=2026-11-21&to=2026-11-21&metric=pageViews&groupBy=hour&direction=asc");
    expect(hours.body.data.groups[0]).toEqual({
      dimensions: { hour: "2026-11-21T00:00:00+05:45" },
      metrics: { pageViews: 1 },
    });
  });

  it("asking for figures compares them with as long a time before", async () => {
    await visit("/");
    clock.advance(24 * HOUR_MS);
    await visit("/");
    await visit("/bread");
    const { body } = await ask("?from=2026-11-21&to=2026-11-21&metric=pageViews&groupBy=page&compare=previous");
    expect(body.data.previous).toEqual({
      from: "2026-11-20T00:00:00.000Z",
      to: "2026-11-21T00:00:00.000Z",
      totals: { pageViews: 1 },
    });
    expect(body.data.groups).toEqual([
      { dimensions: { page: "/" }, metrics: { pageViews: 1 }, previous: { pageViews: 1 } },
      { dimensions: { page: "/bread" }, metrics: { pageViews: 1 }, previous: { pageViews: 0 } },
    ]);
  });

  it("asking for figures refuses what cannot be asked by the parameter's name, and says what can", async () => {
    const cases: [string, string, RegExp][] = [
      ["metric=clicks", "metric", /must be one of visitors, pageViews/],
      ["groupBy=colour", "groupBy", /hour, day/],
      ["groupBy=day,page,source", "groupBy", /must have at most 2 entries/],
      ["groupBy=day,week", "groupBy", /one of/],
      ["groupBy=page&metric=revenue", "groupBy", /orders/],
      ["page=/&metric=orders", "page", /orders/],
      ["from=2026-11-21&to=2026-11-20", "from", /before/],
      ["from=2025-01-01&to=2026-11-20", "from", /400/],
      ["from=yesterday", "from", /date/],
      ["from=2026-11-20T10:07:00Z", "from", /quarter/],
      ["orderBy=events", "orderBy", /of the question/],
      ["compare=next", "compare", /previous/],
      ["limit=0", "limit", /at least 1/],
      ["colour=red", "colour", /./],
    ];
    for (const [query, field, words] of cases) {
      const { status, body } = await ask(`?${query}`);
      expect(status, query).toBe(400);
      expect(JSON.stringify(body.error.fields?.[field] ?? body), query).toMatch(words);
    }
  });

  it("asking for figures is for keys with analytics:read, of the site's own workspace", async () => {
    const other = await makeWorkspace(clock);
    const strange = await other.key();
    const lesser = await workspace.key({ scopes: ["pages:read"] });
    const reader = await workspace.key({ scopes: ["analytics:read"] });
    for (const path of ["", "/realtime", "/export.csv"]) {
      const at = `/v1/sites/${siteId}/analytics${path}`;
      expect((await call("GET", at, { headers: strange.headers })).status).toBe(404);
      expect((await call("GET", at, { headers: lesser.headers })).status).toBe(403);
      expect((await call("GET", at, { headers: reader.headers })).status).toBe(200);
    }
  });
});

describe("who is there", () => {
  it("who is there are the visitors of the last five minutes, with their pages", async () => {
    await visit("/old", { ip: "198.51.100.3" });
    clock.advance(6 * 60_000);
    await visit("/");
    await visit("/bread");
    await visit("/bread", { ip: "198.51.100.2" });
    const { body } = await call("GET", `/v1/sites/${siteId}/analytics/realtime`, { headers });
    expect(body.data).toEqual({
      visitors: 2,
      pages: [
        { page: "/bread", visitors: 2, pageViews: 2 },
        { page: "/", visitors: 1, pageViews: 1 },
      ],
      since: "2026-11-20T12:01:04.000Z",
    });
  });
});

describe("figures as CSV", () => {
  it("figures as CSV are the same, and no spreadsheet takes a page for a formula", async () => {
    await visit("/", { event: "acmd" });
    await visit("/?utm_source=%3DHYPERLINK(1)", { ip: "198.51.100.2" });
    const query = "?metric=visitors,pageViews,revenue&groupBy=source&orderBy=source";
    const {
      status,
      text,
      headers: sent,
    } = await call("GET", `/v1/sites/${siteId}/analytics/export.csv${query}`, { headers });
    expect(status).toBe(200);
    expect(sent.get("Content-Type")).toBe("text/csv; charset=utf-8");
    expect(text).toBe("source,visitors,pageViews,revenue\n'=hyperlink(1),1,1,\ndirect,1,0,\n");
  });
});

describe("orders by source", () => {
  it("orders by source are those of the visit they were placed in; refunds and cancellations are taken off", async () => {
    const product = { title: "Rye", price: 650, currency: "EUR", active: true };
    const { body: made } = await call("POST", `/v1/sites/${siteId}/shop/products`, { headers, body: product });
    await call("PATCH", `/v1/sites/${siteId}`, { headers, body: { status: "published" } });
    await call("POST", `/v1/sites/${siteId}/pages`, {
      headers,
      body: { title: "Home", slug: "home", status: "published" },
    });
    expect((await call("POST", `/v1/sites/${siteId}/publish`, { headers })).status).toBeLessThan(300);
    const order = async (ip: string, quantity: number) => {
      const body = {
        customerName: "Ada",
        customerEmail: "ada@example.com",
        items: [{ productId: made.data.id, quantity }],
        shippingAddress: { line1: "Street 1", postalCode: "10119", city: "Berlin", country: "DE" },
      };
      const sent = { "CF-Connecting-IP": ip, "User-Agent": CHROME, "Idempotency-Key": `o-${ip}-${quantity}` };
      const answer = await call("POST", `/api/checkout?site=${siteId}`, { headers: sent, body });
      expect(answer.status, answer.text).toBe(201);
      return answer.body.id as string;
    };
    await visit("/?utm_source=letter", { ip: "198.51.100.1" });
    await visit("/", { ip: "198.51.100.2", referrer: "https://www.google.com/" });
    const [first, second, third, unknown] = [
      await order("198.51.100.1", 2),
      await order("198.51.100.2", 1),
      await order("198.51.100.2", 3),
      await order("198.51.100.9", 1),
    ];
    const pay = (id: string | undefined, status: string) =>
      call("PATCH", `/v1/sites/${siteId}/shop/orders/${id}`, { headers, body: { status } });
    for (const id of [first, second, third, unknown]) expect((await pay(id, "paid")).status).toBe(200);
    const refund = { amount: 500 };
    await call("POST", `/v1/sites/${siteId}/shop/orders/${first}/refunds`, { headers, body: refund });
    await pay(third, "cancelled");
    const { body } = await ask("?metric=orders,revenue,sessions,conversionRate&groupBy=source&orderBy=source");
    const euros = (amount: number) => [{ currency: "EUR", amount }];
    expect(body.data.totals).toEqual({ orders: 3, revenue: euros(800 + 650 + 650), sessions: 2, conversionRate: 1.5 });
    expect(
      body.data.groups.map((it: { dimensions: object; metrics: object }) => ({ ...it.dimensions, ...it.metrics })),
    ).toEqual([
      { source: "google", orders: 1, revenue: euros(650), sessions: 1, conversionRate: 1 },
      { source: "letter", orders: 1, revenue: euros(800), sessions: 1, conversionRate: 1 },
      { source: "unknown", orders: 1, revenue: euros(650), sessions: 0, conversionRate: null },
    ]);
    const stored = JSON.stringify((await env.DB.prepare("SELECT * FROM order_origins").all()).results);
    expect(stored).not.toMatch(/198\.51|Mozilla|visitor/);
    const csv = await call(
      "GET",
      `/v1/sites/${siteId}/analytics/export.csv?metric=orders,revenue&groupBy=day&from=2026-11-20&to=2026-11-20`,
      { headers },
    );
    expect(csv.text).toBe("day,orders,revenue\n2026-11-20,3,21.00 EUR\n");
  });
});
