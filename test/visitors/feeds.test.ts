import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { childrenOf, parseXml, type XmlElement } from "../support/xml.ts";
import { PAYLOADS } from "../rendering/payloads.ts";
import { makeVisitedSite, type VisitedSite } from "./world.ts";

const ORIGIN = "https://api.example.com";
/** RFC 3339. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** RFC 9562, 4. */
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const clock = new TestClock();

const only = (element: XmlElement, name: string): XmlElement => {
  const found = childrenOf(element, name);
  expect(found, name).toHaveLength(1);
  return found[0] as XmlElement;
};

/** The entries of an Atom feed that has everything RFC 4287 asks for. */
async function atomOf(site: VisitedSite): Promise<{ feed: XmlElement; entries: XmlElement[] }> {
  const response = await site.visit("/feed.xml");
  expect(response.headers.get("Content-Type")).toBe("application/atom+xml; charset=utf-8");
  const feed = parseXml(await response.text());
  expect([feed.name, feed.attributes.xmlns]).toEqual(["feed", "http://www.w3.org/2005/Atom"]);
  const entries = childrenOf(feed, "entry");
  for (const it of [feed, ...entries]) {
    expect(only(it, "updated").text).toMatch(MOMENT);
    expect(URL.canParse(only(it, "id").text)).toBe(true);
    only(it, "title");
  }
  expect(only(feed, "author").children.map(({ name }) => name)).toEqual(["name"]);
  expect(new Set(entries.map((it) => only(it, "id").text)).size).toBe(entries.length);
  const newest = entries.map((it) => only(it, "updated").text).sort();
  if (entries.length > 0) expect(only(feed, "updated").text).toBe(newest.at(-1));
  return { feed, entries };
}

async function jsonOf(site: VisitedSite) {
  const response = await site.visit("/feed.json");
  expect(response.headers.get("Content-Type")).toBe("application/feed+json; charset=utf-8");
  return (await response.json()) as { items: Record<string, unknown>[] } & Record<string, unknown>;
}

describe("the feeds of a website", () => {
  let site: VisitedSite;
  let home: string;
  beforeEach(async () => {
    site = await makeVisitedSite(clock, { name: "Bread & Co" });
    home = `${ORIGIN}/s/${site.slug}/`;
    await site.page({ title: "Home", slug: "home" });
    await site.post({
      title: "First",
      slug: "first",
      content: "<p>One &amp; two</p>",
      excerpt: "In short",
      tags: ["a", "b"],
    });
    for (let number = 2; number <= 21; number += 1)
      await site.post({ title: `Post ${number}`, slug: `post-${number}` });
    await site.changePost(await site.post({ title: "Draft first", slug: "last", status: "draft" }), {
      status: "published",
    });
    await site.publish();
  });

  it("the feeds of a website have the twenty newest articles, the newest first", async () => {
    const titles = ["Draft first", ...Array.from({ length: 19 }, (_, index) => `Post ${21 - index}`)];
    expect((await atomOf(site)).entries.map((it) => only(it, "title").text)).toEqual(titles);
    expect((await jsonOf(site)).items.map(({ title }) => title)).toEqual(titles);
  });

  it("the feeds of a website name the website, themselves and its language", async () => {
    const { feed } = await atomOf(site);
    expect([only(feed, "title").text, only(feed, "id").text, feed.attributes["xml:lang"]]).toEqual([
      "Bread & Co",
      expect.stringMatching(UUID),
      "en",
    ]);
    expect(childrenOf(feed, "link").map(({ attributes }) => [attributes.rel, attributes.href])).toEqual([
      [undefined, home],
      ["self", `${home}feed.xml`],
    ]);
    expect(await jsonOf(site)).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      title: "Bread & Co",
      home_page_url: home,
      feed_url: `${home}feed.json`,
      language: "en",
    });
  });

  it("the feeds of a website have of each article its address, times, summary, tags and content", async () => {
    await env.DB.prepare("DELETE FROM posts WHERE site_id = ? AND slug <> 'first'").bind(site.id).run();
    await site.publish();
    const { entries } = await atomOf(site);
    const [entry] = entries as [XmlElement];
    expect(entries).toHaveLength(1);
    expect(only(entry, "link").attributes.href).toBe(`${home}blog/first`);
    expect(only(entry, "summary").text).toBe("In short");
    expect(childrenOf(entry, "category").map(({ attributes }) => attributes.term)).toEqual(["a", "b"]);
    const content = only(entry, "content");
    expect([content.attributes.type, content.text]).toEqual(["html", "<p>One &amp; two</p>"]);
    expect(only(entry, "published").text).toMatch(MOMENT);
    expect((await jsonOf(site)).items).toEqual([
      {
        id: expect.stringMatching(UUID),
        url: `${home}blog/first`,
        title: "First",
        content_html: "<p>One &amp; two</p>",
        summary: "In short",
        date_published: only(entry, "published").text,
        date_modified: only(entry, "updated").text,
        tags: ["a", "b"],
      },
    ]);
  });

  it("the feeds of a website know an article by the same name when it has moved", async () => {
    await env.DB.prepare("DELETE FROM posts WHERE site_id = ? AND slug <> 'first'").bind(site.id).run();
    await site.publish();
    const idOf = async () => only((await atomOf(site)).entries[0] as XmlElement, "id").text;
    const before = await idOf();
    const { body } = await call("GET", "/api/v1/posts", { headers: site.headers });
    await site.changePost(body.data[0].id, { slug: "moved" });
    await site.publish();
    expect(await idOf()).toBe(before);
    expect((await jsonOf(site)).items).toMatchObject([{ id: before, url: `${home}blog/moved` }]);
  });
});

describe("whatever people have put into articles", () => {
  /** Some of every kind in each article, so that the newest twenty have all of them. */
  const EACH = Math.ceil(PAYLOADS.length / 19);
  const NASTY = ["]]>", "\u0000\u0001\b\u000b\u001f\ufffe\uffff", "&#0;&nbsp;&undefined;&", "\ud83c\udf89 é שלום\t"];

  it("whatever people have put into articles leaves the feeds well-formed, with nothing that runs", async () => {
    const site = await makeVisitedSite(clock);
    await site.page({ title: "Home", slug: "home" });
    const groups = [NASTY, ...Array.from({ length: 19 }, (_, i) => PAYLOADS.slice(i * EACH, (i + 1) * EACH))];
    const rows = groups.map((group, index) => [index + 1_000, group.join("\n"), group]);
    await env.DB.prepare(
      `INSERT INTO posts SELECT value ->> 0, ?1, 'live', ?2, NULL, value ->> 1, 'post-' || (value ->> 0), value ->> 1,
        value ->> 1, 'published', value -> 2, 1, 1760000000000, 1760000000000, 1760000000000, NULL, NULL, NULL FROM json_each(?3)`,
    )
      .bind(site.workspace.id, site.id, JSON.stringify(rows))
      .run();
    await site.publish();
    const { entries } = await atomOf(site);
    expect(entries).toHaveLength(20);
    const terms = entries.flatMap((it) => childrenOf(it, "category").map(({ attributes }) => attributes.term));
    expect(terms).toEqual(expect.arrayContaining(PAYLOADS.map((it) => it.replaceAll("\u0001", ""))));
    expect(terms).toContain("]]>");
    const { items } = await jsonOf(site);
    const contents = [...entries.map((it) => only(it, "content").text), ...items.map((it) => String(it.content_html))];
    for (const content of contents) {
      expect(content).not.toMatch(/<(?:script|svg|math|iframe|object|embed|form|base|link|meta|style|img)\b/i);
      expect(content).not.toMatch(/<[^>]*\son\w+\s*=/i);
      expect(content).not.toMatch(/href="\s*(?:javascript|data|vbscript):/i);
    }
  });
});
