import { idFrom } from "../ids.ts";
import { allKinds } from "../kind.ts";
import { fullSize, MAX_ADDRESS, pictureId, withOwnPictures } from "./html-pictures.ts";
import type { Found, NotTaken, Source } from "./source.ts";
import { lineOf, slugOrNone, summaryOf, tagsOf, withParagraphs } from "./words.ts";
import { type WxrItem, wxrItems } from "./wxr-items.ts";

/** What becomes of an entry's status here; the others are no content of anybody's. */
const STATUSES: Record<string, "published" | "draft"> = {
  publish: "published",
  draft: "draft",
  pending: "draft",
  future: "draft",
  private: "draft",
};

/** Kinds of entries that are no content: settings of menus and editors. */
const INTERNAL =
  /^(?:nav_menu_item|revision|custom_css|customize_changeset|oembed_cache|user_request|wp_|acf-|elementor_)/;

/** An export of WordPress, to be imported into a website: pages, posts, and the files they show. */
export function wxrSource(siteId: string, open: () => Promise<ReadableStream<Uint8Array>>): Source {
  return {
    pieces: 1,
    async *read() {
      const head: Record<string, string> = {};
      const seen = new Set<string>();
      const items = wxrItems(await open(), (name, text) => {
        head[name] = text;
      });
      for await (const item of items) {
        const base = head["wp:base_blog_url"] || head["wp:base_site_url"] || head.link || "";
        for await (const found of recordsOf(siteId, base, item)) {
          const isPicture = "record" in found && found.kind === "picture";
          if (isPicture && seen.has(String(found.record.id))) continue;
          if (isPicture) seen.add(String(found.record.id));
          yield found;
        }
      }
    },
  };
}

async function* recordsOf(siteId: string, base: string, item: WxrItem): AsyncGenerator<Found | NotTaken> {
  const type = item.text["wp:post_type"] || "post";
  const name = lineOf(item.text.title ?? "", 150) || `${type} ${item.text["wp:post_id"] ?? ""}`;
  const status = STATUSES[item.text["wp:status"] ?? "publish"];
  if (INTERNAL.test(type) || (type !== "attachment" && !status)) return;
  if (type === "attachment") yield* attachmentOf(siteId, base, item, name);
  else if (type === "page" || type === "post") {
    const { html, pictures } = await withOwnPictures(htmlOf(item), item.text.link || base);
    for (const picture of pictures) yield { kind: "picture", name: picture.url, record: { ...picture, siteId } };
    const whole = { siteId, base, item, html, status: statusOf(item, status as string) };
    yield { kind: type, name, record: type === "page" ? await pageOf(whole) : postOf(whole) };
    if (whole.status !== status) {
      yield { kind: type, name, outcome: "changed", message: "comes as a draft, without the password it is locked by" };
    }
    if (whole.status === "published" && allKinds().some((kind) => kind.name === "redirect"))
      yield* redirectOf(whole, type);
  } else yield { kind: type, name, message: `is of the type ${type}, which has no place here` };
  const codes = shortcodesIn(item.text["content:encoded"] ?? "");
  if (codes.length > 0 && type !== "attachment") {
    const message = `comes without its shortcodes: ${codes.slice(0, 10).join(", ")}`;
    yield { kind: type, name, outcome: "changed", message };
  }
}

/** The address an entry has had, where it has another one here. */
async function* redirectOf({ siteId, base, item: { text } }: Whole, type: string): AsyncGenerator<Found> {
  const slug = slugOrNone(text["wp:post_name"] ?? "");
  const address = text.link ?? "";
  const link = address.length > MAX_ADDRESS ? null : URL.parse(address);
  if (!slug || !link || link.search !== "" || !link.href.startsWith(base)) return;
  const from = link.pathname.replace(/\/+$/, "");
  const to = type === "post" ? `/blog/${slug}` : `/${slug}`;
  if (from === "" || from === to) return;
  const id = await idFrom("redir", `${base}\n${from}`);
  yield { kind: "redirect", name: from, record: { id, siteId, from, to, status: 301 } };
}

/** A file: it is fetched where the export says it is, once. */
async function* attachmentOf(siteId: string, base: string, item: WxrItem, name: string): AsyncGenerator<Found> {
  const url = fullSize(item.text["wp:attachment_url"] || item.text.guid || "", base);
  const alt = lineOf(item.meta._wp_attachment_image_alt ?? "", 1_000);
  if (url !== null) yield { kind: "picture", name, record: { id: await pictureId(url), siteId, url, alt } };
}

const entryId = (base: string, id: string): Promise<string> => idFrom("page", `${base}\n${id}`);

const isoOf = (text: string | undefined): string | undefined => {
  const at = Date.parse(`${(text ?? "").trim().replace(" ", "T")}Z`);
  return Number.isNaN(at) || at <= 0 ? undefined : new Date(at).toISOString();
};

/** When an entry was written: the date of the export's own field, else that of the feed. */
function writtenAt({ text }: WxrItem): string | undefined {
  const fed = Date.parse(text.pubDate ?? "");
  return isoOf(text["wp:post_date_gmt"]) ?? (fed > 0 ? new Date(fed).toISOString() : undefined);
}

const SHORTCODE = /\[\/?([a-z][a-z0-9_-]{2,40})(?:\s[^\][<>]{0,500})?\/?\]/gi;

/** Names of the shortcodes in a text. Captions are read; what else a plugin would have put there is not to be had. */
const shortcodesIn = (content: string): string[] => [
  ...new Set(
    [...content.matchAll(SHORTCODE)].map(([, name]) => (name as string).toLowerCase()).filter((it) => it !== "caption"),
  ),
];

/** As browsers read it: one without an end goes on to the end of the text. */
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;

/** The HTML of an entry without the editor's comments and without shortcodes. */
const htmlOf = ({ text }: WxrItem): string =>
  withParagraphs((text["content:encoded"] ?? "").replace(COMMENT, "").replace(SHORTCODE, ""));

/** What is locked elsewhere is published nowhere by itself. */
const statusOf = ({ text }: WxrItem, status: string): string => (text["wp:post_password"] ? "draft" : status);

/** An entry with its text as it will be here. */
interface Whole {
  siteId: string;
  base: string;
  item: WxrItem;
  html: string;
  status: string;
}

async function pageOf({ siteId, base, item, html, status }: Whole): Promise<Record<string, unknown>> {
  const { text, meta } = item;
  const title = lineOf(text.title ?? "", 200) || "Untitled";
  const parent = text["wp:post_parent"];
  const slug = slugOrNone(text["wp:post_name"] ?? "");
  const createdAt = writtenAt(item);
  const seoTitle = lineOf(meta._yoast_wpseo_title ?? "", 200);
  return {
    id: await entryId(base, text["wp:post_id"] ?? title),
    siteId,
    title,
    ...(slug && { slug }),
    status,
    parentId: parent && parent !== "0" ? await entryId(base, parent) : null,
    blocks: html === "" ? [] : [{ type: "RichTextSection", props: { html } }],
    seo: {
      title: seoTitle === "" || seoTitle.includes("%%") ? null : seoTitle,
      description: summaryOf(meta._yoast_wpseo_metadesc ?? text["excerpt:encoded"] ?? "", 500),
    },
    navigation: { order: Math.min(10_000, Math.max(0, Number.parseInt(text["wp:menu_order"] ?? "0", 10) || 0)) },
    ...(createdAt && { createdAt }),
    ...(createdAt && status === "published" && { publishedAt: createdAt }),
  };
}

function postOf({ siteId, base, item, html, status }: Whole): Record<string, unknown> {
  const { text, categories } = item;
  const slug = slugOrNone(text["wp:post_name"] ?? "");
  const created_at = writtenAt(item);
  const named = categories
    .filter(({ domain }) => domain === "post_tag" || domain === "category")
    .map(({ name }) => name);
  return {
    id: `${base}\n${text["wp:post_id"] ?? text.title}`,
    site_id: siteId,
    title: lineOf(text.title ?? "", 200) || "Untitled",
    ...(slug && { slug }),
    status,
    excerpt: summaryOf(text["excerpt:encoded"] ?? "", 500),
    content: html,
    tags: tagsOf(named.filter((name) => name !== "Uncategorized")),
    ...(created_at && { created_at }),
    ...(created_at && status === "published" && { published_at: created_at }),
  };
}
