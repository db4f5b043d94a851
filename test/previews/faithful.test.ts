import { beforeAll, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { formOf, png } from "../support/pictures.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";
import { asPublished, type MadePreview, preview, withoutNoindex } from "./world.ts";

const clock = new TestClock();
let site: VisitedSite;
const pages: Record<string, string> = {};
const before = new Map<string, { status: number; text: string; location: string | null }>();

const text = (body: string) => [{ type: "TextSection", props: { heading: "A heading", html: body } }];

/** Everything a visitor can ask of the site. */
const PATHS = [
  ...["/", "/about", "/about-us", "/draft", "/removed", "/offers", "/kept", "/nowhere", "/imprint"],
  ...["/de", "/de/ueber-uns", "/de/nirgends", "/blog", "/blog?page=2", "/de/blog", "/blog/new", "/blog/old"],
  ...["/blog/moved", "/blog/secret", "/feed.xml", "/feed.json", "/de/feed.xml", "/sitemap.xml", "/robots.txt"],
  ...["/favicon.svg", "/site.css", "/llms.txt", "/de/llms.txt", "/index.md", "/about-us.md", "/about.md"],
  ...["/blog.md", "/blog/new.md", "/draft.md"],
];

/** A picture of the site's own. */
async function picture(): Promise<string> {
  const body = formOf(new Blob([await png(900, 600)], { type: "image/png" }), "loaf.png", { alt: "A loaf" });
  const { status, body: made } = await call("POST", `/v1/sites/${site.id}/media`, { headers: site.headers, body });
  expect(status).toBe(201);
  return made.data.url;
}

/** A site that was published once, and much of which has been changed since. */
async function makeChangedSite(): Promise<void> {
  site = await makeVisitedSite(clock);
  const menu = (label: string, order: number) => ({ navigation: { label, order } });
  pages.home = await site.page({
    title: "Home",
    slug: "home",
    ...menu("Home", 0),
    blocks: text('<a href="/about">About</a>'),
  });
  pages.about = await site.page({ title: "About", slug: "about", ...menu("About", 1) });
  pages.removed = await site.page({ title: "Removed", slug: "removed", ...menu("Removed", 2) });
  await site.page({ title: "Kept as it is", slug: "kept", ...menu("Kept", 3), seo: { noIndex: true } });
  const old = await site.post({ title: "Old", slug: "old", content: "<p>Old</p>" });
  await site.publish();
  const logo = await picture();
  await site.change(pages.about, {
    ...{ slug: "about-us", title: "About us", seo: { ogImage: await picture() } },
    blocks: [{ type: "HeroSection", props: { title: "Bread", image: await picture() } }],
  });
  const settings = { logo, socialImage: logo, timezone: "Europe/Amsterdam", email: "us@example.com" };
  const tokens = { designTokens: { colorPrimary: "#1d4ed8" }, settings };
  expect((await call("PATCH", `/v1/sites/${site.id}`, { headers: site.headers, body: tokens })).status).toBe(200);
  await site.change(pages.removed, { status: "archived" });
  await site.page({ title: "Über uns", slug: "ueber-uns", locale: "de", translationOf: pages.about });
  pages.offers = await site.page({ title: "Offers", slug: "offers", parentId: pages.about, ...menu("Offers", 4) });
  await site.page({ title: "Imprint", slug: "imprint", navigation: { hidden: true } });
  pages.draft = await site.page({
    title: "A draft",
    slug: "draft",
    status: "draft",
    ...menu("Draft", 5),
    blocks: text('<a href="/about-us">x</a>'),
  });
  for (let nth = 1; nth <= 21; nth += 1)
    await site.post({ title: `Article ${nth}`, slug: `article-${nth}`, content: "<p>x</p>" });
  await site.post({
    title: "New",
    slug: "new",
    content: `<p><a href="/offers">Offers</a><img src="${await picture()}"></p>`,
  });
  await site.post({ title: "Neu", slug: "neu", content: "<p>x</p>", locale: "de" });
  await site.post({ title: "Secret", slug: "secret", content: "<p>x</p>", status: "draft" });
  await site.changePost(old, { slug: "moved" });
}

async function remember(made: MadePreview): Promise<void> {
  for (const path of PATHS) {
    const shown = await made.look(path);
    before.set(path, { status: shown.status, text: await shown.text(), location: shown.headers.get("Location") });
  }
}

beforeAll(makeChangedSite);

describe("a preview of a publish that is to come", () => {
  it("shows byte for byte what the publish then serves, apart from the banner and the noindex", async () => {
    const made = await preview(site);
    await remember(made);
    await site.publish();
    const seen: string[] = [];
    for (const path of PATHS) {
      const published = await site.visitAfresh(path);
      const shown = before.get(path);
      const host = new URL(published.url || "https://x").host;
      const body = (await published.text()).replaceAll(/https:\/\/host-\d+\.example\.com/g, "https://api.example.com");
      expect(shown?.status, path).toBe(published.status);
      expect(asPublished(shown?.text ?? "", made.base, `/s/${site.slug}`), `${path} at ${host}`).toBe(
        withoutNoindex(body),
      );
      const location = published.headers.get("Location");
      expect(shown?.location, path).toBe(location?.replace(`/s/${site.slug}`, made.base) ?? null);
      seen.push(`${path} ${published.status}`);
    }
    expect(before.get("/about-us")?.text).toContain("srcset=");
    expect(before.get("/blog/new")?.text).toContain("srcset=");
    expect(before.get("/")?.text).toContain("application/ld+json");
    expect(seen).toContain("/about-us.md 200");
    expect(seen).toContain("/llms.txt 200");
    expect(seen).toContain("/about 301");
    expect(seen).toContain("/removed 410");
    expect(seen).toContain("/draft 404");
    expect(seen).toContain("/de/ueber-uns 200");
    expect(seen).toContain("/blog/secret 404");
  });
});

describe("a preview of a page", () => {
  it("shows a draft byte for byte as publishing it then serves it, in its own language and with its place in the menu", async () => {
    const at = await makeVisitedSite(clock);
    await at.page({ title: "Home", slug: "home" });
    const pageId = await at.page({
      title: "Über",
      slug: "ueber",
      locale: "de",
      status: "draft",
      navigation: { label: "Wir" },
    });
    const made = await preview(at, pageId);
    const shown = asPublished(await (await made.look()).text(), made.base, `/s/${at.slug}`);
    expect(asPublished(await (await made.look("/de/ueber")).text(), made.base, `/s/${at.slug}`)).toBe(shown);
    await at.change(pageId, { status: "published" });
    await at.publish();
    expect(shown).toBe(withoutNoindex(await (await at.visit("/de/ueber")).text()));
  });

  it("follows the page as it is changed, and to another address", async () => {
    const at = await makeVisitedSite(clock);
    const pageId = await at.page({ title: "First words", slug: "first", status: "draft" });
    const made = await preview(at, pageId);
    expect(await (await made.look()).text()).toContain("First words");
    await at.change(pageId, { title: "Second thoughts", slug: "second" });
    expect(await (await made.look()).text()).toContain("Second thoughts");
    expect((await made.look("/second")).status).toBe(200);
    expect((await made.look("/first")).status).toBe(404);
  });

  it("shows no other draft, neither in the menu nor at its address", async () => {
    const at = await makeVisitedSite(clock);
    const pageId = await at.page({ title: "To be seen", slug: "seen", status: "draft" });
    await at.page({ title: "Not yet", slug: "not-yet", status: "draft" });
    const made = await preview(at, pageId);
    expect(await (await made.look()).text()).not.toContain("Not yet");
    expect((await made.look("/not-yet")).status).toBe(404);
  });
});
