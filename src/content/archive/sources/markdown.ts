import { DomainError } from "../../../core/errors.ts";
import { LocaleSchema } from "../../../core/fields.ts";
import { idFrom } from "../ids.ts";
import { openZip, type Packed, type Ranged } from "../zip.ts";
import type { Found, NotTaken, Source } from "./source.ts";
import { decoded, withOwnPictures } from "./html-pictures.ts";
import { lineOf, slugOrNone, summaryOf, tagsOf } from "./words.ts";

const MAX_FILE_BYTES = 1_000_000;
const FILES_AT_ONCE = 500;
/** Where files of the ZIP would be if they were to be fetched. */
const INSIDE = "https://archive.invalid/";

const IS_PICTURE = /\.(?:png|jpe?g|gif|webp|avif)$/i;
const IS_MARKDOWN = /\.(?:md|markdown|mdown)$/i;
/** What other systems leave among the files. */
const IS_HIDDEN = /(?:^|\/)(?:\.|__MACOSX\/|node_modules\/|README\.md$|LICENSE)/i;

/** A ZIP of Markdown files with front matter, to be imported into a website. */
export async function markdownSource(siteId: string, bytes: Ranged): Promise<Source> {
  const packed = (await openZip(bytes)).filter(({ path }) => !IS_HIDDEN.test(path));
  const texts = packed.filter(({ path }) => IS_MARKDOWN.test(path));
  const others = packed.filter(({ path }) => !IS_MARKDOWN.test(path));
  const paths = new Set(texts.map(({ path }) => path));
  const pieces = Math.ceil(texts.length / FILES_AT_ONCE);
  return {
    pieces: pieces + 1,
    async file({ path }) {
      const file = others.find((it) => it.path === path);
      return file ? { size: file.bytes, body: file.read(), declared: "application/octet-stream" } : null;
    },
    async *read(piece) {
      if (piece === pieces) {
        for (const { path } of others) {
          if (!IS_PICTURE.test(path))
            yield { kind: "file", name: path, message: "is no Markdown file, and no picture" };
        }
        return;
      }
      const seen = new Set<string>();
      for (const file of texts.slice(piece * FILES_AT_ONCE, (piece + 1) * FILES_AT_ONCE)) {
        for await (const found of recordsOf(siteId, file, paths)) {
          const isPicture = "record" in found && found.kind === "picture";
          if (isPicture && seen.has(String(found.record.id))) continue;
          if (isPicture) seen.add(String(found.record.id));
          yield found;
        }
      }
    },
  };
}

/** What stands between two lines of `---` at the beginning. */
const FRONT_MATTER = /^\uFEFF?---[^\S\n]*\r?\n([\s\S]*?)\r?\n---[^\S\n]*(?:\r?\n|$)/;

/** Characters; every name of more would be compared with every other. */
const MAX_FRONT_MATTER = 50_000;

type FrontMatter = Record<string, unknown>;

async function partsOf(text: string): Promise<{ front: FrontMatter; body: string }> {
  const match = FRONT_MATTER.exec(text);
  if (!match) return { front: {}, body: text.replace(/^\uFEFF/, "") };
  if ((match[1] as string).length > MAX_FRONT_MATTER) throw new Error("its front matter is too long");
  const { parse } = await import("yaml");
  // Dates stay text, and what refers to something else unfolds only so far.
  const front: unknown = parse(match[1] as string, {
    schema: "core",
    maxAliasCount: 50,
    prettyErrors: false,
    logLevel: "error",
  });
  const isObject = typeof front === "object" && front !== null && !Array.isArray(front);
  return { front: isObject ? (front as FrontMatter) : {}, body: text.slice(match[0].length) };
}

/** Signs of emphasis in one paragraph: pairing them takes time by the square of their number, and nobody writes that many. */
const MAX_SIGNS = 3_000;
const PARAGRAPHS = /\n[^\S\n]*(?=\n|[-+*]\s)/;

async function htmlOf(markdown: string): Promise<string> {
  const isFull = (it: string): boolean => (it.match(/[*_~]/g)?.length ?? 0) > MAX_SIGNS;
  if (markdown.split(PARAGRAPHS).some(isFull))
    throw new Error(`a paragraph has more than ${MAX_SIGNS} signs of emphasis`);
  const { marked } = await import("marked");
  return marked.parse(markdown, { gfm: true, async: true });
}

async function* recordsOf(siteId: string, file: Packed, paths: ReadonlySet<string>): AsyncGenerator<Found | NotTaken> {
  const { path, bytes } = file;
  if (bytes > MAX_FILE_BYTES) {
    yield { kind: "file", name: path, message: `is larger than ${MAX_FILE_BYTES} bytes` };
    return;
  }
  let parts: Awaited<ReturnType<typeof partsOf>>;
  let written: string;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(
      await new Response(file.read()).arrayBuffer(),
    );
    parts = await partsOf(text);
    written = await htmlOf(parts.body);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    yield {
      kind: "file",
      name: path,
      message: `cannot be read: ${String((error as Error).message)
        .split("\n")[0]
        ?.slice(0, 200)}`,
    };
    return;
  }
  const html = withLinks(written, path, paths);
  const shown = await withOwnPictures(html.trim(), INSIDE + path.split("/").map(encodeURIComponent).join("/"));
  for (const { url, ...picture } of shown.pictures) {
    const own = url.startsWith(INSIDE) ? { url: null, path: decoded(url.slice(INSIDE.length)) } : { url };
    yield { kind: "picture", name: own.path ?? url, record: { ...picture, ...own, siteId } };
  }
  yield await entryOf(siteId, path, parts.front, shown.html);
}

const textIn = (front: FrontMatter, ...names: string[]): string => {
  const value = names.map((name) => front[name]).find((it) => typeof it === "string" || typeof it === "number");
  return value === undefined ? "" : String(value);
};

const listIn = (front: FrontMatter, ...names: string[]): string[] =>
  names.flatMap((name) => {
    const value = front[name];
    if (typeof value === "string") return value.split(",");
    return Array.isArray(value)
      ? value.filter((it) => typeof it === "string" || typeof it === "number").map(String)
      : [];
  });

/** `2019-05-01-first-post` in the way of static site generators. */
const DATED = /^(\d{4}-\d{2}-\d{2})-(.+)$/;
const IN_BLOG = /(?:^|\/)(?:_?posts?|blog|articles?|news)\//i;

async function entryOf(siteId: string, path: string, front: FrontMatter, html: string): Promise<Found> {
  const file = path.split("/").at(-1)?.replace(IS_MARKDOWN, "") ?? "";
  const folder = path.split("/").at(-2) ?? "";
  const [, date = "", rest = file] = DATED.exec(file) ?? [];
  const base = /^_?index$/i.test(rest) ? folder || "home" : rest;
  const written = Date.parse(textIn(front, "date", "published_at", "publishedAt", "created") || date);
  const at = written > 0 ? new Date(written).toISOString() : undefined;
  const isDraft = front.draft === true || front.published === false || textIn(front, "status") === "draft";
  const status = isDraft ? "draft" : "published";
  const title =
    lineOf(textIn(front, "title"), 200) || headingIn(html) || lineOf(base.replace(/[-_]+/g, " "), 200) || "Untitled";
  const slug = slugOrNone(textIn(front, "slug") || base);
  const summary = summaryOf(textIn(front, "description", "excerpt", "summary"), 500);
  const locale = textIn(front, "locale", "lang", "language");
  const common = { title, ...(slug && { slug }), status, ...(LocaleSchema.safeParse(locale).success && { locale }) };
  const type = textIn(front, "type", "layout");
  const isPost = type === "post" || (type !== "page" && (date !== "" || IN_BLOG.test(path)));
  if (isPost) {
    const times = at && { created_at: at, ...(!isDraft && { published_at: at }) };
    const tags = tagsOf(listIn(front, "tags", "categories", "keywords"));
    return {
      kind: "post",
      name: path,
      record: { ...common, id: path, site_id: siteId, excerpt: summary, content: html, tags, ...times },
    };
  }
  const times = at && { createdAt: at, ...(!isDraft && { publishedAt: at }) };
  const blocks = html === "" ? [] : [{ type: "RichTextSection", props: { html } }];
  const id = await idFrom("page", path);
  return {
    kind: "page",
    name: path,
    record: { ...common, id, siteId, blocks, seo: { description: summary }, ...times },
  };
}

const headingIn = (html: string): string => lineOf(/<h1\b[^<>]*>([\s\S]{0,500}?)<\/h1>/.exec(html)?.[1] ?? "", 200);

/** Links to other files of the archive, as addresses of what those become. */
function withLinks(html: string, from: string, paths: ReadonlySet<string>): string {
  return html.replace(
    /(<a href=")([^":#?]+\.(?:md|markdown|mdown))(#[^"]*)?"/gi,
    (link, start: string, to: string, end = "") => {
      const target = URL.parse(to, `${INSIDE}${from}`);
      const path = target ? decoded(target.pathname.slice(1)) : "";
      if (!paths.has(path)) return link;
      const name = path.split("/").at(-1)?.replace(IS_MARKDOWN, "") ?? "";
      const [, , rest = name] = DATED.exec(name) ?? [];
      const slug = /^_?index$/i.test(rest) ? (path.split("/").at(-2) ?? "home") : rest;
      const blog = DATED.test(name) || IN_BLOG.test(path) ? "/blog" : "";
      return `${start}${blog}/${slug.toLowerCase()}${end}"`;
    },
  );
}
