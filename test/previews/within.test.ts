import { beforeAll, describe, expect, it } from "vitest";
import { TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";
import { lookAt, type MadePreview, preview } from "./world.ts";

const clock = new TestClock();
const DOMAIN = "www.preview-bakery.example";
let site: VisitedSite;
let made: MadePreview;

/** Links of every kind that an author can write. */
const LINKS = [
  '<a href="/about">on the site</a>',
  '<a href="/about?a=1#there">with more behind it</a>',
  `<a href="https://${DOMAIN}/about">by its domain</a>`,
  `<a href="https://${DOMAIN}">its beginning</a>`,
  `<a href="HTTPS://${DOMAIN.toUpperCase()}/about">in capitals</a>`,
  '<a href="https://elsewhere.example/about">elsewhere</a>',
  `<a href="https://${DOMAIN}.elsewhere.example/about">elsewhere, by a name alike</a>`,
];

const hrefs = (html: string): string[] =>
  [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)].map(([, href]) => href as string);

beforeAll(async () => {
  site = await makeVisitedSite(clock, { domain: DOMAIN });
  const own = `<a href="http://api.example.com/s/${site.slug}/about">by its slug, not encrypted</a><a href="https://api.example.com/s/${site.slug}/about">by its slug</a><a href="/s/${site.slug}/about">by its slug, too</a>`;
  const blocks = [{ type: "TextSection", props: { html: LINKS.join("") + own } }];
  const home = await site.page({ title: "Home", slug: "home", blocks });
  const about = await site.page({
    title: "About",
    slug: "about",
    blocks: [{ type: "HeroSection", props: { ctaText: "x", ctaLink: "/" } }],
  });
  await site.page({ title: "Über", slug: "ueber", locale: "de", translationOf: about });
  await site.page({ title: "Imprint", slug: "imprint" });
  await site.page({ title: "Below", slug: "below", parentId: home });
  for (let nth = 1; nth <= 25; nth += 1)
    await site.post({ title: `Post ${nth}`, slug: `post-${nth}`, content: '<p><a href="/about">x</a></p>' });
  made = await preview(site);
});

describe("links within a preview", () => {
  it("lead to pages within it, from the overview on, and elsewhere only where another site is meant", async () => {
    const seen = new Set<string>();
    const outside = new Set<string>();
    const waiting = [made.base];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const response = await lookAt(path);
      expect([path, response.status]).toEqual([path, 200]);
      for (const href of hrefs(await response.text())) {
        const { pathname, search, origin } = new URL(href.replaceAll("&amp;", "&"), `https://api.example.com${path}`);
        const isWithin = origin === "https://api.example.com" && `${pathname}/`.startsWith(`${made.base}/`);
        if (isWithin) waiting.push(pathname + search);
        else outside.add(href);
      }
    }
    expect([...outside].sort()).toEqual([
      "https://elsewhere.example/about",
      `https://${DOMAIN}.elsewhere.example/about`,
    ]);
    for (const path of ["/", "/about", "/de/ueber", "/imprint", "/below", "/blog?page=2", "/blog/post-1"])
      expect(seen, path).toContain(made.base + path);
  });

  it("the site's redirects lead within it as well, but for those that lead elsewhere", async () => {
    const made = await preview(site);
    const redirects = [
      ["/old", "/about"],
      ["/gone", "https://elsewhere.example/about"],
    ] as const;
    for (const [from, to] of redirects) expect((await site.ask("POST", "/redirects", { from, to })).status).toBe(201);
    const ledTo = async (path: string) => (await made.look(path)).headers.get("Location");
    expect(await ledTo("/old")).toBe(`${made.base}/about`);
    expect(await ledTo("/gone")).toBe("https://elsewhere.example/about");
  });

  it("what a page loads is there, and kept by nobody either", async () => {
    const page = await (await made.look("/")).text();
    const loaded = [...page.matchAll(/(?:src|<link rel="(?:icon|stylesheet)" href)="([^"]*)"/g)].map(
      ([, it]) => it as string,
    );
    expect(loaded.length).toBe(3);
    for (const path of loaded) {
      const response = await lookAt(path);
      expect([response.status, response.headers.get("Cache-Control")]).toEqual([200, "private, no-store"]);
    }
  });
});

describe("a page of a preview", () => {
  it("is listed by no search engine, kept by nobody, told to nobody and counted as nobody's visit", async () => {
    for (const path of ["", "/", "/about", "/nowhere", "/feed.xml"]) {
      const { headers } = await made.look(path);
      const told = ["Cache-Control", "X-Robots-Tag", "Referrer-Policy", "ETag", "Access-Control-Allow-Origin"];
      expect([path, ...told.map((name) => headers.get(name))]).toEqual([
        path,
        "private, no-store",
        "noindex",
        "no-referrer",
        null,
        null,
      ]);
    }
    const policy = (await made.look("/about")).headers.get("Content-Security-Policy");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).toContain("form-action 'none'");
  });

  it("has a banner in the language of the page that says until when, and noindex in its head", async () => {
    const text = await (await made.look("/de/ueber")).text();
    expect(text).toContain('<meta name="robots" content="noindex">');
    const banner = /<aside id="preview">(.*?)<\/aside>/.exec(text)?.[1] ?? "";
    expect(banner).toContain("Vorschau des Entwurfs");
    expect(banner).toContain(`<time datetime="${made.data.expiresAt}">`);
    expect(banner).toContain(`<a href="${made.base}">Änderungen</a>`);
  });

  it("has a banner that the site's script knows, so that it reports no page view", async () => {
    const script = /<script src="[^"]*?(\/\w+\/pixel\.js)"/.exec(await (await made.look("/about")).text())?.[1] ?? "";
    expect(await (await made.look(script)).text()).toContain('if(d.querySelector("body>aside#preview")');
  });

  it("has a banner whose style its policy allows", async () => {
    const response = await made.look("/about");
    const style = /<style>(.*?)<\/style>/.exec(await response.text())?.[1] ?? "";
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
    const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
    expect(response.headers.get("Content-Security-Policy")).toContain(`style-src 'self' 'sha256-${hash}'`);
  });

  it("names the addresses of the published site for search engines, which a visitor of it would see", async () => {
    const text = await (await made.look("/about")).text();
    expect(text).toContain(`<link rel="canonical" href="https://${DOMAIN}/about">`);
    expect(text).toContain(`hreflang="de" href="https://${DOMAIN}/de/ueber"`);
  });

  it("is never answered with 304, and HEAD tells what GET does", async () => {
    const again = await made.look("/about", { headers: { "If-None-Match": "*" } });
    expect(again.status).toBe(200);
    const head = await made.look("/about", { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    for (const method of ["POST", "PUT", "DELETE"])
      expect((await made.look("/about", { method })).headers.get("Allow"), method).toBe("GET, HEAD, OPTIONS");
  });

  it("counts against the visitor's address as every page does", async () => {
    const from = { headers: { "CF-Connecting-IP": "198.51.100.250" } };
    const remaining = async () => Number((await made.look("/about", from)).headers.get("X-RateLimit-Remaining"));
    const first = await remaining();
    expect(await remaining()).toBe(first - 1);
    for (let left = first - 1; left > 0; left -= 1) await made.look("/about", from);
    const busy = await made.look("/about", from);
    expect([busy.status, busy.headers.get("Cache-Control")]).toEqual([429, "no-store"]);
  });
});
