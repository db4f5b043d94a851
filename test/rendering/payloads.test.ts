import { html } from "hono/html";
import { describe, expect, it } from "vitest";
import type { Page } from "../../src/content/pages/contract.ts";
import { BLOCK_TYPES, renderBlocks } from "../../src/rendering/blocks/index.ts";
import { renderDocument } from "../../src/rendering/document.ts";
import { formOf } from "../../src/rendering/forms/form.ts";
import type { FormQuery } from "../../src/rendering/forms/query.ts";
import { filledWith, queriesIn } from "../../src/rendering/live-marker.ts";
import { contactOf } from "../../src/rendering/page/footer.ts";
import { type Frame, frameAround } from "../../src/rendering/page/page.ts";
import { styleOf } from "../../src/rendering/style/style.ts";
import { blocksWith, PAYLOADS } from "./payloads.ts";

/** A page with the payload in every field of every block there is. */
const pageWith = (payload: string): Page => ({
  id: "page_x",
  siteId: "site_x",
  title: payload,
  slug: "x",
  status: "published",
  locale: "en",
  translationOf: null,
  parentId: null,
  blocks: blocksWith(BLOCK_TYPES, payload),
  seo: { title: payload, description: payload, ogImage: payload, noIndex: false },
  navigation: { label: payload, order: 0, hidden: false },
  version: 1,
  createdAt: "",
  updatedAt: "",
  publishedAt: null,
  publishAt: null,
});

const frame = (payload: string) => ({
  siteName: payload,
  base: "/s/x",
  assets: {
    "site.css": "0/site.css",
    "favicon.svg": "0/favicon.svg",
    "pixel.js": "0/pixel.js",
    "shop.css": "2/shop.css",
    "shop.js": "2/shop.js",
    "booking.css": "2/booking.css",
    "push.css": "push.css",
    "push.js": "push.js",
    "forms.css": "forms.css",
  },
  locale: "en",
  navigation: [{ label: payload, href: "/s/x/", isCurrent: true, children: [] }],
  translations: [
    { locale: "en", href: "/", address: "https://example.com/" },
    { locale: "de", href: "/de/", address: "https://example.com/de/" },
  ],
  canonical: "https://example.com/",
  fallback: "https://example.com/",
  feeds: [{ type: "application/atom+xml", href: "https://example.com/feed.xml" }],
  languages: [
    { locale: "en", href: "/" },
    { locale: "de", href: "/de/" },
  ],
  pictures: { logo: null, favicon: null },
  social: { image: null },
  contact: contactOf({ address: payload, contactEmail: payload, phone: payload }),
  legal: [{ label: payload, href: "/s/x/imprint" }],
  timeZone: payload,
  home: "https://example.com/",
  trail: [
    { name: payload, address: "https://example.com/" },
    { name: payload, address: "https://example.com/x" },
  ],
  business: {
    type: "Bakery",
    name: payload,
    telephone: payload,
    email: payload,
    priceRange: payload,
    address: { street: payload, postalCode: payload, city: payload, region: payload, country: payload },
  },
  logo: payload,
});

/** A page as it is served; its forms, which are put into it when it is read, are among it. */
function rendered(around: Frame, page: Page): string {
  const document = renderDocument("page", JSON.stringify(page));
  const forms = queriesIn(document.main).map((query) => {
    if (query.by !== "forms") return html``;
    const { form } = query as FormQuery;
    return formOf({ form, locale: "en", action: `/s/x/forms/${form.key}`, page: page.id, token: "0" });
  });
  return frameAround(around, { ...document, main: filledWith(document.main, forms) });
}

const ELEMENTS = new Set(
  "html head meta title link script body a header p nav ul li main h1 h2 h3 h4 section div span img figure figcaption aside hr dl dt dd blockquote details summary footer br strong b em i u s small sub sup code pre ol table thead tbody tr td th".split(
    " ",
  ),
);
/** What a form of ours is made of, and how its parts may be called: by names of ours, and keys and names that are checked. */
const OF_FORMS = new Set("label input textarea select option fieldset legend button".split(" "));
const FORM_ADDRESS = /^\/s\/x\/forms\/[a-z0-9-]+$/;
const OF_FORM_NAMED = { id: /^form-[\w-]+$/, name: /^_?[a-zA-Z][\w-]*$/ };
const SCRIPTS = ["/s/x/0/pixel.js", "/s/x/push.js"];
const ADDRESS_ATTRIBUTES = new Set(["href", "src", "action", "formaction", "data", "poster", "srcset"]);

/** What a parser finds in the document that could run or load something it should not. */
async function findings(document: string): Promise<string[]> {
  const found: string[] = [];
  let isInForm = false;
  const isOurs = (element: Element): boolean => {
    if (element.tagName === "form") return FORM_ADDRESS.test(element.getAttribute("action") ?? "");
    if (isInForm) return ELEMENTS.has(element.tagName) || OF_FORMS.has(element.tagName);
    const isOptIn = element.tagName === "button" && element.hasAttribute("data-in");
    return ELEMENTS.has(element.tagName) || (isOptIn && element.getAttribute("type") === "button");
  };
  const isNamed = (tag: string, name: string, value: string): boolean => {
    if (name === "name" && tag === "meta") return true;
    if (name === "id" && value === "content") return true;
    const isForm = isInForm || tag === "form";
    return isForm && (name === "id" || name === "name") && OF_FORM_NAMED[name].test(value);
  };
  await new HTMLRewriter()
    .on("*", {
      element(element) {
        if (!isOurs(element)) found.push(`<${element.tagName}>`);
        if (element.tagName === "form") {
          isInForm = true;
          element.onEndTag(() => {
            isInForm = false;
          });
        }
        const isData = element.getAttribute("type") === "application/ld+json";
        if (element.tagName === "script" && !isData && !SCRIPTS.includes(element.getAttribute("src") ?? ""))
          found.push("a script");
        if (element.tagName === "meta" && element.hasAttribute("http-equiv")) found.push("a meta instruction");
        for (const [name = "", value = ""] of element.attributes) {
          if (/^on/i.test(name) || ["style", "id", "name", "srcdoc"].includes(name.toLowerCase())) {
            if (!isNamed(element.tagName, name, value)) found.push(`${name}="${value}"`);
          }
          if (!ADDRESS_ATTRIBUTES.has(name.toLowerCase())) continue;
          const url = URL.parse(
            value.replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"'),
            "https://example.com/",
          );
          if (!url || !["https:", "http:", "mailto:", "tel:"].includes(url.protocol)) found.push(`${name}="${value}"`);
        }
      },
    })
    .transform(new Response(document))
    .text();
  return found;
}

describe("what people put into fields", () => {
  it(`what people put into fields runs nowhere: ${PAYLOADS.length} payloads in every text and address of every block`, async () => {
    expect(PAYLOADS.length).toBeGreaterThanOrEqual(200);
    for (const payload of PAYLOADS) {
      expect({ payload, found: await findings(rendered(frame(payload), pageWith(payload))) }).toEqual({
        payload,
        found: [],
      });
    }
  });

  it("what people put into fields stays data in what programs read of a page", () => {
    for (const payload of [...PAYLOADS.slice(0, 20), "</script><script>alert(1)</script>", "<!--<script>", "\u2028"]) {
      const document = rendered(frame(payload), pageWith(payload));
      const [, source = "", ...more] = document.split(/<script type="application\/ld\+json">|<\/script>/);
      expect(source).not.toMatch(/[<>&\u2028\u2029]/);
      // What follows them are the ends of the two scripts that such a page loads.
      expect(more).toHaveLength(3);
      const [, publisher] = JSON.parse(source)["@graph"];
      expect(publisher.name).toBe(payload);
    }
  });

  it("what people put into fields is tried in every field that blocks read", () => {
    const tried = (props: Record<string, unknown>): string[] =>
      Object.entries(props).flatMap(([name, value]) => [
        name,
        ...(Array.isArray(value) && typeof value[0] === "object" ? value.flatMap(tried) : []),
      ]);
    const fields = [
      ...new Set(["Map", "FormBuilderSection"].flatMap((it) => tried(blocksWith([it], "x")[0]?.props ?? {}))),
    ];
    const asked = new Set<PropertyKey>();
    const watched = (props: Record<string, unknown>): Record<string, unknown> =>
      new Proxy(props, {
        get(target, name) {
          asked.add(name);
          const value = Reflect.get(target, name);
          return Array.isArray(value) && typeof value[0] === "object" ? value.map(watched) : value;
        },
      });
    const empty = Object.fromEntries(fields.map((name) => [name, ""]));
    const blocks = [...blocksWith(BLOCK_TYPES, "x"), ...BLOCK_TYPES.map((type) => ({ type, props: empty }))];
    renderBlocks(
      blocks.map(({ type, props }) => ({ type, props: watched(props) })),
      "en",
    );
    expect(asked.size).toBeGreaterThan(40);
    expect([...asked].filter((name) => !fields.includes(String(name)))).toEqual([]);
  });

  it("what people put into fields ends no style rule and loads nothing when it is a design token", () => {
    for (const payload of PAYLOADS) {
      const css = styleOf({ colorPrimary: payload });
      const [root] = css.split("}", 1);
      expect(root).not.toMatch(/[<{;].*[<{]|url\(|expression|@import|\/\*/i);
    }
  });

  it("what people put into fields is never shown as source, however long a tag is", () => {
    const page = pageWith("");
    page.blocks = [{ type: "TextSection", props: { html: `<a ${'x="y" '.repeat(100_000)}>x</a>` } }];
    expect(rendered(frame("Site"), page)).toContain('<div class="prose">x</div>');
  });

  it("what people put into fields leaves quotes and brackets of a design token closed", () => {
    for (const value of ['"', "(", ")(", 'Inter, "Work', "red\nblue"])
      expect(styleOf({ fontBody: value })).toMatch(/^:root\{\}/);
    expect(styleOf({ fontBody: '"Work Sans", serif' })).toContain('--dt-font-body:"Work Sans", serif;');
  });

  it.each([
    ["<p><strong>loud", "<p><strong>loud</strong></p>"],
    ["</p></section>quiet", "quiet"],
    ["<ul><li>one</ul>two</li>", "<ul><li>one</li></ul>two"],
    ['<a href="#x">on and on', '<a href="#x">on and on</a>'],
    ["<b>".repeat(1_000), "<b>".repeat(50) + "</b>".repeat(50)],
  ])("what people put into fields changes nothing of the page that follows it: %s", (rich, shown) => {
    const page = pageWith("");
    page.blocks = [{ type: "TextSection", props: { html: rich } }];
    expect(rendered(frame("Site"), page)).toContain(`<div class="prose">${shown}</div></section>`);
  });

  it("what people put into fields stays as formatting where it is harmless", () => {
    const rich = '<p>One <strong>two</strong> <a href="https://example.com/?a=1&b=2" onclick="x">three</a></p>';
    const page = pageWith("");
    page.blocks = [{ type: "TextSection", props: { html: rich } }];
    expect(rendered(frame("Site"), page)).toContain(
      '<p>One <strong>two</strong> <a href="https://example.com/?a=1&amp;b=2">three</a></p>',
    );
  });
});
