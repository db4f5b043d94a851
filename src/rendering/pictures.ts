/** A picture of a site's own as its pages show it. */
export interface Picture {
  id: string;
  /** Grows with every change of what is told here; documents that show an older one are rendered anew. */
  version: number;
  /** `/media/{id}/{filename}`, on every host of the service. */
  url: string;
  /** Pixels of the original as it is shown, turned as its camera was held; `null` where that is not known. */
  width: number | null;
  height: number | null;
  /** What it shows, for those who do not see it; `""` where nobody has said. */
  alt: string;
  /** The colour most of it has, `#rrggbb`; `null` where that is not known. */
  color: string | null;
  /** What must stay in sight when it is cropped, from 0 to 1 from left and top; `null` for its middle. */
  focalPoint: { x: number; y: number } | null;
}

/** The pictures that what is rendered may show, by their ids: who renders has looked them up. */
export type PictureMap = ReadonlyMap<string, Picture>;

/**
 * Widths in pixels that a picture is served in (`?w=`). Each is at most one and a half times the one before, so that
 * nobody loads a picture more than that much wider than it is shown.
 */
export const PICTURE_WIDTHS = [80, 120, 160, 240, 360, 480, 640, 960, 1280, 1920, 2560] as const;

const MEDIA_PATH = /^\/media\/([a-z]+_[0-9A-HJKMNP-TV-Z]{26})(?:\/[^/]*)?$/;

/** The id in the address of an object of ours, written as a path or in full; `null` for every other address. */
export function mediaIdIn(address: string): string | null {
  const url = URL.parse(address.trim(), "https://host.invalid");
  return (url && MEDIA_PATH.exec(url.pathname)?.[1]) ?? null;
}

const MEDIA_IN_TEXT = /\/media\/([a-z]+_[0-9A-HJKMNP-TV-Z]{26})/g;

/** The ids of all objects of ours whose addresses stand in a text: JSON, HTML. */
export const mediaIdsIn = (text: string): string[] =>
  Array.from(text.matchAll(MEDIA_IN_TEXT), ([, id]) => id as string);

/** One of the sizes of a picture: where it is, and how many pixels wide and high. */
export interface Variant {
  url: string;
  width: number;
  height: number;
}

/** The sizes a picture is to be had in, from the smallest; none is larger than the original. Empty where that is not known. */
export function variantsOf({ url, width, height }: Picture): Variant[] {
  if (!width || !height) return [];
  const variant = (asked: number): Variant => {
    const shown = Math.min(asked, width);
    return { url: `${url}?w=${asked}`, width: shown, height: Math.max(1, Math.round((shown * height) / width)) };
  };
  const whole = PICTURE_WIDTHS.findIndex((it) => it >= width);
  return PICTURE_WIDTHS.slice(0, whole < 0 ? undefined : whole + 1).map(variant);
}

/** The largest size up to a width, or the smallest there is; `null` where sizes are not known. */
export const variantUpTo = (picture: Picture, maxWidth: number): Variant | null => {
  const variants = variantsOf(picture);
  return variants.findLast((it) => it.width <= maxWidth) ?? variants[0] ?? null;
};

/** `srcset` of a picture: every size it has with its width. */
export const srcsetOf = (picture: Picture): string =>
  variantsOf(picture)
    .map((it) => `${it.url} ${it.width}w`)
    .join(", ");
