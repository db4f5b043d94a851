import { beforeAll, describe, expect, it } from "vitest";
import { TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "./world.ts";

let clock: TestClock;
let site: VisitedSite;
let about: string;
const at = (path: string) => `https://api.example.com/s/${site.slug}${path}`;
const textOf = async (path: string, headers = {}): Promise<string> => (await site.visit(path, headers)).text();
const block = (type: string, props: Record<string, unknown>) => ({ type, props });

beforeAll(async () => {
  clock = new TestClock();
  site = await makeVisitedSite(clock, { settings: { timezone: "Europe/Berlin" } });
  await site.page({ title: "Home", slug: "home", seo: { description: "Bread [fresh] & cakes" } });
  const html = '<p>See <a href="/home">home</a>, <a href="https://x.example/">x</a>, <a href="#below">below</a>.</p>';
  about = await site.page({ title: "About us", slug: "about", blocks: [block("TextSection", { html })] });
  await site.page({ title: "Über uns", slug: "ueber-uns", locale: "de", translationOf: about });
  await site.page({ title: "Secret", slug: "secret", seo: { noIndex: true } });
  await site.page({ title: "Index", slug: "index", navigation: { hidden: true } });
  await site.post({ title: "News", slug: "news", content: "<p>Hello</p>", excerpt: "Short\nwords", tags: ["rye"] });
  await site.publish();
});

describe("the Markdown beside a page", () => {
  it("the Markdown beside a page says where it is from, and names its links in full", async () => {
    const answer = await site.visit("/about.md");
    expect(answer.headers.get("Content-Type")).toBe("text/markdown; charset=utf-8");
    expect(answer.headers.get("Link")).toBe(`<${at("/about")}>; rel="canonical"`);
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(await answer.text()).toBe(`---
title: "About us"
url: "${at("/about")}"
lang: "en"
---

# About us

See [home](${at("/home")}), [x](https://x.example/), [below](${at("/about#below")}).
`);
  });

  it("the Markdown beside a page is named by the page, whatever kind it is", async () => {
    for (const path of ["/", "/about", "/de/ueber-uns", "/index", "/blog", "/blog/news"]) {
      const [, address = ""] =
        /<link rel="alternate" type="text\/markdown" href="([^"]*)">/.exec(await textOf(path)) ?? [];
      const answer = await site.visit(address.slice(at("").length));
      expect([path, answer.status, answer.headers.get("Link")]).toEqual([path, 200, `<${at(path)}>; rel="canonical"`]);
    }
    expect(await textOf("/nothing")).not.toContain("text/markdown");
  });

  it("the Markdown beside an article tells its author's words and its times", async () => {
    const written = await textOf("/blog/news.md");
    expect(written).toMatch(/^---\ntitle: "News"\ndescription: "Short\\nwords"\n/);
    expect(written).toMatch(/\npublished: "2\d{3}-.*"\nupdated: ".*"\ntags: \["rye"\]\n---\n\n# News\n/);
    expect(written).toContain("\n\nHello\n");
  });

  it("a page answers in Markdown whoever would rather have that, and everybody else in HTML", async () => {
    const typeOf = async (accept: string) => {
      const answer = await site.visit("/about", { Accept: accept });
      expect(answer.headers.get("Vary")).toBe("Accept");
      return answer.headers.get("Content-Type")?.split(";")[0];
    };
    for (const it of [
      "text/markdown",
      "text/markdown, text/html;q=0.9",
      "text/html, text/markdown",
      "*/*, text/markdown",
    ])
      expect([it, await typeOf(it)]).toEqual([it, "text/markdown"]);
    for (const it of [
      "*/*",
      "text/html,*/*;q=0.8",
      "text/markdown;q=0.5, text/html",
      "text/markdown;q=0, */*",
      "text/*",
    ])
      expect([it, await typeOf(it)]).toEqual([it, "text/html"]);
  });

  it("a page and its Markdown are told apart by their ETags, and neither is sent twice", async () => {
    const [page, markdown] = await Promise.all([
      site.visit("/about"),
      site.visit("/about", { Accept: "text/markdown" }),
    ]);
    const etags = [page, markdown].map((it) => it.headers.get("ETag") as string);
    expect(etags[0]).not.toBe(etags[1]);
    const again = (etag: string) => site.visit("/about", { Accept: "text/markdown", "If-None-Match": etag });
    expect((await again(etags[1] as string)).status).toBe(304);
    expect((await again(etags[0] as string)).status).toBe(200);
  });

  it("what search engines are not to find is not to be found in Markdown either", async () => {
    expect((await site.visit("/secret.md")).headers.get("X-Robots-Tag")).toBe("noindex");
    expect((await site.visit("/about.md")).headers.get("X-Robots-Tag")).toBeNull();
    expect(await textOf("/llms.txt")).not.toContain("Secret");
  });

  it("the Markdown of a page that is not there is not there", async () => {
    for (const path of ["/nothing.md", "/blog/nothing.md", "/.md", "/about.md.md"])
      expect([path, (await site.visit(path)).status]).toEqual([path, path === "/.md" ? 200 : 404]);
  });

  it("llms.txt lists what a site has to read in a language, by the addresses of its Markdown", async () => {
    const answer = await site.visit("/llms.txt");
    expect(answer.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(answer.headers.get("ETag")).toBeTruthy();
    expect(await answer.text()).toBe(`# Blue Door Bakery

> Bread \\[fresh] & cakes

## Pages

- [Home](${at("/index.md")}): Bread \\[fresh] & cakes
- [About us](${at("/about.md")})
- [Index](${at("/index/index.md")})

## Blog

- [News](${at("/blog/news.md")}): Short words

## Languages

- [Deutsch](${at("/de/llms.txt")})

## Optional

- [sitemap.xml](${at("/sitemap.xml")})
`);
    expect(await textOf("/de/llms.txt")).toContain(`## Seiten\n\n- [Über uns](${at("/de/ueber-uns.md")})`);
  });

  it("the Markdown beside a page changes with a publish, and follows the page to its new address", async () => {
    await site.change(about, { title: "Who we are", slug: "who-we-are" });
    expect(await textOf("/about.md")).toContain("# About us");
    await site.publish();
    clock.advance(2_000);
    const moved = await site.visit("/about.md?x=1");
    expect([moved.status, moved.headers.get("Location")]).toEqual([301, `/s/${site.slug}/who-we-are.md?x=1`]);
    expect(await textOf("/who-we-are.md")).toContain("# Who we are");
  });
});
