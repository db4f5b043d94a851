import { describe, expect, it } from "vitest";
import { call, makeWorkspace, TestClock } from "../../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";

interface Told {
  kind: string;
  slug: string;
  code: string;
  path: string;
  what: string;
}

const tell = ({ kind, slug, code, path, what }: Told): string => `${kind} ${slug}: ${code} ${path} ${what}`;

const warningsOf = async (site: VisitedSite): Promise<string[]> =>
  ((await site.publish()).warnings as Told[]).map(tell).sort();

const BLOCKS = [
  { type: "NoSuchSection", props: { title: "x" } },
  { type: "HeroSection", props: { title: "Bread", layout: "wide", image: "loaf.jpg", ctaText: "Buy" } },
  {
    type: "TextSection",
    props: {
      html: '<p style="color:red">x <img src="http://a.example/a.jpg"> <a href="javascript:alert(1)">y</a></p>',
    },
  },
  {
    type: "FeatureCardsSection",
    props: { items: [{ title: "x", link: "contact", price: {}, badge: "new" }, "loose"] },
  },
  { type: "CTABannerSection", props: { ctaText: "Go", ctaLink: "/nowhere?x=1#y" } },
];

const SAID = [
  "page home: dead_link blocks[4].props.ctaLink /nowhere?x=1#y",
  "page home: dropped_attribute blocks[2].props.html style",
  "page home: dropped_image blocks[1].props.image loaf.jpg",
  "page home: dropped_image blocks[2].props.html http://a.example/a.jpg",
  "page home: relative_link blocks[3].props.items[0].link contact",
  "page home: unknown_block blocks[0] NoSuchSection",
  "page home: unsafe_link blocks[2].props.html javascript:alert(1)",
  "page home: unused_property blocks[1].props.ctaText ctaText",
  "page home: unused_property blocks[1].props.layout layout",
  "page home: unused_property blocks[3].props.items[0].badge badge",
  "page home: unused_property blocks[3].props.items[1] string",
];

describe("warnings of a publish", () => {
  it("warnings of a publish name all that visitors do not see, with page and path, at every publish", async () => {
    const site = await makeVisitedSite(new TestClock());
    await site.page({ title: "Home", slug: "home", blocks: BLOCKS });
    await site.post({ title: "News", slug: "news", content: '<p>x <a href="/gone">y</a><video src="/v"></video></p>' });
    const all = [
      ...SAID,
      "post blog/news: dead_link content /gone",
      "post blog/news: dropped_element content video /v",
    ];
    expect(await warningsOf(site)).toEqual(all);
    expect(await warningsOf(site)).toEqual(all);
  });

  it("warnings of a publish are none where every link leads somewhere", async () => {
    const site = await makeVisitedSite(new TestClock());
    const ways = [
      "/",
      "/home",
      "/menu/",
      "/menu?x#y",
      "/de/menu",
      "/blog",
      "/blog/news",
      "/feed.xml",
      "/de/blog",
      "/de/blog/neues",
      "/de/feed.json",
      "/media/x.pdf",
      "#x",
    ];
    const html = ways.map((href) => `<a href="${href}">x</a>`).join(" ");
    await site.page({ title: "Home", slug: "home", blocks: [{ type: "TextSection", props: { html } }] });
    const menu = await site.page({ title: "Menu", slug: "menu" });
    await site.page({ title: "Karte", slug: "menu", locale: "de", translationOf: menu });
    await site.post({ title: "News", slug: "news", content: "x" });
    await site.post({ title: "Neues", slug: "neues", locale: "de", content: "x" });
    expect(await warningsOf(site)).toEqual([]);
    await site.change(menu, { slug: "dishes" });
    expect(await warningsOf(site)).toEqual([]);
    await site.change(menu, { status: "draft" });
    expect(await warningsOf(site)).toEqual([
      "page home: dead_link blocks[0].props.html /menu/",
      "page home: dead_link blocks[0].props.html /menu?x#y",
    ]);
  });

  it("links into the shop lead somewhere as soon as something is sold", async () => {
    const site = await makeVisitedSite(new TestClock());
    const ways = ["/shop", "/shop?after=x", "/de/shop/", "/shop/products/rye", "/shopping", "/fr/shop"];
    const html = ways.map((href) => `<a href="${href}">x</a>`).join(" ");
    await site.page({ title: "Home", slug: "home", blocks: [{ type: "TextSection", props: { html } }] });
    const dead = (href: string) => `page home: dead_link blocks[0].props.html ${href}`;
    expect(await warningsOf(site)).toEqual(ways.map(dead).sort());
    await site.ask("POST", "/shop/products", { title: "Rye", price: 650 });
    expect(await warningsOf(site)).toEqual(["/fr/shop", "/shopping"].map(dead));
  });

  it("warnings of a publish are told by a dry run, too", async () => {
    const workspace = await makeWorkspace(new TestClock());
    const { headers } = await workspace.key({ environment: "sandbox" });
    const made = await call("POST", "/v1/sites", { headers, body: { name: "Sandbox", locale: "en" } });
    const path = `/v1/sites/${made.body.data.id}`;
    await call("POST", `${path}/pages`, {
      headers,
      body: { title: "Home", slug: "home", status: "published", blocks: BLOCKS },
    });
    const { body } = await call("POST", `${path}/publish`, { headers });
    expect((body.data.warnings as Told[]).map(tell).sort()).toEqual(SAID);
  });

  it("warnings of a publish end with one that says there are more", async () => {
    const site = await makeVisitedSite(new TestClock());
    const blocks = Array.from({ length: 50 }, (_, n) => ({ type: `Unknown${n}`, props: {} }));
    for (let n = 0; n < 11; n += 1) await site.page({ title: `Page ${n}`, blocks });
    const { warnings } = await site.publish();
    expect(warnings).toHaveLength(501);
    expect(warnings.at(-1)).toMatchObject({ code: "more_warnings", slug: "page-10" });
  });
});
