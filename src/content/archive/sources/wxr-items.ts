import { invalid } from "../../../core/errors.ts";

/** An entry of a WordPress export, by the names of its elements; of those that come more than once the last. */
export interface WxrItem {
  text: Record<string, string>;
  categories: { domain: string; name: string }[];
  meta: Record<string, string>;
}

/** Of an entry's own fields the ones that are read, and as many categories as no entry has. */
const META = new Set(["_wp_attachment_image_alt", "_yoast_wpseo_title", "_yoast_wpseo_metadesc"]);
const MAX_CATEGORIES = 500;

/** What one element may hold; a post of more is none that fits anywhere. */
const MAX_TEXT = 2_000_000;
const MAX_DEPTH = 50;

/** Elements by the names they have in every export; the prefixes are those that WordPress writes. */
const HELD = new Set(
  (
    "title link pubDate dc:creator guid content:encoded excerpt:encoded wp:post_id wp:post_date_gmt wp:post_name wp:status" +
    " wp:post_parent wp:menu_order wp:post_type wp:post_password wp:attachment_url wp:meta_key wp:meta_value category"
  ).split(" "),
);

const emptyItem = (): WxrItem => ({ text: {}, categories: [], meta: {} });

/**
 * The entries of a WordPress export (WXR), one at a time; `head` is told what stands before them. Refuses a document type
 * declaration: no export has one, and with it come entities that unfold without end.
 */
export async function* wxrItems(
  stream: ReadableStream<Uint8Array>,
  head: (name: string, text: string) => void,
): AsyncGenerator<WxrItem> {
  const { SaxesParser } = await import("saxes");
  const parser = new SaxesParser({ xmlns: false });
  const done: WxrItem[] = [];
  const path: string[] = [];
  let item: WxrItem | null = null;
  let text = "";
  let domain = "";
  parser.on("error", (error) => {
    throw invalid("archive", `is not well-formed XML: ${error.message.slice(0, 200)}`);
  });
  parser.on("doctype", () => {
    throw invalid("archive", "has a document type declaration, which no export has");
  });
  parser.on("opentag", ({ name, attributes }) => {
    path.push(name);
    if (path.length > MAX_DEPTH) throw invalid("archive", "is nested too deeply");
    if (path.length === 1 && name !== "rss")
      throw invalid("archive", "is no WordPress export: it does not begin with <rss>");
    if (name === "item" && path.length === 3) item = emptyItem();
    text = "";
    if (name === "category") domain = String(attributes.domain ?? "");
  });
  const add = (more: string) => {
    if (!HELD.has(path.at(-1) ?? "") && path.length !== 3) return;
    if (text.length + more.length > MAX_TEXT)
      throw invalid("archive", `has a text of more than ${MAX_TEXT} characters`);
    text += more;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", ({ name }) => {
    if (item) closeIn(item, name, { text, domain });
    else if (path.length === 3) head(name, text);
    path.pop();
    text = "";
    if (name === "item" && path.length === 2 && item) {
      done.push(item);
      item = null;
    }
  });
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  for await (const chunk of stream) {
    parser.write(decodedBy(decoder, chunk));
    yield* done.splice(0);
  }
  parser.write(decodedBy(decoder)).close();
  yield* done;
}

function decodedBy(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw invalid("archive", "is not UTF-8");
  }
}

function closeIn(item: WxrItem, name: string, { text, domain }: { text: string; domain: string }): void {
  const key = item.text["wp:meta_key"] ?? "";
  if (name === "category") {
    if (item.categories.length < MAX_CATEGORIES) item.categories.push({ domain, name: text });
  } else if (name === "wp:meta_value") {
    if (META.has(key)) item.meta[key] = text;
  } else if (HELD.has(name)) item.text[name] = text;
}
