import { describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { makeVisitedSite } from "./world.ts";

const LOGO = "https://cdn.example/logo.png";
const ICON = "https://cdn.example/icon.png";
const SHARED = "https://cdn.example/shared.jpg";

describe("the pictures of a website", () => {
  it("the pictures of a website are in its header, in the browser's bar, and where a page without one is shared", async () => {
    const site = await makeVisitedSite(new TestClock(), { settings: { logo: LOGO } });
    const changed = await site.ask("PATCH", "", { settings: { logo: LOGO, favicon: ICON, socialImage: SHARED } });
    expect(changed.body.data.settings).toEqual({ logo: LOGO, favicon: ICON, socialImage: SHARED });
    await site.page({ title: "Home", slug: "home" });
    await site.page({ title: "Own", slug: "own", seo: { ogImage: "https://cdn.example/own.jpg" } });
    await site.publish();
    const home = await (await site.visit("/")).text();
    expect(home).toContain(`<img class="logo" src="${LOGO}" alt="" width="40" height="40">Blue Door Bakery</a>`);
    expect(home).toContain(`<link rel="icon" href="${ICON}">`);
    expect(home).toContain(`<meta property="og:image" content="${SHARED}">`);
    const own = await (await site.visit("/own")).text();
    expect(own).toContain('<meta property="og:image" content="https://cdn.example/own.jpg">');
    expect(own).not.toContain(SHARED);
    const { body } = await call("GET", `/api/settings?site=${site.id}`, { headers: site.headers });
    expect(body.pictures).toEqual({
      logo: { url: LOGO, width: null, height: null, alt: "", srcset: null },
      favicon: { url: ICON, width: null, height: null, alt: "", srcset: null },
      socialImage: { url: SHARED, width: null, height: null, alt: "", srcset: null },
    });
  });

  it("the pictures of a website are none where nobody has set any", async () => {
    const site = await makeVisitedSite(new TestClock());
    await site.page({ title: "Home", slug: "home" });
    await site.publish();
    const home = await (await site.visit("/")).text();
    expect(home).toMatch(/<link rel="icon" href="\/s\/[\w-]+\/[0-9a-f]{16}\/favicon.svg">/);
    expect(home).not.toContain("og:image");
    expect(home).toContain('<span class="mark"></span>Blue Door Bakery</a>');
    expect(home).not.toContain("<img");
    const { body } = await call("GET", `/api/settings?site=${site.id}`, { headers: site.headers });
    expect(body.pictures).toEqual({ logo: null, favicon: null, socialImage: null });
  });

  it.each([
    ["logo", "http://cdn.example/logo.png"],
    ["logo", "javascript:alert(1)"],
    ["favicon", "data:image/png;base64,AA=="],
    ["favicon", "icon.png"],
    ["socialImage", "//cdn.example/x.png"],
    ["socialImage", 7],
    ["socialImage", `https://cdn.example/${"x".repeat(2_000)}`],
  ])("the pictures of a website are addresses of pictures: %s is not %s", async (name, value) => {
    const site = await makeVisitedSite(new TestClock());
    const { status, body } = await site.ask("PATCH", "", { settings: { [name]: value } });
    expect(status).toBe(400);
    expect(Object.keys(body.error.details.fields)).toEqual([`settings.${name}`]);
  });

  it("the pictures of a website are taken away by null", async () => {
    const site = await makeVisitedSite(new TestClock(), { settings: { logo: LOGO } });
    expect((await site.ask("PATCH", "", { settings: { logo: null } })).status).toBe(200);
    await site.page({ title: "Home", slug: "home" });
    await site.publish();
    expect(await (await site.visit("/")).text()).not.toContain("<img");
  });
});

describe("pictures in articles", () => {
  it("pictures in articles are shown on the site and, named in full, in its feeds", async () => {
    const site = await makeVisitedSite(new TestClock());
    const content = '<p>See <img src="/files/loaf.jpg" alt="A loaf" width="300" height="200"></p>';
    await site.post({ title: "News", slug: "news", content });
    const { warnings } = await site.publish();
    expect(warnings).toEqual([]);
    const page = await (await site.visit("/blog/news")).text();
    expect(page).toContain('<img src="/files/loaf.jpg" alt="A loaf" width="300" height="200" fetchpriority="high">');
    expect(page).toMatch(/<meta property="og:image" content="https?:\/\/[^/]+\/files\/loaf.jpg">/);
    const feed = JSON.parse(await (await site.visit("/feed.json")).text());
    const { origin } = new URL(feed.feed_url);
    expect(feed.items[0].content_html).toBe(
      `<p>See <img src="${origin}/files/loaf.jpg" alt="A loaf" width="300" height="200"></p>`,
    );
    expect(feed.items[0].image).toBe(`${origin}/files/loaf.jpg`);
    expect(await (await site.visit("/feed.xml")).text()).toContain(`&lt;img src=&quot;${origin}/files/loaf.jpg&quot;`);
  });

  it("pictures of a page come from its host or by https, as its policy says", async () => {
    const site = await makeVisitedSite(new TestClock());
    await site.page({ title: "Home", slug: "home" });
    await site.publish();
    const policy = (await site.visit("/")).headers.get("Content-Security-Policy");
    expect(policy).toContain("img-src 'self' https:;");
  });
});
