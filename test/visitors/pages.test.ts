import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "./world.ts";

const clock = new TestClock();
let site: VisitedSite;
let home: string;
let warnings: unknown[];

const textOf = async (path: string, of = site) => (await of.visit(path)).text();

/** A website that is not published yet, with the ids of two of its pages. */
async function makeBakery(settings: Record<string, unknown> = {}) {
  const site = await makeVisitedSite(clock, { designTokens: { colorPrimary: "#123456" }, ...settings });
  const home = await site.page({
    title: "Home",
    slug: "home",
    blocks: [
      { type: "HeroSection", props: { title: "Fresh bread" } },
      { type: "NoSuchSection", props: { title: "Hidden words" } },
    ],
  });
  await site.page({ title: "Start", slug: "start", locale: "de", translationOf: home });
  const about = await site.page({
    title: "About us",
    slug: "about",
    blocks: [{ type: "TextSection", props: { heading: "Since 1987", body: "One.\n\nTwo." } }],
  });
  await site.page({ title: "Secret", slug: "secret", seo: { noIndex: true } });
  await site.page({ title: "Draft", slug: "draft", status: "draft" });
  return { site, home, about };
}

beforeAll(async () => {
  ({ site, home } = await makeBakery({ domain: "bakery.example" }));
  ({ warnings } = await site.publish());
});

describe("before the first publish", () => {
  it("before the first publish there is no website", async () => {
    const { site } = await makeBakery();
    expect((await site.visit("/")).status).toBe(404);
  });
});

describe("a published website", () => {
  it("a published website shows its start page with one h1, its language, navigation, style and translations", async () => {
    const response = await site.visit("/");
    const text = await response.text();
    expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(text.match(/<h1/g)).toHaveLength(1);
    expect(text).toContain('<html lang="en" dir="ltr">');
    expect(text).toContain("<h1>Fresh bread</h1>");
    expect(text).toContain(`<link rel="alternate" hreflang="de" href="https://bakery.example/de/start">`);
    expect(text).toContain(`href="/s/${site.slug}/about"`);
    expect(await textOf("/site.css")).toContain("--dt-color-primary:#123456;");
  });

  it("a published website renders nothing of a block type it does not know, which the publish has warned of", async () => {
    expect(await textOf("/")).not.toContain("Hidden words");
    expect(warnings).toContainEqual({
      kind: "page",
      pageId: home,
      slug: "home",
      locale: "en",
      code: "unknown_block",
      path: "blocks[1]",
      what: "NoSuchSection",
      message: "Blocks of the type NoSuchSection are not shown.",
      block: 1,
      type: "NoSuchSection",
    });
  });

  it("a published website has a page for every slug, in every language, and none for drafts", async () => {
    expect(await textOf("/about")).toMatch(/<h1>About us<\/h1>.*<h2>Since 1987<\/h2><p>One\.<\/p><p>Two\.<\/p>/s);
    expect(await textOf("/de/")).toContain("<h1>Start</h1>");
    expect((await site.visit("/draft")).status).toBe(404);
    expect((await site.visit("/de/about")).status).toBe(404);
    expect(await textOf("/nothing")).toContain("<h1>Page not found</h1>");
  });

  it("a published website answers 304 until the next publish", async () => {
    const { site, about } = await makeBakery();
    await site.publish();
    const etag = (await site.visit("/about")).headers.get("ETag") as string;
    expect((await site.visit("/about", { "If-None-Match": etag })).status).toBe(304);
    await site.change(about, { title: "About" });
    expect((await site.visit("/about", { "If-None-Match": etag })).status).toBe(304);
    await site.publish();
    expect((await site.visit("/about", { "If-None-Match": etag })).status).toBe(200);
  });

  it("a published website redirects a page's former address, and says when a page is gone", async () => {
    const { site, about } = await makeBakery();
    await site.publish();
    await site.change(about, { slug: "about-us" });
    await site.publish();
    const moved = await site.visit("/about");
    expect([moved.status, moved.headers.get("Location")]).toEqual([301, `/s/${site.slug}/about-us`]);
    await site.change(about, { status: "draft" });
    await site.publish();
    expect((await site.visit("/about-us")).status).toBe(410);
    expect((await site.visit("/about")).status).toBe(410);
  });

  it("a published website tells search engines what may be found", async () => {
    const map = await textOf("/sitemap.xml");
    expect(map).toContain(`<loc>https://api.example.com/s/${site.slug}/</loc>`);
    expect(map).toContain("/de/start</loc>");
    expect(map).not.toContain("secret");
    expect(await textOf("/secret")).toContain('content="noindex"');
    expect(await textOf("/robots.txt")).toContain(`Sitemap: https://api.example.com/s/${site.slug}/sitemap.xml`);
  });

  it("a published website is shown under its own domain as well", async () => {
    const byDomain = (path: string) => exports.default.fetch(new Request(`https://bakery.example${path}`));
    const text = await (await byDomain("/")).text();
    expect(text).toContain('<link rel="canonical" href="https://bakery.example/">');
    expect(text).toMatch(/href="\/[0-9a-f]{16}\/site\.css"/);
    expect((await byDomain("/nothing")).status).toBe(404);
    const other = await makeVisitedSite(clock);
    await other.page({ title: "Other" });
    await other.publish();
    expect((await byDomain(`/s/${other.slug}/`)).status).toBe(404);
    expect(await textOf("/")).toContain('<link rel="canonical" href="https://bakery.example/">');
    expect((await byDomain("/v1/nothing")).headers.get("Content-Type")).toContain("application/json");
  });

  it("a published website lets pages load and run nothing but what its own host serves", async () => {
    const { headers } = await site.visit("/");
    const policy = headers.get("Content-Security-Policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
  });

  it("a published website has links that lead to pages of the site, wherever the site begins", async () => {
    const blocks = [
      { type: "ButtonSection", props: { label: "Write to us", href: "/contact?from=home#form" } },
      {
        type: "RichTextSection",
        props: { html: '<p><a href="/">Home</a> <a href="https://example.com/x">Out</a></p>' },
      },
      { type: "ButtonSection", props: { label: "Price list", href: "/media/prices.pdf" } },
    ];
    const { site } = await makeBakery();
    await site.page({ title: "Links", blocks });
    await site.publish();
    const hrefs = async (path: string) =>
      [...(await textOf(path, site)).matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, it]) => it);
    const found = await hrefs("/links");
    for (const href of [
      `/s/${site.slug}/contact?from=home#form`,
      `/s/${site.slug}/`,
      "https://example.com/x",
      "/media/prices.pdf",
    ])
      expect(found).toContain(href);
  });

  it("a published website keeps what a link says, and nothing of what it may not hold", async () => {
    const text =
      '<p>if a < b and c</p><iframe src="x"></iframe><svg><title>t</title></svg><a href="https://example.com/?a=1&amp;b=2">Q</a> <a href="java&#115;cript:alert(1)">J</a><script>x';
    const { site } = await makeBakery();
    await site.page({ title: "Rich", blocks: [{ type: "RichTextSection", props: { html: text } }] });
    await site.publish();
    const page = await textOf("/rich", site);
    expect(page).toContain("<p>if a &lt; b and c</p>");
    expect(page).toContain('<a href="https://example.com/?a=1&amp;b=2">Q</a>');
    expect(page).not.toMatch(/removed|javascript|iframe|<title>t/);
  });

  it("a published website cannot be put in the place of the service's own hosts", async () => {
    const patch = (domain: string) =>
      call("PATCH", `/v1/sites/${site.id}`, { headers: site.headers, body: { domain } });
    expect((await patch("cms.workers.dev")).body.error.details.fields.domain).toBe("is a host of this service");
  });

  it("a published website is called by its name however that is written, and keeps the query", async () => {
    const at = (path: string) => exports.default.fetch(`https://api.example.com${path}`, { redirect: "manual" });
    expect((await at(`/s/${site.slug.replace("-", "%2D")}/about-us`)).status).toBe(
      (await at(`/s/${site.slug}/about-us`)).status,
    );
    const bare = await at(`/s/${site.slug}?from=mail`);
    expect([bare.status, bare.headers.get("Location")]).toEqual([308, `/s/${site.slug}/?from=mail`]);
  });

  it("a published website may be read by any page's script, and by nobody changed", async () => {
    const ask = (method: string) => exports.default.fetch(`https://api.example.com/s/${site.slug}/`, { method });
    const preflight = await ask("OPTIONS");
    expect([preflight.status, preflight.headers.get("Access-Control-Allow-Origin")]).toEqual([204, "*"]);
    expect(preflight.headers.get("Access-Control-Allow-Methods")).toBe("GET, HEAD");
    expect((await site.visit("/")).headers.get("Access-Control-Allow-Origin")).toBe("*");
    const refused = await ask("POST");
    expect([refused.status, refused.headers.get("Allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  it("a published website names every request", async () => {
    const ids = [await site.visit("/"), await site.visit("/nothing"), await site.visit("/pixel.js")].map((it) =>
      it.headers.get("X-Request-ID"),
    );
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^req_/);
  });

  it("a published website has a script below two kilobytes that sets no cookie and heeds those who ask not to be tracked", async () => {
    const script = await textOf("/pixel.js");
    expect(script.length).toBeLessThan(2_048);
    expect(script).not.toContain("cookie");
    expect(script).toMatch(/doNotTrack.*globalPrivacyControl/s);
  });

  it("a published website counts visitors by address, 100 tokens each, and says how long to wait", async () => {
    const other = await makeVisitedSite(clock);
    await other.page({ title: "Home" });
    await other.publish();
    const answers = [];
    for (let count = 0; count < 101; count += 1) answers.push((await other.visit("/robots.txt")).status);
    expect(answers.filter((status) => status === 200)).toHaveLength(100);
    const denied = await other.visit("/");
    expect(denied.status).toBe(429);
    expect(Number(denied.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(denied.headers.get("X-RateLimit-Remaining")).toBe("0");
  });
});
