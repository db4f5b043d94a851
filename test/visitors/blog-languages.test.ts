import { beforeEach, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "./world.ts";

const clock = new TestClock();
let site: VisitedSite;

const visit = async (path: string) => {
  const response = await site.visitAfresh(path);
  return response.status === 200 ? response.text() : response.status;
};
const titles = async (path: string) =>
  [...String(await visit(path)).matchAll(/<h2><a href="[^"]*">(.*?)<\/a><\/h2>/g)].map(([, title]) => title);
const feed = async (path: string) => JSON.parse(await (await site.visit(path)).text());
const send = (method: string, path: string, body: unknown) => call(method, path, { headers: site.headers, body });

beforeEach(async () => {
  site = await makeVisitedSite(clock, { locales: ["en", "de", "fr"] });
  const home = await site.page({ title: "Home", slug: "home" });
  await site.page({ title: "Start", slug: "home", locale: "de", translationOf: home });
  await site.post({ title: "News", slug: "news" });
  await site.post({ title: "Neues", slug: "neues", locale: "de" });
});

describe("a blog in several languages", () => {
  it("a blog in several languages shows each its own articles, at addresses, in feeds and menus of its own", async () => {
    await site.publish();
    expect([await titles("/blog"), await titles("/de/blog"), await visit("/fr/blog")]).toEqual([
      ["News"],
      ["Neues"],
      404,
    ]);
    expect(await visit("/de/blog/neues")).toContain('<html lang="de"');
    expect([await visit("/blog/neues"), await visit("/de/blog/news")]).toEqual([404, 404]);
    const [english, german] = [await feed("/feed.json"), await feed("/de/feed.json")];
    expect([english.language, german.language]).toEqual(["en", "de"]);
    expect(german.items.map((it: { url: string }) => it.url)).toEqual([
      `https://api.example.com/s/${site.slug}/de/blog/neues`,
    ]);
    expect(german.feed_url).toBe(`https://api.example.com/s/${site.slug}/de/feed.json`);
    const atom = await (await site.visit("/de/feed.xml")).text();
    expect(atom).toContain('xml:lang="de"');
    const start = await (await site.visit("/de/")).text();
    expect(start).toContain(`href="https://api.example.com/s/${site.slug}/de/feed.xml"`);
    expect(start).toContain(`<a href="/s/${site.slug}/de/blog">Blog</a>`);
  });

  it("a blog in several languages names its lists in the others", async () => {
    await site.publish();
    const text = await (await site.visit("/de/blog")).text();
    const alternates = [...text.matchAll(/hreflang="([^"]*)" href="(http[^"]*)"/g)].map(([, ...it]) => it);
    const base = `https://api.example.com/s/${site.slug}`;
    expect(alternates).toEqual([
      ["de", `${base}/de/blog`],
      ["en", `${base}/blog`],
      ["x-default", `${base}/blog`],
    ]);
  });

  it("a blog's languages are those of its website, which keeps them while there are posts", async () => {
    const refused = await send("POST", "/api/v1/posts", { title: "Nieuws", site_id: site.id, locale: "nl" });
    expect([refused.status, Object.keys(refused.body.errors)]).toEqual([422, ["locale"]]);
    await site.post({ title: "Nouvelles", slug: "nouvelles", locale: "fr" });
    const kept = await send("PATCH", `/v1/sites/${site.id}`, { locales: ["en", "de"] });
    expect([kept.status, Object.keys(kept.body.error.details.fields)]).toEqual([409, ["locales"]]);
  });
});
