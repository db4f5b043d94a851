import { describe, expect, it } from "vitest";
import { markdownSource } from "../../../src/content/archive/sources/markdown.ts";
import type { Found, NotTaken, Source } from "../../../src/content/archive/sources/source.ts";
import { wxrSource } from "../../../src/content/archive/sources/wxr.ts";
import { zipLibrary } from "../../../src/content/archive/zip.ts";

const SITE = "site_01KAGW6PSZ0000000000000000";

async function all(source: Source): Promise<(Found | NotTaken)[]> {
  const found: (Found | NotTaken)[] = [];
  for (let piece = 0; piece < source.pieces; piece += 1) for await (const it of source.read(piece)) found.push(it);
  return found;
}

const wxr = (items: string, before = ""): string => `<?xml version="1.0" encoding="UTF-8" ?>${before}
<rss version="2.0" xmlns:content="c" xmlns:excerpt="e" xmlns:dc="d" xmlns:wp="w"><channel>
<title>Old blog</title><link>https://old.example</link><wp:base_blog_url>https://old.example</wp:base_blog_url>${items}</channel></rss>`;

const item = (fields: Record<string, string>, more = ""): string =>
  `<item>${Object.entries(fields)
    .map(([name, text]) => `<${name}><![CDATA[${text}]]></${name}>`)
    .join("")}${more}</item>`;

const read = (text: string) => all(wxrSource(SITE, async () => new Response(text).body as ReadableStream<Uint8Array>));

async function markdown(files: Record<string, string>) {
  const { ZipWriter, Uint8ArrayWriter, TextReader } = await zipLibrary();
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [path, text] of Object.entries(files)) await writer.add(path, new TextReader(text));
  const bytes = await writer.close();
  return all(
    await markdownSource(SITE, {
      size: bytes.byteLength,
      range: async (offset, length) => bytes.slice(offset, offset + length),
    }),
  );
}

/** Enough for any of them; what reads a text once for each beginning in it takes minutes. */
const SOON = 10_000;

describe("a WordPress export", () => {
  const page = {
    title: "About &amp; us",
    "wp:post_id": "7",
    "wp:post_type": "page",
    "wp:status": "publish",
    "wp:post_name": "about",
  };

  it("gives pages with parents, posts with tags and dates, and files", async () => {
    const found = await read(
      wxr(
        item({ ...page, "content:encoded": "<!-- wp:paragraph --><p>Hello</p><!-- /wp:paragraph -->" }) +
          item({ ...page, title: "Team", "wp:post_id": "8", "wp:post_parent": "7", "wp:post_name": "team" }) +
          item(
            {
              title: "First",
              "wp:post_id": "9",
              "wp:post_type": "post",
              "wp:status": "publish",
              "wp:post_name": "first",
              "wp:post_date_gmt": "2019-05-01 10:00:00",
              "content:encoded": "One\n\nTwo",
            },
            '<category domain="post_tag" nicename="rye"><![CDATA[Rye]]></category>',
          ) +
          item({
            title: "p",
            "wp:post_id": "10",
            "wp:post_type": "attachment",
            "wp:attachment_url": "https://old.example/p.jpg",
          }),
      ),
    );
    const [about, team, post, picture] = found as Found[];
    expect(about?.record).toMatchObject({
      title: "About & us",
      slug: "about",
      status: "published",
      siteId: SITE,
      blocks: [{ type: "RichTextSection", props: { html: "<p>Hello</p>" } }],
    });
    expect(team?.record.parentId).toBe(about?.record.id);
    expect(post).toMatchObject({
      kind: "post",
      record: {
        slug: "first",
        content: "<p>One</p>\n<p>Two</p>",
        tags: ["Rye"],
        published_at: "2019-05-01T10:00:00.000Z",
      },
    });
    expect(picture).toMatchObject({ kind: "picture", record: { url: "https://old.example/p.jpg" } });
  });

  it("is the same however often it is read", async () => {
    const text = wxr(item(page));
    expect(await read(text)).toEqual(await read(text));
  });

  it("tells of what has no place here, keeps drafts drafts, and what is locked out of sight", async () => {
    const found = await read(
      wxr(
        item({ ...page, "wp:post_type": "product" }) +
          item({ ...page, "wp:status": "trash" }) +
          item({ ...page, "wp:post_type": "nav_menu_item" }) +
          item({ ...page, "wp:status": "pending" }) +
          item({ ...page, "wp:post_password": "secret", "content:encoded": "[gallery ids=1,2]" }),
      ),
    );
    expect(found.map((it) => ("record" in it ? it.record.status : it.message))).toEqual([
      expect.stringContaining("product"),
      "draft",
      "draft",
      expect.stringContaining("password"),
      expect.stringContaining("gallery"),
    ]);
    expect(JSON.stringify(found)).not.toContain("secret");
  });

  it.each([
    ["tags that never end", { "content:encoded": "<img ".repeat(300_000) }],
    ["comments that never end", { "content:encoded": "<!--".repeat(300_000) }],
    [
      "an address of nothing but slashes",
      { "wp:post_name": "about", link: `https://old.example/${"/".repeat(400_000)}x` },
    ],
    [
      "a picture's address that repeats its folder",
      { "content:encoded": `<img src="https://old.example${"/wp-content/uploads/".repeat(60_000)}x">` },
    ],
  ])("is read in time with %s", { timeout: SOON }, async (_, fields) => {
    const found = await read(wxr(item({ ...page, ...fields })));
    expect(found.map(({ kind }) => kind)).toEqual(["page"]);
  });

  it("is refused with a document type, so that no entity unfolds, and when it is not well formed", async () => {
    const bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    await expect(read(wxr("<item><title>&b;</title></item>", bomb))).rejects.toThrow(/document type/);
    await expect(read(wxr("<item><title>&nope;</title></item>"))).rejects.toThrow(/well-formed/);
    await expect(read("<html><body>no</body></html>")).rejects.toThrow(/no WordPress export/);
    await expect(read(wxr("<item><title>"))).rejects.toThrow(/well-formed/);
  });
});

describe("a ZIP of Markdown", () => {
  it("gives pages and posts by front matter, folder and name", async () => {
    const found = (await markdown({
      "index.md": "# Welcome\n\nSee [the team](about/team.md).",
      "about/team.md": "---\ntitle: Our team\nslug: team\ndescription: Who we are\n---\n\n- Ada\n- Milo\n",
      "_posts/2019-05-01-first.md": "---\ntitle: First\ntags: [rye, oven]\ndraft: true\n---\nHello *world*",
      "README.md": "not this",
    })) as Found[];
    expect(found.map(({ kind, name }) => [kind, name])).toEqual([
      ["page", "index.md"],
      ["page", "about/team.md"],
      ["post", "_posts/2019-05-01-first.md"],
    ]);
    expect(found[0]?.record).toMatchObject({ title: "Welcome", slug: "home", status: "published" });
    expect(JSON.stringify(found[0]?.record.blocks)).toContain('href=\\"/team\\"');
    expect(found[1]?.record).toMatchObject({ title: "Our team", slug: "team", seo: { description: "Who we are" } });
    expect(found[2]?.record).toMatchObject({
      title: "First",
      slug: "first",
      status: "draft",
      tags: ["rye", "oven"],
      created_at: "2019-05-01T00:00:00.000Z",
      content: "<p>Hello <em>world</em></p>",
    });
  });

  it("goes on after links and pictures that are not encoded properly", async () => {
    const found = await markdown({ "a.md": "[b](%zz.md) ![c](%zz.png)", "b.md": "# Fine" });
    expect(found.filter(({ kind }) => kind === "page").map(({ name }) => name)).toEqual(["a.md", "b.md"]);
    expect(found.find(({ kind }) => kind === "picture")).toMatchObject({ record: { path: "%zz.png" } });
  });

  it("tells of files that nobody has written, in time", { timeout: SOON }, async () => {
    const found = await markdown({
      "deep.md": "> ".repeat(50_000),
      "emphasis.md": "*a_".repeat(100_000),
      "front.md": `---\n${Array.from({ length: 50_000 }, (_, nth) => `k${nth}: v`).join("\n")}\n---\n`,
      "headings.md": "<h1 ".repeat(200_000),
      "list.md": "- **bold** and _slanted_\n".repeat(5_000),
    });
    const told = Object.fromEntries(found.map((it) => [it.name, "record" in it ? "a page" : it.message]));
    expect(told["deep.md"]).toMatch(/cannot be read/);
    expect(told["emphasis.md"]).toMatch(/cannot be read: a paragraph has more than/);
    expect(told["front.md"]).toMatch(/front matter is too long/);
    expect([told["headings.md"], told["list.md"]]).toEqual(["a page", "a page"]);
  });

  it("tells which files cannot be read, and goes on with the others", async () => {
    const laughs = `---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n---\n`;
    const found = await markdown({
      "bomb.md": laughs,
      "broken.md": "---\ntitle: [\n---\nx",
      "notes.txt": "no Markdown",
      "good.md": "Fine",
    });
    const told = Object.fromEntries(found.map((it) => [it.name, "message" in it ? "told" : it.kind]));
    expect(told).toEqual({ "bomb.md": "told", "broken.md": "told", "notes.txt": "told", "good.md": "page" });
  });
});
