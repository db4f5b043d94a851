import { Notes } from "./notes.ts";
import { mediaIdIn, type Picture, type PictureMap, srcsetOf, variantUpTo } from "./pictures.ts";
import { pictureAddress } from "./text/address.ts";
import { attributesOf } from "./text/paragraphs.ts";
import { type SlotName, sizesOf } from "./text/slots.ts";

/** A picture that may be shown: one of the site's own, or one that lies elsewhere. */
export interface Found {
  address: string;
  own: Picture | null;
}

/** How a picture is shown. What is said of it where it stands goes before what its owner says of it everywhere. */
export interface Shown {
  slot: SlotName;
  alt?: string;
  title?: string;
  width?: number | null;
  height?: number | null;
  /** Further attributes, which may stand. */
  others?: Record<string, string>;
}

/** What is loaded where a browser knows no `srcset`. */
const PLAIN_WIDTH = 1_280;

/** Of our host's paths, those that lead to objects of ours and nothing else. */
const MEDIA = /^\/media\//;

/** Where pictures are shown: on a page of ours, or by a reader of feeds, who knows neither its style nor its host. */
export type Medium = "page" | "feed";

/** The pictures of one document, in the order they are shown in. */
export class Album {
  readonly #given: PictureMap;
  readonly #notes: Notes;
  readonly #medium: Medium;
  #first: Found | null = null;

  constructor(given: PictureMap = new Map(), notes = new Notes(), medium: Medium = "page") {
    this.#given = given;
    this.#notes = notes;
    this.#medium = medium;
  }

  /** The first that is shown. */
  get first(): Found | null {
    return this.#first;
  }

  /** The picture at an address that is written at `path` of the document; `null` where it cannot be shown, which is told. */
  find(path: string, written: string, notes = this.#notes): Found | null {
    const id = mediaIdIn(written);
    const own = (id && this.#given.get(id)) || null;
    if (id) notes.use(id, own);
    if (own) return { address: own.url, own };
    const address = pictureAddress(written);
    if (address === null) notes.add("dropped_image", path, written || "img");
    else if (MEDIA.test(address)) notes.add("missing_image", path, written);
    return address === null || (id && MEDIA.test(address)) ? null : { address, own: null };
  }

  /** The element that shows a picture: in its place nothing moves when it comes, and no more is loaded than is seen. */
  element(found: Found, { slot, alt = "", title = "", others, ...said }: Shown): string {
    const isFirst = this.#first === null;
    this.#first ??= found;
    const { address, own } = found;
    const { width, height } = boxOf(own, said);
    const srcset = own && srcsetOf(own);
    const narrowed = said.width && said.width < (own?.width ?? 0) ? said.width : null;
    const shown = {
      src: (own && variantUpTo(own, PLAIN_WIDTH)?.url) || address,
      alt: alt.trim() || own?.alt || "",
      ...(title && { title }),
      width,
      height,
    };
    if (this.#medium === "feed") return `<img${attributesOf(shown)}>`;
    return `<img${attributesOf({
      ...shown,
      ...(own && srcset && { srcset, sizes: sizesOf(own, slot, narrowed) }),
      "data-color": own?.color,
      "data-at": own?.focalPoint && `${percent(own.focalPoint.x)} ${percent(own.focalPoint.y)}`,
      ...(isFirst ? { fetchpriority: "high" } : { loading: "lazy" }),
      ...others,
    })}>`;
  }
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** Width and height as they are said, in the proportions that are known. */
function boxOf(own: Picture | null, { width = null, height = null }: Pick<Shown, "width" | "height">) {
  if (!own?.width || !own.height) return { width, height };
  if (width !== null) return { width, height: Math.max(1, Math.round((width * own.height) / own.width)) };
  if (height !== null) return { width: Math.max(1, Math.round((height * own.width) / own.height)), height };
  return { width: own.width, height: own.height };
}
