import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Article } from "../../src/rendering/document.ts";
import { renderDocument } from "../../src/rendering/document.ts";
import { TestClock } from "../support/fixtures.ts";
import { PAYLOADS } from "../rendering/payloads.ts";
import { makeVisitedSite } from "./world.ts";

/** What an article and the list of them are made of, and the formatting its content may have. */
const ELEMENTS = new Set(
  "article section h1 h2 h3 h4 p time div ul ol li nav a br hr strong b em i u s small sub sup code pre blockquote table thead tbody tr th td figure figcaption".split(
    " ",
  ),
);
const ATTRIBUTES = new Set(["class", "href", "title", "datetime", "rel", "scope", "aria-label"]);

/** What a parser finds in a part of a page that could run or load something, or be anything but text. */
async function findings(part: string): Promise<string[]> {
  const found: string[] = [];
  await new HTMLRewriter()
    .on("*", {
      element({ tagName, attributes }) {
        if (!ELEMENTS.has(tagName)) found.push(`<${tagName}>`);
        for (const [name = "", value = ""] of attributes) {
          if (!ATTRIBUTES.has(name)) found.push(`${name}="${value}"`);
          if (name !== "href") continue;
          const address = value.replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"');
          const protocol = URL.parse(address, "https://example.com/")?.protocol ?? "";
          if (!["https:", "http:", "mailto:", "tel:"].includes(protocol)) found.push(`${name}="${value}"`);
        }
      },
    })
    .transform(new Response(part))
    .text();
  return found;
}

const articleWith = (payload: string): Article => ({
  id: "1",
  title: payload,
  slug: "x",
  locale: "en",
  excerpt: payload,
  content: `<p>${payload}</p>${payload}<a href="${payload}">x</a>`,
  tags: [payload, payload],
  author: payload,
  updatedAt: "2026-11-20T12:00:00.000Z",
  publishedAt: "2026-11-20T12:00:00.000Z",
});

describe("what people put into an article", () => {
  it(`what people put into an article runs nowhere on its page: ${PAYLOADS.length} payloads in every field`, async () => {
    for (const payload of PAYLOADS) {
      const { main } = renderDocument("post", JSON.stringify(articleWith(payload)));
      expect({ payload, found: await findings(main) }).toEqual({ payload, found: [] });
    }
  });

  it("what people put into an article runs nowhere in the list of articles, nor in the head of its page", async () => {
    const site = await makeVisitedSite(new TestClock());
    await site.page({ title: "Home", slug: "home" });
    const breaking = PAYLOADS.filter((payload) => payload.includes("<script>"));
    const rows = JSON.stringify(breaking.map((payload, index) => [index + 1, payload]));
    await env.DB.prepare(
      `INSERT INTO posts SELECT value ->> 0, ?1, 'live', ?2, NULL, value ->> 1, 'post-' || (value ->> 0), value ->> 1, '',
        'published', json_array(value ->> 1), 1, 1760000000000, 1760000000000, 1760000000000, NULL, NULL, NULL FROM json_each(?3)`,
    )
      .bind(site.workspace.id, site.id, rows)
      .run();
    await site.publish();
    expect(breaking.length).toBeGreaterThan(20);
    for (const path of ["/blog", "/blog?page=2", "/blog/post-1", `/blog/post-${breaking.length}`]) {
      const text = await (await site.visit(path)).text();
      expect(await findings(/<main[^>]*>(.*)<\/main>/s.exec(text)?.[1] ?? "<none>")).toEqual([]);
      expect(text.match(/<script(?! type="application\/ld\+json">)/g)).toHaveLength(1);
    }
  });
});
