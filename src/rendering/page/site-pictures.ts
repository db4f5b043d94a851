import { html, raw } from "hono/html";
import { Album, type Found } from "../album.ts";
import type { Html } from "../blocks/kit.ts";
import { Notes } from "../notes.ts";
import { mediaIdIn, type Picture, srcsetOf, variantsOf, variantUpTo } from "../pictures.ts";
import { attributesOf } from "../text/paragraphs.ts";

/** Settings of a site that hold the address of a picture: in its header, beside its name in a browser, where it is shared. */
export const SITE_PICTURES = ["logo", "favicon", "socialImage"] as const;

export type SitePictures = Record<(typeof SITE_PICTURES)[number], Found | null>;

type Settings = Readonly<Record<string, unknown>>;

/** The ids of the pictures of its own that a site's settings name. */
export const siteMediaIds = (settings: Settings): string[] =>
  SITE_PICTURES.flatMap((name) => {
    const address = settings[name];
    return (typeof address === "string" && mediaIdIn(address)) || [];
  });

/** The pictures that a site's settings name; `own` are those of them that are the site's own, `notes` hears of the others. */
export function sitePictures(settings: Settings, own: readonly Picture[] = [], notes = new Notes()): SitePictures {
  const album = new Album(new Map(own.map((it) => [it.id, it])), notes);
  const pictureAt = (name: string): Found | null => {
    const address = settings[name];
    return typeof address === "string" && address.trim() !== "" ? album.find(`settings.${name}`, address) : null;
  };
  return { logo: pictureAt("logo"), favicon: pictureAt("favicon"), socialImage: pictureAt("socialImage") };
}

/** Pixels across that browsers show an icon in at most, and telephones on their first screen. */
const ICON_WIDTH = 80;
const TOUCH_ICON_WIDTH = 240;

/** What a browser shows beside the site's name; `drawn` is the address of the icon of a site without one. */
export function iconLinks(icon: Found | null, drawn: string): Html {
  if (icon === null) return html`<link rel="icon" href="${drawn}">`;
  const upTo = (width: number) => (icon.own && variantUpTo(icon.own, width)?.url) ?? icon.address;
  return html`<link rel="icon" href="${upTo(ICON_WIDTH)}">
<link rel="apple-touch-icon" href="${upTo(TOUCH_ICON_WIDTH)}">`;
}

/** Pixels a logo is high (`.logo` of the stylesheet), and how many more where letters are large. */
const LOGO_HEIGHT = 40;
const LOGO_GROWTH = 1.125;

/** A logo of this shape holds the site's name; one that is less wide stands beside it. */
const WORDMARK = 2;

/** The site's name as its header shows it: with a drawn mark, or its logo, or as its logo alone. */
export function brandOf(siteName: string, logo: Found | null): Html {
  if (logo === null) return html`<span class="mark"></span>${siteName}`;
  const { address, own } = logo;
  const ratio = own?.width && own.height ? own.width / own.height : 1;
  const isWordmark = ratio >= WORDMARK;
  const srcset = own && srcsetOf(own);
  const widest = LOGO_HEIGHT * LOGO_GROWTH * ratio;
  const image = `<img${attributesOf({
    class: "logo",
    src: (own && variantsOf(own).find((it) => it.width >= widest)?.url) || address,
    ...(srcset && { srcset, sizes: `${Math.ceil(widest)}px` }),
    alt: isWordmark ? siteName : "",
    width: Math.round(LOGO_HEIGHT * ratio),
    height: LOGO_HEIGHT,
  })}>`;
  return html`${raw(image)}${isWordmark ? "" : siteName}`;
}
