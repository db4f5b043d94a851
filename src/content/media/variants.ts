import { PICTURE_WIDTHS } from "../../rendering/pictures.ts";
import type { Env } from "../../env.ts";
import { fileKey, originalKey, reached } from "./bucket.ts";
import { MAX_PICTURE_BYTES } from "./inspect.ts";
import type { Served } from "./served.ts";

type Format = "image/avif" | "image/webp" | "image/jpeg" | "image/png";

/** The best format that a browser says it takes (`Accept`); the picture's own, as far as that can be made, otherwise. */
export function formatFor(accept: string | null, contentType: string): Format {
  const takes = (type: string): boolean =>
    (accept ?? "").split(",").some((it) => {
      const [name = "", ...parameters] = it.split(";").map((part) => part.trim().toLowerCase());
      return name === type && !parameters.some((part) => /^q=0(?:\.0*)?$/.test(part));
    });
  if (takes("image/avif")) return "image/avif";
  if (takes("image/webp")) return "image/webp";
  return contentType === "image/jpeg" ? "image/jpeg" : "image/png";
}

/** Whether sizes can be made of a file: of pictures that stand still and are not too large to be read. */
export const hasSizes = ({ type, contentType, size }: Served): boolean =>
  type === "image" && contentType !== "image/gif" && size <= MAX_PICTURE_BYTES;

/** The width of the list that a query names; `null` for every other. */
export const widthOf = (text: string): number | null => PICTURE_WIDTHS.find((it) => String(it) === text) ?? null;

const ENDINGS: Record<Format, string> = {
  "image/avif": "avif",
  "image/webp": "webp",
  "image/jpeg": "jpg",
  "image/png": "png",
};

export const variantKey = ({ siteId, id }: Served, width: number, format: Format): string =>
  `${fileKey(siteId, id)}w${width}.${ENDINGS[format]}`;

/**
 * Makes a size of a picture and keeps it in the bucket, never larger than the original; `null` where that is not there.
 * Made once for everybody: whoever asks at the same time makes the same.
 */
export async function makeVariant(env: Env, served: Served, width: number, format: Format): Promise<R2Object | null> {
  const { siteId, id } = served;
  const original = await reached(() => env.MEDIA.get(originalKey(siteId, id)));
  if (!original) return null;
  return reached(async () => {
    const made = await env.IMAGES.input(original.body)
      .transform({ width, fit: "scale-down" })
      .output({ format, quality: 80 });
    const bytes = await made.response().arrayBuffer();
    return env.MEDIA.put(variantKey(served, width, format), bytes, { httpMetadata: { contentType: format } });
  });
}
