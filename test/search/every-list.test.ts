import { beforeAll, describe, expect, it } from "vitest";
import { openApiDocument } from "../../src/openapi.ts";
import { submitReport } from "../../src/platform/seo/service.ts";
import { addUser } from "../../src/platform/users/service.ts";
import { Client, makeSite, type TestSite } from "../support/client.ts";
import { TestClock } from "../support/fixtures.ts";
import { makeForm, makeSubmission } from "../support/forms.ts";
import { DOT, formOf } from "../support/pictures.ts";
import { SAMPLES } from "./texts.ts";

type Made = { id: string | number };
type Found = unknown[];

/** One list: how something with a text comes into it, and what it finds. */
interface Searched {
  make: (text: string, nth: number) => Promise<Made>;
  find: (search: string) => Promise<Found>;
}

const clock = new TestClock();
let at: TestSite;
let platform: Client;
let items: Client;
let product: string;
let collector: string;
let service: string;

/** Appointments can be at any time. */
const ALWAYS = [
  {
    days: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    opens: "00:00",
    closes: "00:00",
  },
];

beforeAll(async () => {
  at = await makeSite(clock, { settings: { booking: { hours: ALWAYS } } });
  platform = new Client(clock, (await at.workspace.key({ accountAccess: true })).headers, "/api/v1");
  items = new Client(clock, at.api.headers, "/api/backend");
  product = (await at.site.create("/shop/products", { title: "Loaf", price: 100 })).id;
  service = (await at.site.create("/booking/services", { name: "Talk", durationMinutes: 60, capacity: 10_000 })).id;
  collector = (await at.site.create("/loyalty/members", { email: "ada@example.com" })).id;
  await at.site.create("/loyalty/earn", { memberId: collector, points: 1_000, description: "To be spent" });
});

async function idsAt(client: Client, path: string, search: string): Promise<Found> {
  const { status, body, text } = await client.get(`${path}&search=${encodeURIComponent(search)}`);
  expect(status, `${search}: ${text}`).toBe(200);
  return (body.data ?? body.items).map(({ id }: Made) => id);
}

const page = (text: string) => at.site.create("/pages", { title: text });
const article = (text: string) => platform.create("/posts", { title: text, site_id: at.siteId });
const goods = (text: string) => at.site.create("/shop/products", { title: text, price: 100 });
const reward = (text: string) => at.site.create("/loyalty/rewards", { title: text, cost: 1 });
const customBlock = (text: string) => at.site.create("/blocks/custom", { label: text, template: {} });
const file = (alt: string) => at.site.create("/media", formOf(DOT, "picture.png", { alt }));

/** Something that is made and deleted again lies in the trash under its id. */
async function trashed(client: Client, path: string, made: Promise<Made>): Promise<Made> {
  const { id } = await made;
  await client.delete(`${path}/${id}`);
  return { id };
}

const ofTable = (table: string) => (search: string) => {
  // A call a second is what the Delivery API allows.
  clock.advance(1_000);
  return idsAt(items, `/item?table=${table}&site=${at.siteId}&per_page=100`, search);
};
const order = (text: string) =>
  at.site.create("/shop/orders", {
    customerName: text,
    customerEmail: "ada@example.com",
    items: [{ productId: product }],
  });

/** At a table of its own: all are of one evening. */
async function reservation(name: string): Promise<Made> {
  const { id } = await at.site.create("/reservation/tables", { name: "Table", capacity: 2 });
  const asked = { date: "2030-01-15", time: "19:30", partySize: 2, walkIn: true, tableId: id };
  return at.site.create("/reservation/reservations", { ...asked, customer: { name } });
}

/** All come to one appointment. */
async function booking(name: string): Promise<Made> {
  const asked = { serviceId: service, date: "2026-11-25", startTime: "09:00" };
  return at.site.create("/booking/bookings", { ...asked, customer: { name, email: "ada@example.com" } });
}

async function member(name: string, nth: number): Promise<Made> {
  const ctx = at.workspace.context();
  const user = addUser({ ctx, input: { name, email: `member${nth}@example.com`, role: "member" } });
  await ctx.unit.commit();
  return user;
}

/** Findings are told apart by their address. */
async function finding(type: string, nth: number): Promise<Made> {
  const ctx = at.workspace.context();
  const url = `https://example.com/${nth}`;
  await submitReport({ ctx, input: { url, scores: {}, issues: [{ type, severity: "info" }] } });
  await ctx.unit.commit();
  return { id: url };
}

async function findings(search: string): Promise<Found> {
  const path = `/seo/issues/${at.workspace.id}?per_page=100&search=${encodeURIComponent(search)}`;
  return (await platform.get(path)).body.data.map(({ url }: { url: string }) => url);
}

async function toolPages(search: string): Promise<Found> {
  const args = { siteId: at.siteId, search, limit: 100 };
  const { body, text } = await platform.post("/mcp/tools/call", {
    server: "optimocms",
    tool: "list_pages",
    arguments: args,
  });
  expect(body.result, text).toBeDefined();
  return body.result.pages.map(({ id }: Made) => id);
}

/** The form whose submissions are searched. */
let formId = "";

const LISTS: Record<string, Searched> = {
  listSites: {
    make: (name) => at.api.create("/sites", { name }),
    find: (text) => idsAt(at.api, "/sites?limit=100", text),
  },
  listPages: {
    make: (body) =>
      at.site.create("/pages", { title: "Page", blocks: [{ type: "TextSection", props: { list: [{ body }] } }] }),
    find: (text) => idsAt(at.site, "/pages?limit=100", text),
  },
  listSubmissions: {
    make: async (message) => {
      formId ||= await makeForm(at.siteId);
      return { id: await makeSubmission(at.siteId, formId, { message }) };
    },
    find: (text) => idsAt(at.site, `/forms/${formId}/submissions?limit=100`, text),
  },
  "listPages by title": { make: page, find: (text) => idsAt(at.site, "/pages?limit=100", text) },
  listCustomBlocks: { make: customBlock, find: (text) => idsAt(at.site, "/blocks/custom?limit=100", text) },
  listProducts: { make: goods, find: (text) => idsAt(at.site, "/shop/products?limit=100", text) },
  listOrders: { make: order, find: (text) => idsAt(at.site, "/shop/orders?limit=100", text) },
  listCategories: {
    make: (text) => at.site.create("/shop/categories", { name: text }),
    find: (text) => idsAt(at.site, "/shop/categories?limit=100", text),
  },
  listLoyaltyMembers: {
    make: (name) => at.site.create("/loyalty/members", { name, email: `${crypto.randomUUID()}@example.com` }),
    find: (text) => idsAt(at.site, "/loyalty/members?limit=100", text),
  },
  listRewards: { make: reward, find: (text) => idsAt(at.site, "/loyalty/rewards?limit=100", text) },
  listRedemptions: {
    make: async (text) => at.site.create("/loyalty/redeem", { memberId: collector, rewardId: (await reward(text)).id }),
    find: (text) => idsAt(at.site, "/loyalty/redemptions?limit=100", text),
  },
  listReviews: {
    make: (text) => at.site.create("/reviews", { rating: 5, text, author: "Ada Baker" }),
    find: (text) => idsAt(at.site, "/reviews?limit=100", text),
  },
  listCampaigns: {
    make: (title) => at.site.create("/push/campaigns", { title, body: "Fresh", status: "draft" }),
    find: (text) => idsAt(at.site, "/push/campaigns?limit=100", text),
  },
  listBookingServices: {
    make: (name) => at.site.create("/booking/services", { name, durationMinutes: 60 }),
    find: (text) => idsAt(at.site, "/booking/services?limit=100", text),
  },
  listBookings: {
    make: booking,
    find: (text) => idsAt(at.site, "/booking/bookings?limit=100", text),
  },
  listStaff: {
    make: (name) => at.site.create("/booking/staff", { name }),
    find: (text) => idsAt(at.site, "/booking/staff?limit=100", text),
  },
  listMessageTemplates: {
    make: (name) => at.site.create("/message-templates", { name, subject: "Hello", text: "Hello" }),
    find: (text) => idsAt(at.site, "/message-templates?limit=100", text),
  },
  listReservationTables: {
    make: (name) => at.site.create("/reservation/tables", { name, capacity: 4 }),
    find: (text) => idsAt(at.site, "/reservation/tables/all?limit=100", text),
  },
  listReservations: {
    make: reservation,
    find: (text) => idsAt(at.site, "/reservation/reservations?limit=100", text),
  },
  listApiKeys: {
    make: (name) => platform.create("/api-keys", { name }),
    find: (text) => idsAt(platform, "/api-keys?per_page=100", text),
  },
  listWorkspaces: {
    make: (name) => platform.create("/workspaces", { name, tier: "free" }),
    find: (text) => idsAt(platform, "/workspaces?per_page=100", text),
  },
  listPosts: {
    make: (content) => platform.create("/posts", { title: "Post", content }),
    find: (text) => idsAt(platform, "/posts?per_page=100", text),
  },
  listUsers: { make: member, find: (text) => idsAt(platform, "/users?per_page=100", text) },
  listWebhooks: {
    make: (description) =>
      platform.create("/webhooks", { url: "https://example.com/", events: ["post.created"], description }),
    find: (text) => idsAt(platform, "/webhooks?per_page=100", text),
  },
  listMedia: { make: file, find: (text) => idsAt(at.site, "/media?limit=100", text) },
  listRedirects: {
    make: (text, nth) => at.site.create("/redirects", { from: `/${encodeURIComponent(text)}/${nth}`, to: "/" }),
    find: (text) => idsAt(at.site, "/redirects?limit=100", text),
  },
  listTrash: {
    make: (text) => trashed(at.site, "/pages", page(text)),
    find: (text) => idsAt(at.site, "/trash?limit=100", text),
  },
  listTrashedPosts: {
    make: (title) => trashed(platform, "/posts", platform.create("/posts", { title })),
    find: (text) => idsAt(platform, "/trash?per_page=100", text),
  },
  listSeoIssues: { make: finding, find: findings },
  listItems: { make: page, find: ofTable("pages") },
  "listItems of menu": { make: page, find: ofTable("menu") },
  "listItems of blog_articles": { make: article, find: ofTable("blog_articles") },
  "listItems of s_products": { make: goods, find: ofTable("s_products") },
  "listItems of s_orders": { make: order, find: ofTable("s_orders") },
  "list_pages, a tool": { make: page, find: toolPages },
};

/** What is searched there is made by us, of ASCII letters. */
const OF_ASCII = [
  ...["listCoupons", "listAuditLog", "listWebhookDeliveries"],
  // Of addresses.
  ...["listSubscribers", "listMailSuppressions", "listMessages"],
];

interface Operation {
  operationId: string;
  parameters?: { name: string }[];
}

/** Lists that are searched each in their own way: they are asked everything, the others one thing of each text. */
const ASKED_ALL = ["listPages", "listPosts"];

/** One of some, another for each list. */
const chosen = (list: string, of: readonly string[]): string[] => {
  if (ASKED_ALL.includes(list)) return [...of];
  return of.length === 0 ? [] : [of[Object.keys(LISTS).indexOf(list) % of.length] as string];
};

describe("search on every surface", () => {
  it.each(Object.entries(LISTS))(
    "search folds case and accents in every script and finds words within texts without spaces: %s",
    async (list, { make, find }) => {
      const made: Made[] = [];
      for (const [nth, { text }] of SAMPLES.entries()) made.push(await make(text, nth));
      const asked = SAMPLES.flatMap(({ text, found, not = [] }, nth) => [
        ...chosen(list, found).map((search) => ({ text, nth, search, isFound: true })),
        ...chosen(list, not).map((search) => ({ text, nth, search, isFound: false })),
      ]);
      for (const { text, nth, search, isFound } of asked) {
        const ids = await find(search);
        expect([text, search, ids.includes(made[nth]?.id)]).toEqual([text, search, isFound]);
        if (search.length > 1) expect([search, ids.length < made.length]).toEqual([search, true]);
      }
    },
  );

  it("search folds on every list that can be searched", () => {
    const { paths } = openApiDocument("https://api.example.com") as {
      paths: Record<string, Record<string, Operation>>;
    };
    const searched = Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .filter(({ parameters }) => parameters?.some(({ name }) => name === "search"))
      .map(({ operationId }) => operationId);
    expect(searched.length).toBeGreaterThan(10);
    expect(searched.filter((it) => !(it in LISTS) && !OF_ASCII.includes(it))).toEqual([]);
  });

  it("search finds nothing by what holds nothing to compare, and by ASCII written wide", async () => {
    await at.site.create("/shop/coupons", { code: "WINTER10", type: "percentage", value: 10 });
    expect(await idsAt(at.site, "/shop/coupons?limit=100", "ｗｉｎｔｅｒ")).toHaveLength(1);
    await platform.create("/posts", { title: "Anything" });
    for (const search of ["\u0301", "\u200d\u00ad", "ـ"])
      expect(await idsAt(platform, "/posts?per_page=100", search)).toEqual([]);
  });
});
