import { invalid, unavailable } from "../../core/errors.ts";
import type { Env } from "../../env.ts";
import { originalKey, reached } from "./bucket.ts";

/** What a picture looks like before it is there. */
export interface Looks {
  width: number | null;
  height: number | null;
  /** `#rrggbb`. */
  color: string | null;
}

export const NO_LOOKS: Looks = { width: null, height: null, color: null };

/** Larger files the Images binding does not read: they are kept and served as they are. */
export const MAX_PICTURE_BYTES = 20 * 1024 ** 2;

/** So small that the eye sees one colour, and large enough to see which side is the longer. */
const THUMBNAIL = 64;

/** The binding says with a code that it has looked at the bytes; anything else is no word about them. */
const isAboutPicture = (error: unknown): boolean => typeof (error as { code?: unknown } | null)?.code === "number";

/**
 * Measures a picture that is in the bucket. Sides are those it is shown with: a camera held upright writes that beside
 * the pixels. Throws for bytes that cannot be read as a picture, `unavailable` when nobody looks at them.
 */
export async function inspectPicture(
  env: Env,
  { siteId, mediaId, size, field }: { siteId: string; mediaId: string; size: number; field: string },
): Promise<Looks> {
  if (size > MAX_PICTURE_BYTES) return NO_LOOKS;
  const open = async (): Promise<ReadableStream<Uint8Array>> => {
    const object = await reached(() => env.MEDIA.get(originalKey(siteId, mediaId)));
    if (!object) throw unavailable();
    return object.body;
  };
  try {
    const stored = await env.IMAGES.info(await open());
    if (!("width" in stored)) return NO_LOOKS;
    const small = await transformed(env, await open(), { width: THUMBNAIL, height: THUMBNAIL, fit: "scale-down" });
    const shown = await env.IMAGES.info(small);
    const isTurned = "width" in shown && stored.width > stored.height !== shown.width > shown.height;
    const isSquare = "width" in shown && shown.width === shown.height;
    const [width, height] = isTurned && !isSquare ? [stored.height, stored.width] : [stored.width, stored.height];
    const dot = await transformed(env, await open(), { width: 1, height: 1, fit: "squeeze" });
    return { width, height, color: await colorOf(new Uint8Array(await new Response(dot).arrayBuffer())) };
  } catch (error) {
    if (isAboutPicture(error)) throw invalid(field, "cannot be read as a picture");
    throw Object.assign(unavailable(), { cause: error });
  }
}

const transformed = async (
  env: Env,
  body: ReadableStream<Uint8Array>,
  to: ImageTransform,
): Promise<ReadableStream<Uint8Array>> =>
  (await env.IMAGES.input(body).transform(to).output({ format: "image/png" })).image();

/** Bytes of a pixel by the colour type of a PNG (PNG, 11.2.2); 3 is a palette, which is a chunk of its own. */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * The colour of a PNG of one pixel; `null` when that is not written as expected, or see-through, be it a little: pages show
 * the colour behind a picture, where it would shine through.
 */
async function colorOf(png: Uint8Array): Promise<string | null> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at + 12 <= png.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (!chunks.has(name)) chunks.set(name, png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const [header, data, palette] = ["IHDR", "IDAT", "PLTE"].map((name) => chunks.get(name));
  const colorType = header?.[9] ?? -1;
  const bytes = (header?.[8] ?? 0) / 8;
  const channels = CHANNELS[colorType];
  if (!data || !channels) return null;
  const inflated = new Response(data).body?.pipeThrough(new DecompressionStream("deflate"));
  // One byte says how the line is filtered; of a single pixel that changes nothing. Bits fill a byte from its high end.
  const [, ...line] = new Uint8Array(await new Response(inflated).arrayBuffer());
  const step = Math.max(1, bytes);
  const values = Array.from({ length: channels }, (_, index) => line[index * step] ?? 0);
  const isGrey = channels <= 2;
  const first = bytes < 1 ? (values[0] as number) >> (8 - bytes * 8) : (values[0] as number);
  if ((colorType === 4 || colorType === 6) && (values.at(-1) as number) < 255) return null;
  if (colorType === 3) return palette ? hex([...palette.subarray(first * 3, first * 3 + 3)]) : null;
  return isGrey ? hex([first, first, first]) : hex(values.slice(0, 3));
}

const hex = (rgb: number[]): string => `#${rgb.map((it) => it.toString(16).padStart(2, "0")).join("")}`;
