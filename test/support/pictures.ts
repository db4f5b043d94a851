/** CRC-32 as PNG has it (PNG, annex D). */
function crc(bytes: Uint8Array<ArrayBuffer>): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}

export function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, it) => sum + it.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

function chunk(name: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const named = joined(bytesOf(name), data);
  const number = (value: number) => new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value]);
  return joined(number(data.length), named, number(crc(named)));
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A PNG of one colour, with `alpha` from 0 (nothing is seen) to 255; `comment` is written into it as text that decoders skip. */
export async function png(
  width = 4,
  height = 3,
  { rgb = [176, 128, 80], alpha, comment }: { rgb?: [number, number, number]; alpha?: number; comment?: string } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  const pixel = alpha === undefined ? rgb : [...rgb, alpha];
  header.set([8, alpha === undefined ? 2 : 6], 8);
  const line = new Uint8Array(1 + width * pixel.length);
  for (let at = 0; at < width; at += 1) line.set(pixel, 1 + at * pixel.length);
  const pixels = new Uint8Array(line.length * height);
  for (let at = 0; at < height; at += 1) pixels.set(line, at * line.length);
  return joined(
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...(comment === undefined ? [] : [chunk("tEXt", bytesOf(`Comment\0${comment}`))]),
    chunk("IDAT", await deflated(pixels)),
    chunk("IEND", new Uint8Array()),
  );
}

/** An empty ZIP archive. */
export const ZIP = joined(bytesOf("PK"), new Uint8Array([5, 6]), new Uint8Array(18));

/** A form as browsers send it. */
export function formOf(file: Blob | null, filename = "picture.png", fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  if (file) form.append("file", file, filename);
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

/** The smallest PNG there is: one grey pixel. */
export const DOT = new Blob(
  [
    Uint8Array.from(
      atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="),
      (char) => char.charCodeAt(0),
    ),
  ],
  { type: "image/png" },
);

const JPEG =
  "/9j/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAQABgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAAX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCWAspoAD//2Q==";

/** A blue JPEG of 24 by 16 pixels whose camera was held upright: it is shown 16 wide and 24 high (Exif, orientation 6). */
export function uprightJpeg(): Uint8Array<ArrayBuffer> {
  const jpeg = Uint8Array.from(atob(JPEG), (char) => char.charCodeAt(0));
  const tiff = new Uint8Array([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);
  const exif = joined(bytesOf("Exif\0\0"), tiff);
  const marker = new Uint8Array([0xff, 0xe1, 0, exif.length + 2]);
  return joined(jpeg.subarray(0, 2), marker, exif, jpeg.subarray(2));
}
