import { beforeEach, describe, expect, it } from "vitest";
import { call, START, TestClock } from "../support/fixtures.ts";
import { expectTidy } from "../support/publishing.ts";
import { childrenOf, parseXml } from "../support/xml.ts";
import { makeVisitedSite, type VisitedSite } from "./world.ts";

const clock = new TestClock();
let site: VisitedSite;

const textOf = async (path: string) => (await site.visit(path)).text();
const titles = (text: string) => [...text.matchAll(/<h2><a href="[^"]*">(.*?)<\/a><\/h2>/g)].map((match) => match[1]);
const status = async (path: string) => {
  const response = await site.visitAfresh(path);
  return [response.status, response.headers.get("Location")];
};

beforeEach(async () => {
  clock.time = START;
  site = await makeVisitedSite(clock, { name: "Bakery", locale: "en", locales: ["en", "de"] });
  await site.page({ title: "Home", slug: "home" });
  await site.publish();
});

describe("a website without articles", () => {
  it("a website without articles has no blog, names no feed, and its feeds are empty", async () => {
    expect(await status("/blog")).toEqual([404, null]);
    expect(await textOf("/")).not.toContain("feed.xml");
    expect(childrenOf(parseXml(await textOf("/feed.xml")), "entry")).toEqual([]);
    expect(JSON.parse(await textOf("/feed.json")).items).toEqual([]);
  });
});

describe("an article", () => {
  let post: number;
  beforeEach(async () => {
    post = await site.post({
      title: "Why we bake at night",
      slug: "night",
      excerpt: "Because of the <dough>.",
      content: "<h2>Slowly</h2><p>It takes <strong>twelve</strong> hours.</p>",
      tags: ["bread", "work & rest"],
    });
    await site.post({ title: "Not yet", slug: "not-yet", status: "draft" });
    await site.post({ title: "Archived", slug: "archived", status: "archived" });
    const body = { title: "Elsewhere", slug: "elsewhere", status: "published" };
    const other = await call("POST", "/v1/sites", { headers: site.headers, body: { name: "Other" } });
    await site.post({ ...body, site_id: other.body.data.id });
    await site.post({ ...body, slug: "nowhere", site_id: null });
    await site.publish();
  });

  it("an article has a page with its title, day, excerpt, content and tags, and names the feed", async () => {
    const text = await textOf("/blog/night");
    expect(text).toContain("<title>Why we bake at night · Bakery</title>");
    expect(text).toContain('<meta property="og:type" content="article">');
    expect(text).toContain('<time datetime="2026-11-20T12:');
    expect(text).toContain(">November 20, 2026</time>");
    expect(text).toContain('<p class="lead">Because of the &lt;dough&gt;.</p>');
    expect(text).toContain("<h2>Slowly</h2><p>It takes <strong>twelve</strong> hours.</p>");
    expect(text).toContain('<ul class="tags"><li>bread</li><li>work &amp; rest</li></ul>');
    expect(text).toContain(
      `type="application/atom+xml" title="Bakery" href="https://api.example.com/s/${site.slug}/feed.xml"`,
    );
    expect(text.match(/<h1/g)).toHaveLength(1);
  });

  it("an article is shown of this website alone, and only when it is published", async () => {
    for (const slug of ["not-yet", "archived", "elsewhere", "nowhere"]) {
      expect(await status(`/blog/${slug}`)).toEqual([404, null]);
    }
    expect(titles(await textOf("/blog"))).toEqual(["Why we bake at night"]);
    for (const path of ["/feed.xml", "/feed.json", "/sitemap.xml"]) {
      const text = await textOf(path);
      expect(text).toContain("/blog/night");
      expect(text).not.toMatch(/not-yet|archived|elsewhere|nowhere/);
    }
    expect(await status("/de/blog/night")).toEqual([404, null]);
    expect(await status("/night")).toEqual([404, null]);
  });

  it("an article is no page: neither the Delivery API's pages nor its menu have it, nor is it counted as one", async () => {
    const ask = async (path: string) => (await call("GET", path, { headers: site.headers })).body;
    const pages = await ask(`/api/pages?site=${site.id}`);
    expect([pages.total, pages.items.map((it: { title: string }) => it.title)]).toEqual([1, ["Home"]]);
    const menu = await ask(`/api/menu?site=${site.id}`);
    expect(menu.items.map((it: { label: string }) => it.label)).toEqual(["Home"]);
    const [last] = (await site.ask("GET", "/deployments?direction=desc")).body.data;
    expect(last).toMatchObject({
      pageCount: 1,
      changes: { added: [{ kind: "post", id: String(post), slug: "blog/night" }] },
    });
  });

  it("an article is changed for visitors by the next publish, and not before", async () => {
    await site.changePost(post, { content: "<p>Thirteen hours.</p>" });
    expect(await textOf("/blog/night")).toContain("twelve");
    await site.publish();
    expect(await textOf("/blog/night")).toContain("<p>Thirteen hours.</p>");
  });

  it("an article is shown whole, however long it may be", async () => {
    const content = `<p>${"Words of an article. ".repeat(23_000)}</p><p>The <em>end</em>.</p>`;
    await site.changePost(post, { content });
    await site.publish();
    expect(await textOf("/blog/night")).toContain("<p>The <em>end</em>.</p></div>");
    await site.changePost(post, { content: "<p>Short.</p>" });
  });

  it("an article leads on from a former address, and is gone when it is deleted or taken back", async () => {
    await site.changePost(post, { slug: "at-night" });
    await site.publish();
    expect(await status("/blog/night")).toEqual([301, `/s/${site.slug}/blog/at-night`]);
    await site.changePost(post, { status: "draft" });
    await site.publish();
    expect([await status("/blog/at-night"), await status("/blog/night")]).toEqual([
      [410, null],
      [410, null],
    ]);
    await site.changePost(post, { status: "published" });
    await site.publish();
    expect(await status("/blog/night")).toEqual([301, `/s/${site.slug}/blog/at-night`]);
    expect((await call("DELETE", `/api/v1/posts/${post}`, { headers: site.headers })).status).toBe(204);
    await site.publish();
    expect([await status("/blog/at-night"), await status("/blog")]).toEqual([
      [410, null],
      [404, null],
    ]);
    await expectTidy(clock, site.id);
  });
});
