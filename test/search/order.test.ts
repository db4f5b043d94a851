import { beforeAll, describe, expect, it } from "vitest";
import { addUser } from "../../src/platform/users/service.ts";
import { Client, makeSite, type TestSite } from "../support/client.ts";
import { TestClock } from "../support/fixtures.ts";

/** In the order of their keys: digits, Latin, Greek, Cyrillic, each without case and accents; digit by digit. */
const TITLES = [
  "10 Wege",
  "9 Wege",
  "äpfel",
  "Apfelmus",
  "Éclair",
  "IRMAK",
  "ızgara",
  "İzmir",
  "Straße",
  "strasser",
].concat(["Zebra", "Άλφα", "ωμέγα", "Абрикос", "Ёжик", "жук", "ира", "Йод", "яблоко"], ["ﾊﾟﾝ", "我家"]);
const SHUFFLED = TITLES.map((title, nth) => ({ title, nth: (nth * 8) % TITLES.length }))
  .sort((a, b) => a.nth - b.nth)
  .map(({ title }) => title);

const clock = new TestClock();
let at: TestSite;
let platform: Client;
let items: Client;

beforeAll(async () => {
  at = await makeSite(clock);
  platform = new Client(clock, (await at.workspace.key({ accountAccess: true, name: "" })).headers, "/api/v1");
  items = new Client(clock, at.api.headers, "/api/backend");
  for (const [nth, title] of SHUFFLED.entries()) {
    await at.site.create("/pages", { title });
    await at.api.create("/sites", { name: title });
    await platform.create("/posts", { title, site_id: at.siteId });
    await platform.create("/api-keys", { name: title });
    await platform.create("/workspaces", { name: title, tier: "free" });
    const ctx = at.workspace.context();
    addUser({ ctx, input: { name: title, email: `m${nth}@example.com`, role: "member" } });
    await ctx.unit.commit();
  }
});

const named = (it: { title?: string; name?: string }): string => (it.title ?? it.name) as string;

const LISTS: Record<
  string,
  (sign: "" | "-") => Promise<{ text: string; body: { data?: object[]; items?: object[] } }>
> = {
  "pages on /v1": (sign) => at.site.get(`/pages?limit=100&orderBy=title&direction=${sign ? "desc" : "asc"}`),
  "sites on /v1": (sign) => at.api.get(`/sites?limit=100&orderBy=name&direction=${sign ? "desc" : "asc"}`),
  "posts on /api/v1": (sign) => platform.get(`/posts?per_page=100&sort=${sign}title`),
  "keys on /api/v1": (sign) => platform.get(`/api-keys?per_page=100&sort=${sign}name`),
  "workspaces on /api/v1": (sign) => platform.get(`/workspaces?per_page=100&sort=${sign}name`),
  "members on /api/v1": (sign) => platform.get(`/users?per_page=100&sort=${sign}name`),
  "pages on /api": (sign) => items.get(`/item?table=pages&site=${at.siteId}&per_page=100&sort=${sign}title`),
  "the menu on /api": (sign) => items.get(`/item?table=menu&site=${at.siteId}&per_page=100&sort=${sign}title`),
  "articles on /api": (sign) => items.get(`/item?table=blog_articles&site=${at.siteId}&per_page=100&sort=${sign}title`),
};

describe("the order by a title", () => {
  it.each(Object.entries(LISTS))(
    "the order by a title or name is by one folded key, in every script: %s",
    async (_, ask) => {
      for (const sign of ["", "-"] as const) {
        const { body, text } = await ask(sign);
        const shown = (body.data ?? body.items ?? []).map(named).filter((it) => TITLES.includes(it));
        expect(shown, text.slice(0, 300)).toEqual(sign ? [...TITLES].reverse() : TITLES);
      }
    },
  );

  it("the order by a title follows its changes", async () => {
    const one = await makeSite(clock);
    const [first] = [
      await one.site.create("/pages", { title: "Ähre" }),
      await one.site.create("/pages", { title: "Brot" }),
    ];
    await one.site.patch(`/pages/${first.id}`, { title: "Çörek" });
    const { body } = await one.site.get("/pages?orderBy=title&direction=asc");
    expect(body.data.map(named)).toEqual(["Brot", "Çörek"]);
  });
});
