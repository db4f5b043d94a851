import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { TestClock } from "../support/fixtures.ts";
import { Client, eventsOf, makeSite, type TestSite } from "../support/client.ts";

const clock = new TestClock();
let at: TestSite;
let number = 0;
/** Slugs and domains are unique among all tenants. */
const unique = (name: string): string => {
  number += 1;
  return `${name}-${number}`;
};

beforeAll(async () => {
  at = await makeSite(clock);
});

describe("a site", () => {
  it("a site starts as a draft in English, with a slug from its name", async () => {
    const { status, body, headers } = await at.api.post("/sites", { name: "Café Zürich" });
    expect(status).toBe(201);
    expect(body.data).toEqual({
      id: expect.stringMatching(/^site_[0-9A-HJKMNP-TV-Z]{26}$/),
      name: "Café Zürich",
      slug: "cafe-zuerich",
      domain: null,
      domainProof: null,
      status: "draft",
      locale: "en",
      locales: ["en"],
      settings: {},
      designTokens: {},
      version: 1,
      createdAt: new Date(clock.time).toISOString(),
      updatedAt: new Date(clock.time).toISOString(),
      publishedAt: null,
    });
    expect(headers.get("Location")).toBe(`/v1/sites/${body.data.id}`);
    expect(headers.get("ETag")).toMatch(/^"v1-/);
    expect(await eventsOf(env.DB, body.data.id)).toEqual([{ type: "site.created", data: body.data }]);
  });

  it("a site keeps every field as it was sent, through PATCH and PUT", async () => {
    const fields = {
      name: "Full",
      slug: unique("full"),
      domain: `www.${unique("full")}.example`,
      status: "archived",
      locale: "de-AT",
      locales: ["en", "de-AT", "zh-Hant-TW"],
      settings: { timezone: "Europe/Vienna", nested: { list: [1, null, "x"] } },
      designTokens: { colorPrimary: "#1d4ed8", fontBody: "Inter, sans-serif" },
    };
    const site = await at.api.create("/sites", fields);
    expect(site).toMatchObject(fields);
    expect((await at.api.get(`/sites/${site.id}`)).body.data).toEqual(site);
    const patched = await at.api.patch(`/sites/${site.id}`, { settings: { only: true }, domain: null });
    expect(patched.body.data).toEqual({
      ...site,
      settings: { only: true },
      domain: null,
      domainProof: null,
      version: 2,
      updatedAt: patched.body.data.updatedAt,
    });
    const put = await at.api.put(`/sites/${site.id}`, { name: "Replaced" });
    expect(put.body.data).toEqual({
      ...site,
      name: "Replaced",
      domain: null,
      domainProof: null,
      status: "draft",
      locale: "en",
      locales: ["en"],
      settings: {},
      designTokens: {},
      version: 3,
      updatedAt: put.body.data.updatedAt,
    });
    expect((await eventsOf(env.DB, site.id)).at(-1)).toEqual({ type: "site.updated", data: put.body.data });
  });

  it("a site has slug and domain to itself, among all tenants; a slug from the name gives way", async () => {
    const stranger = await makeSite(clock);
    const [slug, domain] = [unique("mine"), `${unique("mine")}.example`];
    await at.api.create("/sites", { name: "Mine", slug, domain: domain.toUpperCase() });
    for (const [field, value] of Object.entries({ slug, domain })) {
      const { status, body } = await stranger.api.post("/sites", { name: "Theirs", [field]: value });
      expect(status).toBe(409);
      expect(body.error.code).toBe("CONFLICT");
      expect(Object.keys(body.error.details.fields)).toEqual([field]);
      const moved = await stranger.site.patch("", { [field]: value });
      expect([moved.status, Object.keys(moved.body.error.details.fields)]).toEqual([409, [field]]);
    }
    expect((await stranger.api.create("/sites", { name: slug })).slug).toBe(`${slug}-2`);
  });

  it("a site has its main locale among its locales, each once", async () => {
    for (const [fields, field] of [
      [{ locale: "nl", locales: ["en"] }, "locales"],
      [{ locales: ["en", "en"] }, "locales"],
      [{ locales: [] }, "locales"],
      [{ locale: "english" }, "locale"],
      [{ locale: "EN" }, "locale"],
    ] as const) {
      const { status, body } = await at.api.post("/sites", { name: "Locales", ...fields });
      expect(status).toBe(400);
      expect(Object.keys(body.error.details.fields)).toEqual([field]);
    }
    expect((await at.api.create("/sites", { name: unique("Dutch"), locales: ["nl", "en"] })).locale).toBe("nl");
    const outside = await at.site.patch("", { locale: "nl" });
    expect(Object.keys(outside.body.error.details.fields)).toEqual(["locales"]);
  });

  it.each([
    "javascript:alert(1)",
    "localhost",
    "http://example.com",
    "exa mple.com",
    "-a.example",
    "1.2.3.4",
    "a..b",
    "ü.example",
  ])("a site takes no domain that is none: %s", async (domain) => {
    const { status, body } = await at.site.patch("", { domain });
    expect(status).toBe(400);
    expect(Object.keys(body.error.details.fields)).toEqual(["domain"]);
  });
});

describe("the list of sites", () => {
  let own: TestSite;
  let limited: Client;
  let ids: string[];

  beforeAll(async () => {
    own = await makeSite(clock, { name: "100% Alpha_Bakery" });
    const domain = `${unique("gamma")}.example`;
    const beta = await own.api.create("/sites", { name: "Beta", status: "archived" });
    const gamma = await own.api.create("/sites", { name: "gamma", domain });
    ids = [own.siteId, beta.id, gamma.id];
    const { headers } = await own.workspace.key({ siteIds: [own.siteId, gamma.id] });
    limited = new Client(clock, headers);
  });

  const found = async (client: Client, query: string) => {
    const { body } = await client.get(`/sites?${query}`);
    expect(body.pagination.total).toBe(body.data.length);
    return body.data.map(({ id }: { id: string }) => ids.indexOf(id));
  };

  it("the list of sites shows the workspace's sites, newest change first, in every order", async () => {
    expect(await found(own.api, "")).toEqual([2, 1, 0]);
    expect(await found(own.api, "orderBy=name&direction=asc")).toEqual([0, 1, 2]);
    expect(await found(own.api, "orderBy=name&direction=desc")).toEqual([2, 1, 0]);
    expect(await found(own.api, "orderBy=createdAt&direction=asc")).toEqual([0, 1, 2]);
  });

  it.each(["updatedAt", "createdAt", "name"])(
    "the list of sites pages by %s through everything once",
    async (orderBy) => {
      const seen: number[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const { body } = await own.api.get(`/sites?limit=1&orderBy=${orderBy}${cursor && `&cursor=${cursor}`}`);
        seen.push(...body.data.map(({ id }: { id: string }) => ids.indexOf(id)));
        cursor = body.pagination.nextCursor as string | null;
      }
      expect(seen.sort()).toEqual([0, 1, 2]);
    },
  );

  it("the list of sites filters by status and finds text in name, slug and domain, wildcards taken as they are", async () => {
    expect(await found(own.api, "status=archived")).toEqual([1]);
    expect(await found(own.api, "search=ALPHA")).toEqual([0]);
    expect(await found(own.api, "search=gamma-")).toEqual([2]);
    expect(await found(own.api, "search=100%25")).toEqual([0]);
    expect(await found(own.api, "search=%25")).toEqual([0]);
    expect(await found(own.api, "search=_")).toEqual([0]);
    expect(await found(own.api, "search=%5C")).toEqual([]);
    expect(await found(own.api, `search=${"x".repeat(200)}`)).toEqual([]);
  });

  it("the list of sites shows a key limited to certain sites only those, with their exact total", async () => {
    expect(await found(limited, "")).toEqual([2, 0]);
    expect(await found(limited, "search=beta")).toEqual([]);
    expect(await found(limited, "status=archived")).toEqual([]);
    expect((await limited.get("/sites?limit=1")).body.pagination.total).toBe(2);
    expect((await limited.get(`/sites/${ids[1]}`)).status).toBe(403);
    const made = await limited.post("/sites", { name: "One more" });
    expect(made.status).toBe(403);
    expect(made.body.error.code).toBe("FORBIDDEN");
  });

  it("the list of sites shows a key limited to a site that is gone, or of another workspace, nothing of it", async () => {
    const { headers } = await own.workspace.key({ siteIds: [at.siteId, "site_01KAGW6PSZ0000000000000000"] });
    const lost = new Client(clock, headers);
    expect(await found(lost, "")).toEqual([]);
    expect((await lost.get(`/sites/${at.siteId}`)).status).toBe(404);
  });
});
