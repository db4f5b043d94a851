import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "./world.ts";

const ORIGIN = "https://api.example.com";
const clock = new TestClock();
let site: VisitedSite;
let domains = 0;

/** Seen by each isolate within a second. */
const settle = () => clock.advance(1_001);
const changeSite = async (body: Record<string, unknown>) => {
  const answer = await call("PATCH", `/v1/sites/${site.id}`, { headers: site.headers, body });
  expect(answer.status).toBe(200);
  settle();
};
const newDomain = () => {
  domains += 1;
  return `bakery-${domains}.example`;
};
const textOf = async (url: string, headers: Record<string, string> = {}) => {
  const response = await exports.default.fetch(new Request(url, { headers, redirect: "manual" }));
  return response.status === 200 ? response.text() : String(response.status);
};
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]);
const canonicals = (text: string) => all(text, /<link rel="canonical" href="([^"]*)"/g);
const alternates = (text: string) => all(text, /hreflang="[^"]*" href="(http[^"]*)"/g);
const feedIds = async (base: string) => [
  ...all(await textOf(`${base}feed.xml`), /<id>(.*?)<\/id>/g),
  ...all(await textOf(`${base}feed.json`), /"id":"(.*?)"/g),
];

beforeEach(async () => {
  site = await makeVisitedSite(clock);
  const home = await site.page({ title: "Home", slug: "home", seo: { ogImage: "/media/cover.png" } });
  await site.page({ title: "Start", slug: "start", locale: "de", translationOf: home });
  const content = '<p><a href="/about?a=1&amp;b=2">a</a> <a href="#below">b</a> <a href="/media/x.pdf">c</a></p>';
  await site.post({ title: "News", slug: "news", content });
  await site.publish();
});

describe("the names in a feed", () => {
  it("the names in a feed stay when slug and domain change, and after a rollback", async () => {
    const before = await feedIds(`${ORIGIN}/s/${site.slug}/`);
    expect(before).toEqual(before.map(() => expect.stringMatching(/^urn:uuid:/)));
    expect(before).toHaveLength(3);
    await changeSite({ slug: `${site.slug}-renamed` });
    expect(await feedIds(`${ORIGIN}/s/${site.slug}-renamed/`)).toEqual(before);
    const domain = newDomain();
    await changeSite({ domain });
    expect(await feedIds(`https://${domain}/`)).toEqual(before);
    await site.publish();
    await site.ask("POST", "/rollback", {});
    settle();
    expect(await feedIds(`https://${domain}/`)).toEqual(before);
  });
});

describe("the addresses of a website", () => {
  it("the addresses of a website follow its domain at once, also back to none, whatever was frozen", async () => {
    const domain = newDomain();
    await changeSite({ domain });
    for (const base of [`https://${domain}/`, `${ORIGIN}/s/${site.slug}/`]) {
      const text = await textOf(base);
      expect(canonicals(text)).toEqual([`https://${domain}/`]);
      expect(alternates(text)).toEqual([`https://${domain}/de/start`, `https://${domain}/`, `https://${domain}/`]);
    }
    await site.publish();
    const other = newDomain();
    await changeSite({ domain: other });
    expect(await textOf(`https://${domain}/`)).toBe("404");
    expect(canonicals(await textOf(`https://${other}/`))).toEqual([`https://${other}/`]);
    await site.ask("POST", "/rollback", {});
    settle();
    expect(canonicals(await textOf(`https://${other}/`))).toEqual([`https://${other}/`]);
    const settings = await call("GET", `/api/settings?site=${site.id}`, { headers: site.headers });
    expect(settings.body.domain).toBe(other);
    await changeSite({ domain: null });
    expect(canonicals(await textOf(`${ORIGIN}/s/${site.slug}/`))).toEqual([`${ORIGIN}/s/${site.slug}/`]);
  });

  it("the map of a website names its own domain as its pages do, also where it is asked for without encryption", async () => {
    const domain = newDomain();
    await changeSite({ domain });
    for (const scheme of ["http", "https"]) {
      const map = await textOf(`${scheme}://${domain}/sitemap.xml`);
      expect(all(map, /<loc>(.*?)<\/loc>/g)).toContain(canonicals(await textOf(`${scheme}://${domain}/`))[0]);
      expect(map).not.toContain("<loc>http:");
      expect(await textOf(`${scheme}://${domain}/robots.txt`)).toContain(`Sitemap: https://${domain}/sitemap.xml`);
    }
    expect(await textOf(`${ORIGIN}/s/${site.slug}/sitemap.xml`)).toContain(`<loc>${ORIGIN}/s/${site.slug}/</loc>`);
  });

  it("the addresses of a website are another answer's ETag when the domain changes", async () => {
    const tags = async () => [
      (await site.visit("/")).headers.get("ETag"),
      (await call("GET", `/api/settings?site=${site.id}`, { headers: site.headers })).headers.get("ETag"),
    ];
    const before = await tags();
    await changeSite({ domain: newDomain() });
    const after = await tags();
    expect(after).not.toContain(before[0]);
    expect(after).not.toContain(before[1]);
  });

  it("the addresses of a website are absolute for whoever reads them elsewhere", async () => {
    const text = await (await site.visit("/")).text();
    expect(text).toContain(`<meta property="og:image" content="${ORIGIN}/media/cover.png">`);
    expect(text).toContain(`<meta property="og:url" content="${ORIGIN}/s/${site.slug}/">`);
    expect(all(text, /hreflang="x-default" href="([^"]*)"/g)).toEqual([`${ORIGIN}/s/${site.slug}/`]);
    expect(all(text, /<link rel="alternate" type="application\/(?:atom|feed)[^>]*href="([^"]*)"/g)).toEqual([
      `${ORIGIN}/s/${site.slug}/feed.xml`,
      `${ORIGIN}/s/${site.slug}/feed.json`,
    ]);
    const { items } = JSON.parse(await (await site.visit("/feed.json")).text());
    expect(all(items[0].content_html, /href="([^"]*)"/g)).toEqual([
      `${ORIGIN}/s/${site.slug}/about?a=1&amp;b=2`,
      `${ORIGIN}/s/${site.slug}/blog/news#below`,
      `${ORIGIN}/media/x.pdf`,
    ]);
  });

  it("the addresses of a website that have moved lead on with the query", async () => {
    const page = await site.page({ title: "Offer", slug: "offer" });
    await site.publish();
    await site.change(page, { slug: "winter-offer" });
    await site.publish();
    for (const query of ["?utm_source=mail&id=7", "?id=8", ""]) {
      const moved = await site.visit(`/offer${query}`);
      expect([moved.status, moved.headers.get("Location")]).toEqual([301, `/s/${site.slug}/winter-offer${query}`]);
    }
  });
});
