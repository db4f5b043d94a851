import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { TestClock } from "../support/fixtures.ts";
import { childrenOf, parseXml } from "../support/xml.ts";
import { makeVisitedSite, type VisitedSite } from "./world.ts";

const clock = new TestClock();
let site: VisitedSite;
let articles = 0;

const textOf = async (path: string) => (await site.visit(path)).text();
const titles = (text: string) => [...text.matchAll(/<h2><a href="[^"]*">(.*?)<\/a><\/h2>/g)].map((match) => match[1]);
const statusOf = async (path: string) => (await site.visit(path)).status;

describe("the list of articles", () => {
  beforeEach(async () => {
    site = await makeVisitedSite(clock, { locale: "en", locales: ["en", "de"] });
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45)
      INSERT INTO posts SELECT ?3 + i, ?1, 'live', ?2, NULL, 'Post ' || i, 'post-' || i, NULL, '', 'published', '[]', 1,
        1760000000000, 1760000000000, 1760000000000 + i, NULL, NULL, NULL FROM n`,
    )
      .bind(site.workspace.id, site.id, articles)
      .run();
    articles += 45;
    await site.publish();
  });
  const numbers = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => `Post ${from - i}`);

  it("the list of articles has the newest first, twenty on a page, each page leading to its neighbours", async () => {
    const first = await textOf("/blog");
    const address = `/s/${site.slug}/blog`;
    expect(titles(first)).toEqual(numbers(45, 26));
    expect(first).toContain(`<a rel="next" href="${address}?page=2">Older</a>`);
    expect(first).not.toContain('rel="prev"');
    expect(first).not.toContain("noindex");
    const second = await textOf("/blog?page=2");
    expect(titles(second)).toEqual(numbers(25, 6));
    expect(second).toContain(`<a rel="prev" href="${address}?page=1">Newer</a>`);
    expect(second).toContain('content="noindex"');
    const last = await textOf("/blog?page=3");
    expect([titles(last), last.includes('rel="next"')]).toEqual([numbers(5, 1), false]);
  });

  it("the list of articles ends where there are no more, and takes what is no number for the first page", async () => {
    expect(await statusOf("/blog?page=4")).toBe(404);
    for (const page of ["0", "-1", "1.5", "x", "1e9", "", "%00"]) {
      expect(titles(await textOf(`/blog?page=${page}`))).toEqual(numbers(45, 26));
    }
    expect(await statusOf("/de/blog")).toBe(404);
  });

  it("the list of articles gives way to a page at its address", async () => {
    await site.page({ title: "Our own blog", slug: "blog" });
    await site.publish();
    expect(await textOf("/blog")).toContain("<h1>Our own blog</h1>");
    expect(await statusOf("/blog/post-7")).toBe(200);
  });

  it("the list of articles is in the sitemap with every article", async () => {
    await site.page({ title: "Home", slug: "home" });
    await site.publish();
    const map = parseXml(await textOf("/sitemap.xml"));
    const found = map.children.map((it) => childrenOf(it, "loc")[0]?.text);
    const articles = numbers(45, 1).map(
      (title) => `https://api.example.com/s/${site.slug}/blog/${title.toLowerCase().replace(" ", "-")}`,
    );
    expect(found).toEqual(expect.arrayContaining(articles));
    expect(found.length).toBe(45 + 1);
  });
});
